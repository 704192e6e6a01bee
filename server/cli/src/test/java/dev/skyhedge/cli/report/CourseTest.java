package dev.skyhedge.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.cli.report.Course.Point;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CourseTest {
    private static final double UNTIL = 10_000;

    /// 3 but for a second of each hundred, in which it is 2, and once 0.
    private static Course withDips() {
        List<Point> points = new ArrayList<>(List.of(new Point(0, 3)));
        for (int i = 0; i < 100; i++) {
            points.add(new Point(100 * i + 50, i == 37 ? 0 : 2));
            points.add(new Point(100 * i + 51, 3));
        }
        return new Course(points);
    }

    @Test
    void thinningKeepsTheDeepestShortage() {
        Course thinned = withDips().thinnedSteps(20, UNTIL);

        assertThat(thinned.points()).hasSizeBetween(10, 40);
        assertThat(thinned.points()).extracting(Point::value).contains(0.0, 3.0);
        assertThat(thinned.points()).extracting(Point::seconds).isSorted().allMatch(at -> at < UNTIL);
    }

    @Test
    void thinningEndsWhereTheCourseEnds() {
        assertThat(withDips().thinnedSteps(20, UNTIL).points().getLast().value())
                .isEqualTo(3);
    }

    @Test
    void whatIsFewEnoughStaysAsItIs() {
        assertThat(withDips().thinnedSteps(201, UNTIL)).isEqualTo(withDips());
    }

    @Test
    void aThinnedLineGoesThroughItsOwnPoints() {
        Course line = withDips().running(UNTIL);

        Course thinned = line.thinnedLine(20);

        assertThat(thinned.points()).hasSizeLessThanOrEqualTo(20);
        assertThat(line.points()).containsAll(thinned.points());
        assertThat(thinned.points().getFirst()).isEqualTo(line.points().getFirst());
        assertThat(thinned.points().getLast()).isEqualTo(line.points().getLast());
    }

    @Test
    void stepsAddUpToTheirValuesTimesTime() {
        Course rate = new Course(List.of(new Point(0, 2), new Point(10, 0), new Point(15, 1)));

        assertThat(rate.running(20).points().getLast()).isEqualTo(new Point(20, 25));
    }

    @Test
    void ticksAddUpFromTheFirstThatCounts() {
        Course line = Course.running(new double[] {5, 5, 1, 1, 2}, 1, 30);

        assertThat(line.points())
                .containsExactly(new Point(30, 0), new Point(60, 5), new Point(120, 7), new Point(150, 9));
    }
}
