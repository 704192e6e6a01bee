package dev.skyhedge.specs;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// What each replica runs. A change of it makes a new version of the service.
///
/// @param image container image, if any
/// @param command program and arguments; may be empty if there is an image
/// @param port TCP port of the workload, 1 to 65535
/// @param env environment variables in order of declaration
public record ReplicaSpec(Optional<String> image, List<String> command, int port, SequencedMap<String, EnvValue> env) {
    public ReplicaSpec {
        command = List.copyOf(command);
        env = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(env));
    }
}
