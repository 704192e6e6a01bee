package dev.skyhedge.engine.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.engine.sweep.HyperSched.Variant;
import dev.skyhedge.engine.sweep.SweepSettings.Reallocation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Four trials on four atoms; an iteration takes a second, and nothing else does.
class HyperSchedTest {
    private static final double FAR = 1000;
    private static final Scaling LINEAR = new Scaling(Map.of(2, 2.0, 4, 4.0));

    private static SweepSettings settings(double deadline) {
        return SweepSettings.published(4, deadline, 2, 20, List.of(1, 2, 4), LINEAR);
    }

    private static HyperSched scheduler(double deadline, String... trials) {
        return new HyperSched(settings(deadline), Variant.MENDED, List.of(trials));
    }

    private static List<String> started(TrialScheduler scheduler, double now, int free) {
        return java.util.stream.IntStream.range(0, free)
                .mapToObj(_ -> scheduler.next(now, 1))
                .flatMap(Optional::stream)
                .map(Start::trial)
                .toList();
    }

    private static Decision report(TrialScheduler scheduler, String trial, int iteration, double value, int free) {
        return scheduler.onReport(new Report(trial, iteration, value, 1, false), iteration, free);
    }

    @Test
    void configurationsAreBegunInTheirOrderOnOneAtomEach() {
        HyperSched scheduler = scheduler(FAR, "a", "b", "c");

        assertThat(scheduler.next(0, 4)).contains(new Start("a", 1, "the next configuration"));
        assertThat(started(scheduler, 0, 3)).containsExactly("b", "c");
    }

    @Test
    void nothingIsBegunWithoutAnAtom() {
        assertThat(scheduler(FAR, "a").next(0, 0)).isEmpty();
    }

    @Test
    void whoeverIsWorseThanThoseBeforeIsCutAtTheRung() {
        HyperSched scheduler = scheduler(FAR, "a", "b", "c", "d", "e");
        started(scheduler, 0, 4);

        assertThat(report(scheduler, "a", 1, 0.1, 0)).isInstanceOf(Decision.Continue.class);
        assertThat(report(scheduler, "b", 2, 0.8, 0)).isInstanceOf(Decision.Continue.class);
        assertThat(report(scheduler, "c", 2, 0.9, 0)).isInstanceOf(Decision.Continue.class);
        assertThat(report(scheduler, "a", 2, 0.2, 0))
                .isEqualTo(new Decision.Pause("others were better at iteration 2"));
    }

    @Test
    void aTrialIsCutLaterWhenOthersHaveRaisedTheBar() {
        HyperSched scheduler = scheduler(FAR, "a", "b", "c", "d", "e");
        started(scheduler, 0, 4);
        report(scheduler, "a", 2, 0.5, 0);
        report(scheduler, "b", 2, 0.8, 0);
        report(scheduler, "c", 2, 0.9, 0);

        assertThat(report(scheduler, "a", 3, 0.99, 0)).isInstanceOf(Decision.Pause.class);
    }

    @Test
    void whoeverWasCutGoesOnOnceItIsAmongTheBest() {
        HyperSched scheduler = scheduler(FAR, "a", "b", "c", "d", "e", "f", "g", "h");
        started(scheduler, 0, 4);
        report(scheduler, "a", 2, 0.90, 0);
        report(scheduler, "b", 2, 0.80, 0);
        report(scheduler, "c", 2, 0.85, 0);
        for (String worse : started(scheduler, 2, 3)) {
            report(scheduler, worse, 2, 0.1, 0);
        }

        assertThat(scheduler.next(3, 1)).hasValueSatisfying(start -> {
            assertThat(start.trial()).isEqualTo("c");
            assertThat(start.reason()).isEqualTo("it is among the best at iteration 2 by now");
        });
    }

    @Test
    void whatDivergedIsWorst() {
        HyperSched scheduler = scheduler(FAR, "a", "b", "c", "d", "e");
        started(scheduler, 0, 4);
        report(scheduler, "a", 2, -5, 0);
        report(scheduler, "b", 2, -6, 0);

        assertThat(report(scheduler, "c", 2, Double.NaN, 0)).isInstanceOf(Decision.Pause.class);
        assertThat(report(scheduler, "d", 2, Double.POSITIVE_INFINITY, 0)).isInstanceOf(Decision.Pause.class);
    }

    @Test
    void noneIsBegunThatCouldNotCatchUp() {
        HyperSched scheduler = scheduler(10, "a", "b");
        started(scheduler, 0, 1);

        report(scheduler, "a", 1, 0.5, 3);
        assertThat(scheduler.next(1, 3)).isPresent();
        report(scheduler, "a", 6, 0.6, 2);
        scheduler = scheduler(10, "a", "b");
        started(scheduler, 0, 1);
        scheduler.onReport(new Report("a", 1, 0.5, 6, false), 6, 3);

        assertThat(scheduler.next(6, 3)).isEmpty();
    }

    @Test
    void theSurvivorGetsTheAtomsAfterSomeReports() {
        HyperSched scheduler = scheduler(100, "a");
        started(scheduler, 0, 1);
        for (int iteration = 1; iteration <= 6; iteration++) {
            assertThat(report(scheduler, "a", iteration, 0.5, 3)).isInstanceOf(Decision.Continue.class);
        }

        assertThat(report(scheduler, "a", 7, 0.5, 3))
                .isInstanceOfSatisfying(
                        Decision.Resize.class,
                        resize -> assertThat(resize.atoms()).isEqualTo(4));
    }

