package dev.skyhedge.agent.protocol;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// What an agent is told to do, or asked. All but `Signal` may be repeated without harm.
public sealed interface Order {
    /// Starts a task, once: the same order again is answered with success and starts nothing.
    ///
    /// @param token what makes it the same order; no secret
    /// @param command program and arguments
    /// @param environment added to what the agent sets; nothing else of the agent's own is passed on
    /// @param share of an accelerator, above 0; `SKYHEDGE_SHARE`
    /// @param atoms accelerators it may use; `SKYHEDGE_ATOMS`
    /// @param resumeFrom directory of a checkpoint, or empty
    /// @param parameters a JSON object, written to `SKYHEDGE_PARAMS_FILE`
    record Start(
            TaskId id,
            String token,
            List<String> command,
            SequencedMap<String, String> environment,
            double share,
            int atoms,
            String resumeFrom,
            String parameters)
            implements Order {
        public Start {
            command = List.copyOf(command);
            environment = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(environment));
            require(!token.isEmpty() && token.length() <= 200, "A token has 1 to 200 characters");
            require(!command.isEmpty() && !command.getFirst().isEmpty(), "A task needs a command");
            require(
                    command.stream().noneMatch(Order::hasNul)
                            && !hasNul(resumeFrom)
                            && environment.entrySet().stream()
                                    .noneMatch(entry -> hasNul(entry.getKey())
                                            || hasNul(entry.getValue())
                                            || entry.getKey().isEmpty()
                                            || entry.getKey().indexOf('=') >= 0),
                    "A command or an environment cannot have such characters or names");
            require(share > 0 && share <= 1024, "A share is above 0");
            require(atoms >= 0 && atoms <= 1024, "Atoms are 0 to 1024");
        }

        /// Hides the environment, in which there may be secrets.
        @Override
        public String toString() {
            return "Start[" + id + ", " + token + "]";
        }
    }

    /// `SIGTERM`, and `SIGKILL` to all its processes where it is still there after `grace`.
    record Stop(TaskId id, Duration grace) implements Order {
        public Stop {
            require(
                    !grace.isNegative() && grace.compareTo(Duration.ofDays(1)) <= 0,
                    "A grace is between nothing and a day");
        }
    }

    /// To the process of the command, not to those that it started.
    record Signal(TaskId id, Name name) implements Order {
        /// Signals without a meaning of the agent's own.
        public enum Name {
            HUP,
            INT,
            USR1,
            USR2
        }
    }

    record Pause(TaskId id) implements Order {}

    record Resume(TaskId id) implements Order {}

    /// Removes what is kept of a task that ended, but its checkpoints. Its generation stays used.
    record Forget(TaskId id) implements Order {}

    /// Nothing more is started. Tasks go on.
    record Drain(String reason) implements Order {
        public Drain {
            require(reason.length() <= 500, "A reason has at most 500 characters");
        }
    }

    /// Takes a drain back.
    record Accept() implements Order {}

    record Status() implements Order {}

    /// @param lines 1 to 1,000
    record Log(TaskId id, int lines) implements Order {
        public Log {
            require(lines >= 1 && lines <= 1000, "1 to 1000 lines can be asked for");
        }
    }

    /// Reports that the task appended to its metrics file.
    ///
    /// @param after where the last answer ended, or 0
    record Reports(TaskId id, long after) implements Order {
        public Reports {
            require(after >= 0, "A file begins at 0");
        }
    }

    private static boolean hasNul(String text) {
        return text.indexOf('\0') >= 0;
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
