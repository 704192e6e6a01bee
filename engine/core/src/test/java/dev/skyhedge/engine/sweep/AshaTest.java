package dev.skyhedge.engine.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// One of four goes on at each rung.
class AshaTest {
    private static final List<String> TRIALS =
            IntStream.range(0, 8).mapToObj(i -> "t" + i).toList();
    private final Asha scheduler =
            new Asha(SweepSettings.published(8, 1000, 2, 20, List.of(1), new Scaling(Map.of())), TRIALS);

    private Decision report(String trial, int iteration, double value) {
        return scheduler.onReport(new Report(trial, iteration, value, 1, false), iteration, 0);
    }

    @Test
    void theFirstThreeAtARungWait() {
        TRIALS.forEach(_ -> scheduler.next(0, 1));

        assertThat(report("t0", 2, 0.9)).isInstanceOf(Decision.Pause.class);
        assertThat(report("t1", 2, 0.8)).isInstanceOf(Decision.Pause.class);
        assertThat(report("t2", 2, 0.7)).isInstanceOf(Decision.Pause.class);
        assertThat(report("t3", 2, 0.95)).isInstanceOf(Decision.Continue.class);
    }

    @Test
    void theBestThatWaitsGoesOnBeforeAnythingIsBegun() {
        IntStream.range(0, 4).forEach(_ -> scheduler.next(0, 1));
        report("t0", 2, 0.9);
        report("t1", 2, 0.8);
        report("t2", 2, 0.7);
        report("t3", 2, 0.1);

        assertThat(scheduler.next(2, 1))
                .hasValueSatisfying(start -> assertThat(start.trial()).isEqualTo("t0"));
        assertThat(scheduler.next(2, 1))
                .hasValueSatisfying(start -> assertThat(start.trial()).isEqualTo("t4"));
    }

    @Test
    void aTrialIsComparedOnceAtEachRung() {
        IntStream.range(0, 4).forEach(_ -> scheduler.next(0, 1));
        report("t0", 2, 0.1);
        report("t1", 2, 0.2);
        report("t2", 2, 0.3);
        report("t3", 2, 0.9);

        assertThat(report("t3", 3, 0.0)).isInstanceOf(Decision.Continue.class);
    }
}
