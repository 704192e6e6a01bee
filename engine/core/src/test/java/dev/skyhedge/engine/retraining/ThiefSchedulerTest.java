package dev.skyhedge.engine.retraining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ThiefSchedulerTest {
    private static final ThiefScheduler THIEF = new ThiefScheduler(ThiefScheduler.USUAL_WORK);
    private static final InferenceProfile LINEAR = share -> Math.min(1, share);

    private static Situation figure4(RetrainedStream a, RetrainedStream b) {
        return new Situation(120, 3, 0.40, LINEAR, List.of(a, b), List.of());
    }

    /// The two windows of figure 4 of the paper, whose uniform schedule has 0.56 and its best 0.73.
    @Test
    void reachesMoreThanThePaperInItsOwnExample() {
        WindowPlan first = Windows.planned(
                THIEF,
                figure4(
                        new RetrainedStream(
                                "A",
                                0.65,
                                List.of(new TrainingOption("1", 85, 0.75), new TrainingOption("2", 65, 0.70))),
                        new RetrainedStream(
                                "B",
                                0.50,
                                List.of(new TrainingOption("1", 80, 0.90), new TrainingOption("2", 50, 0.85)))));
        double a = after(first, "A", 0.65);
        double b = after(first, "B", 0.50);
        WindowPlan second = Windows.planned(
                THIEF,
                figure4(
                        new RetrainedStream(
                                "A", a, List.of(new TrainingOption("1", 90, 0.95), new TrainingOption("2", 40, 0.90))),
                        new RetrainedStream(
                                "B",
                                b,
                                List.of(new TrainingOption("1", 80, 0.98), new TrainingOption("2", 70, 0.90)))));

        assertThat((first.meanAccuracy() + second.meanAccuracy()) / 2).isGreaterThanOrEqualTo(0.76);
    }

    private static double after(WindowPlan plan, String stream, double before) {
        return plan.lanes().stream()
                .flatMap(List::stream)
                .filter(one -> one.stream().equals(stream))
                .mapToDouble(one -> one.option().accuracyAfter())
                .findFirst()
                .orElse(before);
    }

    @Test
    void trainsWhatGainsMostForItsCostFirst() {
        WindowPlan plan = Windows.planned(
                THIEF,
                Windows.of(
                        0.75,
                        0,
                        new RetrainedStream("dear", 0.6, List.of(new TrainingOption("c", 30, 0.9))),
                        new RetrainedStream("cheap", 0.6, List.of(new TrainingOption("c", 5, 0.9)))));

        assertThat(plan.phases().getFirst().trainings().keySet()).first().isEqualTo("cheap");
        assertThat(plan.lanes().stream().flatMap(List::stream)).hasSize(2);
    }

    @Test
    void namesTheStreamWhoseModelIsBelowTheFloor() {
        Scheduling scheduling = THIEF.schedule(Windows.of(
                1, 0.5, new RetrainedStream("good", 0.8, List.of()), new RetrainedStream("bad", 0.4, List.of())));

        assertThat(scheduling).isInstanceOfSatisfying(Scheduling.Infeasible.class, infeasible -> {
            assertThat(infeasible.stream()).isEqualTo("bad");
            assertThat(infeasible.reason()).contains("min_accuracy = 0.500").contains("0.400");
        });
    }

    @Test
    void retrainsNothingWhereThatWouldBreakTheFloor() {
        TrainingOption option = new TrainingOption("c", 10, 0.95);
        RetrainedStream stream = new RetrainedStream("s", 0.6, List.of(option));

        assertThat(Windows.planned(THIEF, Windows.of(0.25, 0, stream)).lanes()).isNotEmpty();
        assertThat(Windows.planned(THIEF, Windows.of(0.25, 0.599, stream)).lanes())
                .isEmpty();
    }

    @Test
    void leavesARunningTrainingItsShareUntilItHasEnded() {
        TrainingOption option = new TrainingOption("c", 20, 0.9);
        RetrainedStream overdue =
                new RetrainedStream("s", 0.5, 1, List.of(option), Optional.of(new RunningTraining(option, 0.3, 35)));

        WindowPlan plan =
                Windows.planned(THIEF, Windows.of(0.5, 0, overdue, new RetrainedStream("t", 0.7, List.of(option))));

        assertThat(plan.phases().getFirst().trainings().get("s"))
                .satisfies(running -> assertThat(running.share()).isEqualTo(0.3));
        // Fifteen GPU-seconds over: as many again on 0.3.
        assertThat(plan.phases())
                .filteredOn(phase -> phase.trainings().containsKey("s"))
                .last()
                .satisfies(phase -> assertThat(phase.until()).isCloseTo(50, within(1e-9)));
    }

    @Test
    void plansNoTrainingWhenItMayNotLook() {
        RetrainedStream stream = new RetrainedStream("s", 0.6, List.of(new TrainingOption("c", 10, 0.95)));

        WindowPlan plan = Windows.planned(new ThiefScheduler(0), Windows.of(1, 0, stream));

        assertThat(plan.lanes()).isEmpty();
        assertThat(plan.meanAccuracy()).isEqualTo(0.6, within(1e-9));
    }
}
