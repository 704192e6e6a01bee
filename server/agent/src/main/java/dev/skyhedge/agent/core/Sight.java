package dev.skyhedge.agent.core;

import dev.skyhedge.agent.protocol.ProcessIdentity;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// What can be seen of a task on the machine.
///
/// @param fenced whether nobody can start it under this generation any more
/// @param process what started, if anything did
/// @param keeper whether the process that starts it, and writes down its exit code, is there
/// @param alive whether the process of its command is there
/// @param others how many more of its processes there are, the keeper not counted
/// @param suspended whether all of them are stopped by a signal
/// @param exitCode as the keeper wrote it down
/// @param lastLines of its log; empty while it is alive
public record Sight(
        boolean fenced,
        Optional<ProcessIdentity> process,
        boolean keeper,
        boolean alive,
        int others,
        boolean suspended,
        OptionalInt exitCode,
        List<String> lastLines) {
    public Sight {
        lastLines = List.copyOf(lastLines);
    }
}
