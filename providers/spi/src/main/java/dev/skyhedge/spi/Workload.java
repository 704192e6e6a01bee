package dev.skyhedge.spi;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// What an instance runs once it has booted.
///
/// @param image container image; empty means that the command runs on the machine itself
/// @param command program and arguments; may be empty if the image has its own
/// @param port TCP port that the workload listens on; a provider that runs several instances on one machine
///     gives each its own and says so in the environment variable `PORT` and in [Instance#endpoint()]
/// @param environment resolved variables in order; may hold secrets: never log, print or store them
public record Workload(
        Optional<String> image, List<String> command, int port, SequencedMap<String, String> environment) {
    public Workload {
        command = List.copyOf(command);
        environment = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(environment));
        if (image.isEmpty() && command.isEmpty()) {
            throw new IllegalArgumentException("A workload has an image or a command");
        }
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("Invalid port: " + port);
        }
    }

    /// Names the variables but hides their values, which may be secrets.
    @Override
    public String toString() {
        return "Workload[image=" + image + ", command=" + command + ", port=" + port + ", environment="
                + Map.copyOf(environment).keySet() + "]";
    }
}
