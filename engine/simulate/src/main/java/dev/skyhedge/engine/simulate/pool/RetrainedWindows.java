package dev.skyhedge.engine.simulate.pool;

import dev.skyhedge.engine.pool.Pool;
import dev.skyhedge.engine.retraining.RetrainingScheduler;
import dev.skyhedge.engine.retraining.Scheduling.Infeasible;
import dev.skyhedge.engine.retraining.Scheduling.Planned;
import dev.skyhedge.engine.retraining.Situation;
import dev.skyhedge.engine.retraining.WindowPlan;
import dev.skyhedge.engine.simulate.pool.StreamsTenant.Reached;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What a scheduler of retraining reaches in each window, when all comes as it expects; known
/// windows begin anew at their end. Remembers what it was asked.
public final class RetrainedWindows implements StreamsTenant.Retraining {
    private final RetrainingScheduler scheduler;
    private final List<Situation> windows;
    private final Map<Asked, Reached> known = new HashMap<>();

    private static final Reached NOTHING = new Reached(0, 0);

    private record Asked(int window, int shares) {}

    /// @param windows whose numbers of GPUs count for nothing
    public RetrainedWindows(RetrainingScheduler scheduler, List<Situation> windows) {
        this.scheduler = scheduler;
        this.windows = List.copyOf(windows);
    }

    @Override
    public Reached of(int window, int shares) {
        return known.computeIfAbsent(new Asked(window % windows.size(), shares), this::reached);
    }

    private Reached reached(Asked asked) {
        if (asked.shares() == 0) {
            return NOTHING;
        }
        Situation window = windows.get(asked.window());
        var there = new Situation(
                window.seconds(),
                (double) asked.shares() / Pool.SHARES,
                window.minAccuracy(),
                window.profile(),
                window.streams(),
                List.of());
        return switch (scheduler.schedule(there)) {
            case Planned(WindowPlan plan) -> new Reached(plan.meanAccuracy(), trained(plan));
            case Infeasible _ -> NOTHING;
        };
    }

    private static double trained(WindowPlan plan) {
        return plan.phases().stream()
                .filter(phase -> !phase.trainings().isEmpty())
                .mapToDouble(WindowPlan.Phase::until)
                .max()
                .orElse(0);
    }
}
