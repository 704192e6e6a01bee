package dev.skyhedge.watch.installation;

import java.time.InstantSource;
import java.util.Map;

/// What a process finds where it runs.
///
/// @param environment the environment variables; may hold secrets
/// @param clock the time
/// @param plugins the provider plugins of the installation
public record Surroundings(Map<String, String> environment, InstantSource clock, Plugins plugins) {
    /// Names no variable, which may be a secret.
    @Override
    public String toString() {
        return "Surroundings[plugins=" + plugins + "]";
    }
}
