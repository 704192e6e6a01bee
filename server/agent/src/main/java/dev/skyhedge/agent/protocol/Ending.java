package dev.skyhedge.agent.protocol;

import java.util.List;
import java.util.OptionalInt;

/// How a task ended.
///
/// @param exitCode as shells have it, 128 and the signal where one ended it; empty where nobody saw it
/// @param lastLines of its log, 20 at most
public record Ending(Kind kind, OptionalInt exitCode, List<String> lastLines) {
    /// What an end means to whoever wanted the task.
    public enum Kind {
        /// Exit code 0.
        DONE,
        /// It ended where it can go on: exit code 75, or 143 after it was told to stop.
        RESUMABLE,
        /// Killed because its time to stop was over.
        KILLED,
        /// Killed by somebody else (137): in most cases the kernel, for its memory.
        OUT_OF_MEMORY,
        /// Any other exit code.
        FAILED,
        /// It ran, and nobody saw how it ended: the process that waits for it was killed, or the machine started anew.
        LOST,
        /// It never ran, and never will under this generation.
        NEVER_STARTED
    }

    public Ending {
        lastLines = List.copyOf(lastLines);
    }
}
