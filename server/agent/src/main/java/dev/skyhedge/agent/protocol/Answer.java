package dev.skyhedge.agent.protocol;

import java.util.List;
import java.util.Optional;

/// What an agent says to an order.
public sealed interface Answer {
    /// It is so, or was so already. What an order starts goes on after the answer: `Status` tells of it.
    record Done(String detail) implements Answer {}

    /// Nothing was changed.
    record Refused(Code code, String message) implements Answer {}

    /// @param boot of the machine, as in the tasks' identities
    /// @param epoch the highest of a controller that has been here
    /// @param draining why nothing more is started, if so
    record AgentStatus(
            int protocol, String boot, long pid, long epoch, Optional<String> draining, List<TaskStatus> tasks)
            implements Answer {
        public AgentStatus {
            tasks = List.copyOf(tasks);
        }
    }

    record LogLines(List<String> lines) implements Answer {
        public LogLines {
            lines = List.copyOf(lines);
        }
    }

    /// @param lines JSON objects, as they were written, in their order
    /// @param next to ask from
    /// @param malformed lines that were no object, or too long, and left out
    /// @param restarted whether the file is shorter than it was, and was read from its beginning
    record ReportLines(List<String> lines, long next, int malformed, boolean restarted) implements Answer {
        public ReportLines {
            lines = List.copyOf(lines);
        }
    }

    /// Why not.
    enum Code {
        /// What was sent is no order.
        BAD_REQUEST,
        /// A controller with a higher epoch has been here.
        STALE_CONTROLLER,
        /// There is no such task.
        UNKNOWN_TASK,
        /// That name has had a newer life, or this one is over and forgotten.
        OLD_GENERATION,
        /// That generation was started by an order with another token.
        CONFLICT,
        /// The task is in a phase in which that cannot be done.
        WRONG_PHASE,
        /// The agent starts nothing more.
        DRAINING,
        /// As many tasks, names or orders as an agent takes.
        FULL,
        /// The agent could not write or read its disk.
        DISK
    }
}
