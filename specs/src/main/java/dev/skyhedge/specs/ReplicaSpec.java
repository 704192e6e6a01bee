package dev.skyhedge.specs;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;

/// What each replica runs, and on what disk. A change of it makes a new version of the service.
///
/// @param image container image, if any
/// @param command program and arguments; may be empty if there is an image
/// @param port TCP port of the workload, 1 to 65535
/// @param env environment variables in order of declaration
/// @param diskGb size of the machine's disk in GB, as `resources` declares it; empty for the provider's default
/// @param access how requests and probes get in
public record ReplicaSpec(
        Optional<String> image,
        List<String> command,
        int port,
        SequencedMap<String, EnvValue> env,
        OptionalInt diskGb,
        AccessSpec access) {
    public ReplicaSpec {
        command = List.copyOf(command);
        env = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(env));
    }

    /// On the provider's default disk, open to whoever reaches it.
    public ReplicaSpec(Optional<String> image, List<String> command, int port, SequencedMap<String, EnvValue> env) {
        this(image, command, port, env, OptionalInt.empty(), AccessSpec.OPEN);
    }

    /// The same on another disk.
    ///
    /// @param gb its size; empty for the provider's default
    public ReplicaSpec onDisk(OptionalInt gb) {
        return new ReplicaSpec(image, command, port, env, gb, access);
    }

    /// The same, got into in another way.
    public ReplicaSpec with(AccessSpec other) {
        return new ReplicaSpec(image, command, port, env, diskGb, other);
    }
}
