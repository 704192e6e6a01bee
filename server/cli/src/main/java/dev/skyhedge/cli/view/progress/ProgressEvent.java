package dev.skyhedge.cli.view.progress;

import dev.skyhedge.state.records.ReplicaRecord;
import java.time.Duration;

/// Something worth a line while a plan is applied.
///
/// @param kind what happened
/// @param operation what is, or was, being done
/// @param replica as it is now
/// @param elapsed since the operation began
public record ProgressEvent(Kind kind, Operation operation, ReplicaRecord replica, Duration elapsed) {
    /// What can happen.
    public enum Kind {
        STARTED,
        STILL_RUNNING,
        COMPLETE,
        ERRORED,
        /// Ended although nobody here wanted it to.
        LOST,
        /// Its instance runs on without us.
        FORGOTTEN,
        /// The last lines of a failed replica have been read.
        LOG_READ
    }

    /// What is done to a replica.
    public enum Operation {
        CREATE,
        /// An instance that runs already is taken as a replica.
        IMPORT,
        DELETE
    }
}
