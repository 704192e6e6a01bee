package dev.skyhedge.console;

import java.util.List;

/// Whether traffic can be served.
///
/// @param missing what is not there yet, for people; empty if everything is
public record Readiness(List<String> missing) {
    public static final Readiness READY = new Readiness(List.of());

    public Readiness {
        missing = List.copyOf(missing);
    }

    /// Whether nothing is missing.
    public boolean isReady() {
        return missing.isEmpty();
    }
}
