package dev.skyhedge.engine.retraining;

/// Divides GPUs between serving and retraining. Pure: no clock, no dice, no memory.
public interface RetrainingScheduler {
    /// The plan for what is left of the window. Trainings that run keep their share and are expected to end.
    Scheduling schedule(Situation situation);
}
