package dev.skyhedge.engine.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What is told twice, late or in another order: a notice and then the death of the same machine, a report that was on
/// its way when the machine was taken, a failure that is found when the trial is to be resumed.
class NewsOutOfOrderTest {
    private static final List<String> TRIALS =
            IntStream.range(0, 12).mapToObj(i -> "t" + i).toList();
    private static final int ATOMS = 4;

    private enum Search {
        HYPERSCHED,
        PUBLISHED,
        ASHA,
        RANDOM;

        TrialScheduler over(List<String> trials) {
            SweepSettings settings =
                    SweepSettings.published(ATOMS, 1000, 2, 20, List.of(1, 2, 4), new Scaling(Map.of(2, 2.0, 4, 4.0)));
            return switch (this) {
                case HYPERSCHED -> new HyperSched(settings, HyperSched.Variant.MENDED, trials);
                case PUBLISHED -> new HyperSched(settings, HyperSched.Variant.PUBLISHED, trials);
                case ASHA -> new Asha(settings, trials);
                case RANDOM -> new RandomSearch(settings, trials);
            };
        }

        /// With one trial, which was begun.
        TrialScheduler running(String trial) {
            TrialScheduler scheduler = over(List.of(trial));
            scheduler.next(0, 1);
            return scheduler;
        }
    }

    private static Report report(String trial, int iteration, boolean last) {
        return new Report(trial, iteration, 0.5, 1, last);
    }

    @ParameterizedTest
    @EnumSource
    void aLossThatIsToldTwiceStartsItsTrialOnce(Search search) {
        TrialScheduler scheduler = search.running("a");

        scheduler.onPreempted("a");
        scheduler.onPreempted("a");

        assertThat(scheduler.next(1, 2)).map(Start::trial).contains("a");
        assertThat(scheduler.next(1, 1)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aLossAfterTheEndStartsNothing(Search search) {
        TrialScheduler scheduler = search.running("a");
        scheduler.onReport(report("a", 20, false), 20, 0);

        scheduler.onPreempted("a");

        assertThat(scheduler.next(21, 1)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aTrialThatFailsWhileItWaitsForAnotherMachineIsNotStartedAgain(Search search) {
        TrialScheduler scheduler = search.running("a");
        scheduler.onPreempted("a");

        scheduler.onFailed("a");

        assertThat(scheduler.next(1, 1)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aReportAfterTheLossGivesNothingBackAndTheTrialGoesOn(Search search) {
        TrialScheduler scheduler = search.running("a");
        scheduler.onPreempted("a");

        assertThat(scheduler.onReport(report("a", 3, false), 3, 1)).isInstanceOf(Decision.Pause.class);
        assertThat(scheduler.next(3, 1)).map(Start::trial).contains("a");
    }

    @ParameterizedTest
    @EnumSource
    void aTrialWhoseLastReportComesAfterTheLossIsDone(Search search) {
        TrialScheduler scheduler = search.running("a");
        scheduler.onPreempted("a");

        assertThat(scheduler.onReport(report("a", 3, true), 3, 1)).isInstanceOf(Decision.Stop.class);
        assertThat(scheduler.next(3, 1)).isEmpty();
    }

    /// What runs is counted here as whoever runs it would, from the answers alone.
    @Property(tries = 400)
    void noTrialRunsTwiceOrAfterItsEndWhateverIsTold(@ForAll Search search, @ForAll @LongRange long seed) {
        var random = new SplittableRandom(seed);
        TrialScheduler scheduler = search.over(TRIALS);
        Map<String, Integer> running = new HashMap<>();
        Set<String> ended = new HashSet<>();
        Set<String> begun = new HashSet<>();
        for (int now = 0; now < 200; now++) {
            int free = ATOMS - running.values().stream().mapToInt(i -> i).sum();
            scheduler.next(now, free).ifPresent(start -> {
                assertThat(ended).doesNotContain(start.trial());
                assertThat(running.put(start.trial(), start.atoms()))
                        .as("runs twice")
                        .isNull();
                begun.add(start.trial());
            });
            String trial = TRIALS.get(random.nextInt(TRIALS.size()));
            if (!begun.contains(trial)) {
                continue;
            }
            switch (random.nextInt(8)) {
                case 0 -> {
                    scheduler.onFailed(trial);
                    running.remove(trial);
                    ended.add(trial);
                }
                case 1, 2 -> {
                    scheduler.onPreempted(trial);
                    running.remove(trial);
                }
                default -> {
                    int room =
                            ATOMS - running.values().stream().mapToInt(i -> i).sum();
                    var report = new Report(trial, random.nextInt(1, 22), random.nextDouble(), 1, false);
                    switch (scheduler.onReport(report, now, room)) {
                        case Decision.Continue _ -> assertThat(running).containsKey(trial);
                        case Decision.Pause _ -> running.remove(trial);
                        case Decision.Stop _ -> {
                            running.remove(trial);
                            ended.add(trial);
                        }
                        case Decision.Resize(int atoms, String _) ->
                            assertThat(running.put(trial, atoms))
                                    .as("does not run")
                                    .isNotNull();
                    }
                }
            }
            assertThat(running.values().stream().mapToInt(i -> i).sum()).isLessThanOrEqualTo(ATOMS);
        }
    }
}
