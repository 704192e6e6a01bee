package dev.skyhedge.engine.retraining;

import dev.skyhedge.engine.retraining.Scheduling.Infeasible;
import dev.skyhedge.engine.retraining.Scheduling.Planned;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Retrains every stream at once, all on equal shares, in every window. What ends leaves its share to serving. A
/// training that would not end in the window is begun all the same, and gains nothing: that is what is compared with.
///
/// @param inference share of the GPUs that is for serving from the beginning, above 0 and below 1
/// @param config name of the configuration of all; empty for each stream's most accurate
public record UniformScheduler(double inference, Optional<String> config) implements RetrainingScheduler {
    public UniformScheduler {
        if (!(inference > 0 && inference < 1)) {
            throw new IllegalArgumentException("a share of " + inference + " for serving");
        }
    }

    @Override
    public Scheduling schedule(Situation situation) {
        Timeline timeline = new Timeline(situation);
        Optional<Infeasible> broken = Floors.broken(situation, timeline);
        if (broken.isPresent()) {
            return broken.get();
        }
        double share = situation.gpus() * (1 - inference) / situation.streams().size();
        List<List<Item>> lanes = new ArrayList<>(timeline.begun());
        for (int i = 0; i < situation.streams().size(); i++) {
            int stream = i;
            option(situation.streams().get(i)).ifPresent(one -> lanes.add(List.of(new Item(stream, one, share))));
        }
        InferenceAllocation allocation = timeline.allocation();
        Optional<WindowPlan> plan =
                timeline.planThatMayBeLate(lanes, (capacity, accuracies) -> allocation.equal(capacity));
        return plan.<Scheduling>map(Planned::new)
                .orElseGet(() -> new Infeasible(
                        leastAccurate(situation).name(),
                        "equal shares do not serve every stream with min_accuracy = " + situation.minAccuracy()));
    }

    private Optional<TrainingOption> option(RetrainedStream stream) {
        if (stream.running().isPresent()) {
            return Optional.empty();
        }
        return config.isPresent()
                ? stream.options().stream()
                        .filter(option -> option.config().equals(config.get()))
                        .findFirst()
                : stream.options().stream().max(Comparator.comparingDouble(TrainingOption::accuracyAfter));
    }

    private static RetrainedStream leastAccurate(Situation situation) {
        return situation.streams().stream()
                .min(Comparator.comparingDouble(RetrainedStream::accuracy))
                .orElseThrow();
    }
}
