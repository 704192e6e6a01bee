package dev.skyhedge.engine.simulate.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.engine.simulate.sweep.SweepOutcome.Event;
import dev.skyhedge.engine.sweep.Asha;
import dev.skyhedge.engine.sweep.HyperSched;
import dev.skyhedge.engine.sweep.RandomSearch;
import dev.skyhedge.engine.sweep.Scaling;
import dev.skyhedge.engine.sweep.SweepSettings;
import dev.skyhedge.engine.sweep.SweepSettings.Reallocation;
import dev.skyhedge.engine.sweep.TrialScheduler;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/// Whatever the curves are, and whichever machines are taken back.
class SweepProperties {
    private static final int MAX_ITERATIONS = 30;
    private static final double SETUP = 2;

    /// A sweep that is made from a seed.
    private record Made(SweepSettings settings, List<LearningCurve> curves, List<Loss> losses) {
        private record Loss(String trial, double at) {}

        static Made of(long seed, int atoms, int trials) {
            var random = new SplittableRandom(seed);
            List<LearningCurve> curves = new ArrayList<>();
            List<Loss> losses = new ArrayList<>();
            double deadline = random.nextDouble(5, 200);
            for (int i = 0; i < trials; i++) {
                String name = "t" + i;
                curves.add(new LearningCurve(name, random.nextDouble(0.5, 4), values(random)));
                if (random.nextInt(3) == 0) {
                    losses.add(new Loss(name, random.nextDouble(0, deadline)));
                }
            }
            Reallocation[] all = Reallocation.values();
            SweepSettings settings = SweepSettings.published(
                            atoms,
                            deadline,
                            random.nextInt(1, 5),
                            MAX_ITERATIONS,
                            List.of(1, 2, 4, 8),
                            new Scaling(Map.of(2, 1.9, 4, 3.4, 8, 5.6)))
                    .with(all[random.nextInt(all.length)]);
            return new Made(settings, curves, losses);
        }

        private static List<Double> values(SplittableRandom random) {
            double plateau = random.nextDouble();
            double rate = random.nextDouble(0.05, 1);
            boolean diverges = random.nextInt(8) == 0;
            List<Double> values = new ArrayList<>();
            int length = random.nextInt(3, MAX_ITERATIONS + 5);
            for (int i = 1; i <= length; i++) {
                values.add(diverges && i > 3 ? Double.NaN : plateau * (1 - Math.exp(-rate * i)));
            }
            return values;
        }

        private List<String> names() {
            return curves.stream().map(LearningCurve::trial).toList();
        }

        List<TrialScheduler> schedulers() {
            return List.of(
                    new HyperSched(settings, HyperSched.Variant.MENDED, names()),
                    new HyperSched(settings, HyperSched.Variant.PUBLISHED, names()),
                    new Asha(settings, names()),
                    new RandomSearch(settings, names()));
        }

        SweepOutcome run(TrialScheduler scheduler) {
            var simulation = new SweepSimulation(scheduler, settings, SETUP, curves);
            losses.forEach(loss -> simulation.preempting(loss.trial(), loss.at()));
            return simulation.run();
        }

        Stream<SweepOutcome> outcomes() {
            return schedulers().stream().map(this::run);
        }
    }

    @Property(tries = 300)
    void atNoTimeMoreAtomsAreUsedThanThereAre(
            @ForAll @LongRange long seed,
            @ForAll @IntRange(min = 1, max = 12) int atoms,
            @ForAll @IntRange(min = 1, max = 30) int trials) {
        Made made = Made.of(seed, atoms, trials);

        made.outcomes().forEach(outcome -> {
            Map<String, Integer> used = new HashMap<>();
            for (Event event : outcome.events()) {
                switch (event.kind()) {
                    case START ->
                        assertThat(used.put(event.trial(), event.number()))
                                .as("runs twice")
                                .isNull();
                    case RESIZE ->
                        assertThat(used.put(event.trial(), event.number()))
                                .as("does not run")
                                .isNotNull();
                    case PAUSE, COMPLETE, PREEMPTED ->
                        assertThat(used.remove(event.trial()))
                                .as("does not run")
                                .isNotNull();
                }
                assertThat(used.values().stream().mapToInt(i -> i).sum()).isLessThanOrEqualTo(atoms);
            }
        });
    }

    @Property(tries = 100)
    void nothingHappensAfterTheDeadlineAndEverythingHasAReason(
            @ForAll @LongRange long seed, @ForAll @IntRange(min = 1, max = 12) int atoms) {
        Made made = Made.of(seed, atoms, 20);

        made.outcomes()
                .forEach(outcome -> assertThat(outcome.events()).allSatisfy(event -> {
                    assertThat(event.at()).isLessThanOrEqualTo(made.settings().deadline());
                    assertThat(event.reason()).isNotBlank();
                }));
    }

    @Property(tries = 100)
    void theSameIsDecidedWhenTheSameIsTold(@ForAll @LongRange long seed) {
        Made made = Made.of(seed, 8, 20);

        List<SweepOutcome> first = made.outcomes().toList();

        assertThat(made.outcomes().toList()).isEqualTo(first);
    }

    @Property(tries = 100)
    void theBestIsWhatItsTrialReportedInTime(@ForAll @LongRange long seed) {
        Made made = Made.of(seed, 4, 12);

        made.outcomes()
                .forEach(outcome -> outcome.best().ifPresent(best -> {
                    assertThat(made.curves())
                            .filteredOn(curve -> curve.trial().equals(best.trial()))
                            .singleElement()
                            .satisfies(curve -> assertThat(curve.values().get(best.iteration() - 1))
                                    .isEqualTo(best.value()));
                    assertThat(best.at()).isLessThanOrEqualTo(made.settings().deadline());
                }));
    }

    @Property(tries = 100)
    void noAtomIsIdleWhileAConfigurationWaitsAndTimeIsFar(@ForAll @LongRange long seed) {
        Made made = Made.of(seed, 6, 40);
        SweepOutcome outcome = made.run(new RandomSearch(made.settings(), made.names()));
        Map<String, Integer> used = new HashMap<>();

        double last = 0;
        for (Event event : outcome.events()) {
            if (event.at() > last) {
                assertThat(used).as("before %s", event.at()).hasSize(6);
                last = event.at();
            }
            switch (event.kind()) {
                case START, RESIZE -> used.put(event.trial(), event.number());
                case PAUSE, COMPLETE, PREEMPTED -> used.remove(event.trial());
            }
        }
    }
}
