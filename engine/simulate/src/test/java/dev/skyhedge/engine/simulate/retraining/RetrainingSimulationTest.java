package dev.skyhedge.engine.simulate.retraining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.skyhedge.engine.retraining.NoRetraining;
import dev.skyhedge.engine.retraining.PlannedTraining;
import dev.skyhedge.engine.retraining.RetrainedStream;
import dev.skyhedge.engine.retraining.RetrainingScheduler;
import dev.skyhedge.engine.retraining.Scheduling.Planned;
import dev.skyhedge.engine.retraining.Situation;
import dev.skyhedge.engine.retraining.ThiefScheduler;
import dev.skyhedge.engine.retraining.TrainingOption;
import dev.skyhedge.engine.simulate.retraining.RetrainingSimulation.Outcome;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetrainingSimulationTest {
    private static final RetrainingScheduler THIEF = new ThiefScheduler(ThiefScheduler.USUAL_WORK);
    private static final Situation WINDOW = new Situation(
            400,
            1,
            0,
            share -> Math.min(1, 4 * share),
            List.of(
                    new RetrainedStream("a", 0.6, List.of(new TrainingOption("c", 12, 0.9))),
                    new RetrainedStream("b", 0.5, List.of(new TrainingOption("c", 15, 0.8)))),
            List.of());

    private static Outcome outcome(RetrainingScheduler scheduler, UnaryOperator<PlannedTraining> real) {
        return new RetrainingSimulation(scheduler, WINDOW, real).run().orElseThrow();
    }

    private static UnaryOperator<PlannedTraining> times(double factor) {
        return planned -> new PlannedTraining(
                planned.stream(),
                new TrainingOption(
                        planned.option().config(),
                        planned.option().gpuSeconds() * factor,
                        planned.option().accuracyAfter()),
                planned.share());
    }

    @Test
    void comesOutAsPlannedWhenPredictionsAreRight() {
        double planned = ((Planned) THIEF.schedule(WINDOW)).plan().meanAccuracy();

        assertThat(outcome(THIEF, times(1)).meanAccuracy()).isCloseTo(planned, within(1e-3));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 6})
    void askingAgainLosesNothingOfWhatWasPlannedBehindATrainingThatRuns(long seed) {
        var random = new SplittableRandom(seed);
        List<RetrainedStream> streams = IntStream.range(0, 6)
                .mapToObj(i -> new RetrainedStream(
                        "s" + i,
                        random.nextDouble(0.4, 0.7),
                        List.of(
                                new TrainingOption("cheap", random.nextDouble(10, 40), random.nextDouble(0.7, 0.8)),
                                new TrainingOption("full", random.nextDouble(60, 150), random.nextDouble(0.8, 0.95)))))
                .toList();
        var window = new Situation(200, 4, 0, share -> Math.min(1, 2 * share), streams, List.of());
        double planned = ((Planned) THIEF.schedule(window)).plan().meanAccuracy();

        Outcome outcome =
                new RetrainingSimulation(THIEF, window, times(1)).run().orElseThrow();

        assertThat(outcome.meanAccuracy()).isGreaterThanOrEqualTo(planned - 1e-6);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 2, 4})
    void noTrainingIsStarvedThatEndsSoonerOrLaterThanPredicted(double factor) {
        Outcome outcome = outcome(THIEF, times(factor));

        assertThat(outcome.trained()).containsExactlyInAnyOrder("a", "b");
        assertThat(outcome.unfinished()).isEmpty();
        assertThat(outcome.meanAccuracy())
                .isGreaterThan(outcome(new NoRetraining(), times(factor)).meanAccuracy());
    }

    @Test
    void whatHasNotEndedWithTheWindowGainsNothing() {
        Outcome outcome = outcome(THIEF, times(1000));

        assertThat(outcome.trained()).isEmpty();
        assertThat(outcome.unfinished()).isNotEmpty();
        assertThat(outcome.meanAccuracy())
                .isLessThanOrEqualTo(outcome(new NoRetraining(), times(1)).meanAccuracy());
    }

    @Test
    void aModelThatCameOutWorseIsNotServed() {
        Outcome outcome = outcome(
                THIEF,
                planned -> new PlannedTraining(planned.stream(), new TrainingOption("c", 10, 0.1), planned.share()));

        assertThat(outcome.trained()).hasSize(2);
        assertThat(outcome.meanAccuracy()).isCloseTo(0.55, within(0.02));
    }
}
