package dev.skyhedge.engine.control;

import dev.skyhedge.specs.EnvValue;
import dev.skyhedge.specs.ReplicaSpec;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/// Reads secrets at the moment of a launch, or when they are compared, and not before. Nothing else in the engine ever
/// holds one. Thread-safe.
public final class Secrets {
    private static final long MAX_FILE_BYTES = 64 * 1024;

    private final Map<String, String> environment;

    /// @param environment where `env:NAME` is read from
    public Secrets(Map<String, String> environment) {
        this.environment = environment;
    }

    /// What a replica runs, with its secrets read.
    Outcome<Workload> resolve(ReplicaSpec replica) {
        SequencedMap<String, String> resolved = new LinkedHashMap<>();
        for (Map.Entry<String, EnvValue> variable : replica.env().entrySet()) {
            switch (value(variable.getValue())) {
                case Outcome.Done<String>(String value) -> resolved.put(variable.getKey(), value);
                case Outcome.Failed<String>(Failure failure) -> {
                    return Outcome.failed(failure);
                }
            }
        }
        return Outcome.done(new Workload(replica.image(), replica.command(), replica.port(), resolved));
    }

    private Outcome<String> value(EnvValue value) {
        return switch (value) {
            case EnvValue.Plain(String text) -> Outcome.done(text);
            case EnvValue.Sensitive(String text) -> Outcome.done(text);
            case EnvValue.Hidden(String sha256) -> missing("sensitive value", "only its hash is left: " + sha256);
            case EnvValue.SecretReference(String reference) -> read(reference);
        };
    }

    /// The secret that is named so, as it is now.
    public Outcome<String> read(String reference) {
        if (reference.startsWith("env:")) {
            String value = environment.get(reference.substring("env:".length()));
            return value == null ? missing(reference, "the variable is not set") : Outcome.done(value);
        }
        if (reference.startsWith("file:")) {
            return readFile(reference, Path.of(reference.substring("file:".length())));
        }
        return missing(reference, "it starts neither with env: nor with file:");
    }

    private static Outcome<String> readFile(String reference, Path file) {
        try {
            if (Files.size(file) > MAX_FILE_BYTES) {
                return missing(reference, "the file is larger than " + MAX_FILE_BYTES + " bytes");
            }
            return Outcome.done(Files.readString(file).stripTrailing());
        } catch (IOException e) {
            return missing(reference, "the file cannot be read: " + e.getClass().getSimpleName());
        }
    }

    private static Outcome<String> missing(String reference, String why) {
        return Outcome.failed(new Failure.InvalidRequest("secret(\"" + reference + "\") has no value: " + why));
    }
}
