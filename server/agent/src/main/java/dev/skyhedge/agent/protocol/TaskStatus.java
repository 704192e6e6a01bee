package dev.skyhedge.agent.protocol;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// @param since when it came into its phase, by the machine's clock
/// @param process once it is known to run
/// @param checkpoints names of the whole ones, the newest 100, newest last
/// @param latest what `latest` points to, if anything
public record TaskStatus(
        TaskId id,
        String token,
        Phase phase,
        Instant since,
        Optional<ProcessIdentity> process,
        Optional<Ending> ending,
        List<String> checkpoints,
        Optional<String> latest) {
    public TaskStatus {
        checkpoints = List.copyOf(checkpoints);
    }
}
