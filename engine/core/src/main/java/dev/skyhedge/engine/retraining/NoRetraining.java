package dev.skyhedge.engine.retraining;

import dev.skyhedge.engine.retraining.Scheduling.Infeasible;
import dev.skyhedge.engine.retraining.Scheduling.Planned;
import java.util.List;
import java.util.Optional;

/// Retrains nothing: equal shares for serving, or, where those break the floor, the best that hold it.
public record NoRetraining() implements RetrainingScheduler {
    @Override
    public Scheduling schedule(Situation situation) {
        Timeline timeline = new Timeline(situation);
        Optional<Infeasible> broken = Floors.broken(situation, timeline);
        if (broken.isPresent()) {
            return broken.get();
        }
        InferenceAllocation allocation = timeline.allocation();
        WindowPlan plan = timeline.plan(List.of(), (capacity, accuracies) -> allocation.equal(capacity))
                .or(() -> timeline.plan(List.of(), allocation::best))
                .orElseThrow();
        return new Planned(plan);
    }
}
