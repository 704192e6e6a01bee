package dev.skyhedge.engine.retraining;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.engine.retraining.Scheduling.Infeasible;
import dev.skyhedge.engine.retraining.Scheduling.Planned;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class RetrainingSchedulerProperties {
    private static final ThiefScheduler THIEF = new ThiefScheduler(100_000);
    private static final double TOLERANCE = 1e-9;

    @Provide
    Arbitrary<Situation> situations() {
        Arbitrary<TrainingOption> option = Combinators.combine(
                        Arbitraries.doubles().between(1, 150),
                        Arbitraries.doubles().between(0.3, 1))
                .as((seconds, after) -> new TrainingOption("c" + seconds, seconds, after));
        Arbitrary<List<RetrainedStream>> streams = Combinators.combine(
                        Arbitraries.doubles().between(0.3, 0.95),
                        Arbitraries.integers().between(1, 3),
                        option.list().ofMaxSize(3))
                .as((accuracy, weight, options) ->
                        new RetrainedStream("s", accuracy, weight, options, Optional.empty()))
                .list()
                .ofMinSize(1)
                .ofMaxSize(4)
                .map(RetrainingSchedulerProperties::named);
        return Combinators.combine(streams, Arbitraries.doubles().between(0.2, 2), Arbitraries.of(0.0, 0.2, 0.4))
                .as((list, gpus, floor) -> new Situation(200, gpus, floor, Windows.FRAMES, list, List.of()));
    }

    private static List<RetrainedStream> named(List<RetrainedStream> streams) {
        return IntStream.range(0, streams.size())
                .mapToObj(i -> new RetrainedStream(
                        "s" + i,
                        streams.get(i).accuracy(),
                        streams.get(i).weight(),
                        streams.get(i).options(),
                        Optional.empty()))
                .toList();
    }

    @Property(tries = 60)
    void nothingIsGivenTwiceOrOwed(@ForAll("situations") Situation situation) {
        if (THIEF.schedule(situation) instanceof Planned(WindowPlan plan)) {
            assertThat(plan.phases()).allSatisfy(phase -> {
                assertThat(phase.given()).isLessThanOrEqualTo(situation.gpus() + 1e-6);
                assertThat(phase.inference().values()).allMatch(share -> share >= 0);
                assertThat(phase.trainings().values()).allMatch(one -> one.share() > 0 && one.share() <= 1);
            });
        }
    }

    @Property(tries = 60)
    void theFloorIsHeldInEveryPhaseWheneverThatIsPossible(@ForAll("situations") Situation situation) {
        switch (THIEF.schedule(situation)) {
            case Infeasible(String stream, String reason) ->
                assertThat(new NoRetraining().schedule(situation)).isEqualTo(new Infeasible(stream, reason));
            case Planned(WindowPlan plan) ->
                assertThat(served(situation, plan)).allMatch(served -> served >= situation.minAccuracy() - 1e-6);
        }
    }

    /// What every stream is served with in every phase.
    private static List<Double> served(Situation situation, WindowPlan plan) {
        List<Double> served = new ArrayList<>();
        Map<String, Double> accuracies = new TreeMap<>();
        situation.streams().forEach(stream -> accuracies.put(stream.name(), stream.accuracy()));
        Map<String, PlannedTraining> before = Map.of();
        for (WindowPlan.Phase phase : plan.phases()) {
            before.forEach((stream, training) -> {
                if (!phase.trainings().containsKey(stream)) {
                    accuracies.put(stream, training.option().accuracyAfter());
                }
            });
            accuracies.forEach((stream, accuracy) -> served.add(
                    accuracy * Windows.FRAMES.factor(phase.inference().getOrDefault(stream, 0.0))));
            before = phase.trainings();
        }
        return served;
    }

    @Property(tries = 60)
    void itIsNeverBelowWhatTheSimpleOnesReach(@ForAll("situations") Situation situation) {
        if (THIEF.schedule(situation) instanceof Planned(WindowPlan plan)) {
            assertThat(plan.meanAccuracy())
                    .isGreaterThanOrEqualTo(
                            Windows.planned(new NoRetraining(), situation).meanAccuracy() - TOLERANCE);
        }
    }

    @Property(tries = 40)
    void aGpuMoreNeverLowersWhatIsReached(@ForAll("situations") Situation situation) {
        if (THIEF.schedule(situation) instanceof Planned(WindowPlan less)) {
            WindowPlan more = Windows.planned(new ThiefScheduler(10_000_000), situation.withGpus(situation.gpus() + 1));
            assertThat(more.meanAccuracy()).isGreaterThanOrEqualTo(less.meanAccuracy() - TOLERANCE);
        }
    }

    @Property(tries = 30)
    void theSameSituationGivesTheSamePlan(@ForAll("situations") Situation situation) {
        assertThat(THIEF.schedule(situation)).isEqualTo(THIEF.schedule(situation));
    }

    @Property(tries = 30)
    void littleWorkIsNoWorseThanNone(@ForAll("situations") Situation situation) {
        if (new ThiefScheduler(7).schedule(situation) instanceof Planned(WindowPlan plan)) {
            assertThat(plan.meanAccuracy())
                    .isGreaterThanOrEqualTo(
                            Windows.planned(new NoRetraining(), situation).meanAccuracy() - TOLERANCE);
        }
    }
}
