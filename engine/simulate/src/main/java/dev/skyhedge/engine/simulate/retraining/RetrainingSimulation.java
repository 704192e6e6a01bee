package dev.skyhedge.engine.simulate.retraining;

import dev.skyhedge.engine.retraining.PlannedTraining;
import dev.skyhedge.engine.retraining.RetrainedStream;
import dev.skyhedge.engine.retraining.RetrainingScheduler;
import dev.skyhedge.engine.retraining.RunningTraining;
import dev.skyhedge.engine.retraining.Scheduling.Infeasible;
import dev.skyhedge.engine.retraining.Scheduling.Planned;
import dev.skyhedge.engine.retraining.Situation;
import dev.skyhedge.engine.retraining.TrainingOption;
import dev.skyhedge.engine.retraining.WindowPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/// One window on a virtual clock: a scheduler plans with what is predicted, trainings take what they really take, and
/// at each real end the scheduler is asked again. A model that came out worse is not served. Pure; used once.
public final class RetrainingSimulation {
    private final RetrainingScheduler scheduler;
    private final Situation predicted;
    private final UnaryOperator<PlannedTraining> real;
    private final Map<String, Double> accuracies = new TreeMap<>();
    private final Map<String, Run> runs = new TreeMap<>();
    private final List<String> trained = new ArrayList<>();
    private List<List<PlannedTraining>> ahead = List.of();

    /// A training that is under way.
    private record Run(PlannedTraining planned, TrainingOption real, double begun) {
        double end() {
            return begun + real.gpuSeconds() / planned.share();
        }
    }

    /// What came of the window.
    ///
    /// @param meanAccuracy that was served
    /// @param trained streams whose trainings ended, in that order
    /// @param unfinished streams whose trainings had not ended when the window did
    public record Outcome(double meanAccuracy, List<String> trained, List<String> unfinished) {
        public Outcome {
            trained = List.copyOf(trained);
            unfinished = List.copyOf(unfinished);
        }
    }

    /// @param predicted the window at its beginning, with what is expected of trainings
    /// @param real what a training really takes and brings
    public RetrainingSimulation(
            RetrainingScheduler scheduler, Situation predicted, UnaryOperator<PlannedTraining> real) {
        this.scheduler = scheduler;
        this.predicted = predicted;
        this.real = real;
        predicted.streams().forEach(stream -> accuracies.put(stream.name(), stream.accuracy()));
    }

    /// @return empty if the scheduler has no plan
    public Optional<Outcome> run() {
        double weights = predicted.streams().stream()
                .mapToDouble(RetrainedStream::weight)
                .sum();
        double now = 0;
        double sum = 0;
        // Every turn ends one training or the window.
        while (now < predicted.seconds()) {
            switch (scheduler.schedule(situation(now))) {
                case Infeasible _ -> {
                    return Optional.empty();
                }
                case Planned(WindowPlan plan) -> {
                    begin(plan, now);
                    Optional<Run> next = runs.values().stream().reduce(earlier());
                    double end = next.map(Run::end).orElse(Double.POSITIVE_INFINITY);
                    double until = Math.min(end, predicted.seconds());
                    sum += (until - now) * served(plan.phases().getFirst());
                    now = until;
                    if (end <= predicted.seconds()) {
                        next.ifPresent(this::finish);
                    }
                }
            }
        }
        return Optional.of(new Outcome(sum / weights / predicted.seconds(), trained, List.copyOf(runs.keySet())));
    }

    private static BinaryOperator<Run> earlier() {
        return (one, other) -> other.end() < one.end() ? other : one;
    }

    private Situation situation(double now) {
        List<RetrainedStream> streams = new ArrayList<>();
        for (RetrainedStream stream : predicted.streams()) {
            Optional<RunningTraining> running = Optional.ofNullable(runs.get(stream.name()))
                    .map(run -> new RunningTraining(
                            run.planned().option(),
                            run.planned().share(),
                            (now - run.begun()) * run.planned().share()));
            streams.add(new RetrainedStream(
                    stream.name(),
                    accuracy(stream.name()),
                    stream.weight(),
                    trained.contains(stream.name()) ? List.of() : stream.options(),
                    running));
        }
        return new Situation(
                predicted.seconds() - now,
                predicted.gpus(),
                predicted.minAccuracy(),
                predicted.profile(),
                streams,
                ahead);
    }

    private void begin(WindowPlan plan, double now) {
        plan.phases().getFirst().trainings().forEach((stream, planned) -> {
            if (!runs.containsKey(stream)) {
                runs.put(stream, new Run(planned, real.apply(planned).option(), now));
            }
        });
        ahead = plan.lanes();
    }

    private double served(WindowPlan.Phase phase) {
        double sum = 0;
        for (RetrainedStream stream : predicted.streams()) {
            double share = phase.inference().getOrDefault(stream.name(), 0.0);
            sum += stream.weight()
                    * accuracy(stream.name())
                    * predicted.profile().factor(share);
        }
        return sum;
    }

    private void finish(Run run) {
        String stream = run.planned().stream();
        accuracies.merge(stream, run.real().accuracyAfter(), Math::max);
        trained.add(stream);
        runs.remove(stream);
    }

    private double accuracy(String stream) {
        return accuracies.getOrDefault(stream, 0.0);
    }
}
