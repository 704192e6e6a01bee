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
/// @param entrance what requests to the port have to pass first; only for an image, and only with a provider that
///     has it, as [ProviderFactory#hasEntrances()] says
public record Workload(
        Optional<String> image,
        List<String> command,
        int port,
        SequencedMap<String, String> environment,
        Optional<Entrance> entrance) {
    public Workload {
        command = List.copyOf(command);
        environment = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(environment));
        if (image.isEmpty() && command.isEmpty()) {
            throw new IllegalArgumentException("A workload has an image or a command");
        }
        if (image.isEmpty() && entrance.isPresent()) {
            throw new IllegalArgumentException("Only a container can be kept from its port");
        }
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("Invalid port: " + port);
        }
    }

    /// A workload that listens on the port itself.
    public Workload(Optional<String> image, List<String> command, int port, SequencedMap<String, String> environment) {
        this(image, command, port, environment, Optional.empty());
    }

    /// Names the variables but hides their values, which may be secrets.
    @Override
    public String toString() {
        return "Workload[image=" + image + ", command=" + command + ", port=" + port + ", environment="
                + Map.copyOf(environment).keySet() + ", entrance=" + entrance + "]";
    }
}