    @Test
    void nobodyGrowsWhereTheRestartWouldNotPay() {
        HyperSched scheduler = scheduler(9, "a");
        scheduler.next(0, 4);
        for (int iteration = 1; iteration <= 7; iteration++) {
            // A start takes two seconds and a half, which is all that is left in the end.
            var report = new Report("a", iteration, 0.5, 0.5, false);
            assertThat(scheduler.onReport(report, 3 + iteration * 0.5, 3)).isInstanceOf(Decision.Continue.class);
        }
    }

    @Test
    void withoutReallocationNobodyGrows() {
        var scheduler = new HyperSched(settings(100).with(Reallocation.NONE), Variant.MENDED, List.of("a"));
        scheduler.next(0, 4);

        for (int iteration = 1; iteration < 20; iteration++) {
            assertThat(report(scheduler, "a", iteration, 0.5, 3)).isInstanceOf(Decision.Continue.class);
        }
    }

    @Test
    void nobodyIsCutWhoseAtomNobodyCanUse() {
        HyperSched mended = scheduler(12, "a", "b", "c", "d");
        var published = new HyperSched(settings(12), Variant.PUBLISHED, List.of("a", "b", "c", "d"));
        for (TrialScheduler scheduler : List.of(mended, published)) {
            started(scheduler, 0, 4);
            scheduler.onReport(new Report("a", 2, 0.8, 8, false), 8, 0);
            scheduler.onReport(new Report("b", 2, 0.9, 8, false), 8, 0);
        }

        var worse = new Report("c", 2, 0.1, 8, false);
        assertThat(mended.onReport(worse, 8, 0)).isInstanceOf(Decision.Continue.class);
        assertThat(published.onReport(worse, 8, 0)).isInstanceOf(Decision.Pause.class);
    }

    @Test
    void nobodyIsCutWhileNobodyWaits() {
        HyperSched scheduler = scheduler(FAR, "a", "b", "c");
        started(scheduler, 0, 3);
        report(scheduler, "a", 2, 0.8, 0);
        report(scheduler, "b", 2, 0.9, 0);

        assertThat(report(scheduler, "c", 2, 0.1, 0)).isInstanceOf(Decision.Continue.class);
    }

    @Test
    void forWantOfAnythingElseTheBestThatWaitsGoesOnAndNoneThatDiverged() {
        HyperSched scheduler = scheduler(FAR, "a", "b", "c", "d", "e");
        started(scheduler, 0, 4);
        report(scheduler, "a", 2, 0.8, 0);
        report(scheduler, "b", 2, 0.9, 0);
        report(scheduler, "c", 2, Double.NaN, 0);
        assertThat(started(scheduler, 2, 1)).containsExactly("e");

        assertThat(scheduler.next(3, 1)).isEmpty();
    }

    @Test
    void theBestGetsAllWhereItIsToldSo() {
        assertThat(grown(Reallocation.TOP, 0.9)).isEqualTo(4);
        assertThat(grown(Reallocation.TOP, 0.1)).isEqualTo(1);
    }

    @Test
    void eachGetsItsShareOfTheExponentialsWhereItIsToldSo() {
        // Of six atoms that are left the exponentials give five and one, of which whole sizes are four and two.
        assertThat(grown(Reallocation.SOFTMAX, 2)).isEqualTo(4);
        assertThat(grown(Reallocation.SOFTMAX, 0.4)).isEqualTo(2);
    }

    /// What a trial runs on after some reports, beside another one whose value is 0.5, on eight atoms.
    private static int grown(Reallocation reallocation, double value) {
        SweepSettings eight = SweepSettings.published(8, 100, 2, 20, List.of(1, 2, 4), LINEAR);
        var scheduler = new HyperSched(eight.with(reallocation), Variant.MENDED, List.of("a", "b"));
        started(scheduler, 0, 2);
        report(scheduler, "b", 1, 0.5, 6);
        for (int iteration = 1; iteration <= 10; iteration++) {
            if (report(scheduler, "a", iteration, value, 6) instanceof Decision.Resize(int atoms, String _)) {
                return atoms;
            }
        }
        return 1;
    }

    @Test
    void whoeverLostItsMachineGoesFirst() {
        HyperSched scheduler = scheduler(FAR, "a", "b", "c");
        started(scheduler, 0, 2);

        scheduler.onPreempted("b");

        assertThat(scheduler.next(1, 1)).contains(new Start("b", 1, "its machine was taken back"));
    }

    @Test
    void aFailedTrialIsNotBegunAgain() {
        HyperSched scheduler = scheduler(FAR, "a");
        started(scheduler, 0, 1);

        scheduler.onFailed("a");

        assertThat(scheduler.next(1, 4)).isEmpty();
    }

    @Test
    void theLastIterationEndsATrial() {
        HyperSched scheduler = scheduler(FAR, "a");
        started(scheduler, 0, 1);

        assertThat(report(scheduler, "a", 20, 0.5, 3)).isEqualTo(new Decision.Stop("it has come to iteration 20"));
    }
}
