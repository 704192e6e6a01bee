package dev.skyhedge.engine.deadline;

/// Decides where a job with a deadline runs next. The same view gives the same order.
///
/// Asked at the beginning of each tick. After a launch that failed and after a probe it is asked
/// again in the same tick, with a view that shows the outcome.
public interface DeadlinePolicy {
    /// What to do now.
    Order next(JobView view);
}
