package dev.skyhedge.engine.retraining;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Windows of tests.
final class Windows {
    /// As published with Ekya, for one of its cameras.
    static final InferenceProfile FRAMES = new FrameSampling(
            0.25,
            new TreeMap<>(Map.ofEntries(
                    Map.entry(1.0, 1.0),
                    Map.entry(2.0, 0.78),
                    Map.entry(3.0, 0.64),
                    Map.entry(4.0, 0.6),
                    Map.entry(5.0, 0.44),
                    Map.entry(6.0, 0.42),
                    Map.entry(7.0, 0.41),
                    Map.entry(8.0, 0.33),
                    Map.entry(9.0, 0.28),
                    Map.entry(10.0, 0.15),
                    Map.entry(15.0, 0.12),
                    Map.entry(20.0, 0.04))));

    private Windows() {}

    static Situation of(double gpus, double minAccuracy, RetrainedStream... streams) {
        return new Situation(200, gpus, minAccuracy, FRAMES, List.of(streams), List.of());
    }

    static WindowPlan planned(RetrainingScheduler scheduler, Situation situation) {
        return ((Scheduling.Planned) scheduler.schedule(situation)).plan();
    }
}
