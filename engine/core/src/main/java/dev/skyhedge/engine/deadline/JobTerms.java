package dev.skyhedge.engine.deadline;

/// What a job is, for its whole life.
///
/// @param workHours running time that it needs, above 0
/// @param deadlineHours when it has to be done, counted from its beginning
/// @param restartHours what each launch takes before the job goes on: boot, and loading its
///     checkpoint from the same region
/// @param tickHours how often a policy is asked; instances are billed by it
public record JobTerms(double workHours, double deadlineHours, double restartHours, double tickHours) {
    public JobTerms {
        if (!(workHours > 0 && deadlineHours > 0 && restartHours >= 0 && tickHours > 0)) {
            throw new IllegalArgumentException("Not a job: " + workHours + " h of work by " + deadlineHours
                    + " h, restarts of " + restartHours + " h, ticks of " + tickHours + " h");
        }
    }

    /// The same with that much work.
    public JobTerms withWork(double hours) {
        return new JobTerms(hours, deadlineHours, restartHours, tickHours);
    }
}
