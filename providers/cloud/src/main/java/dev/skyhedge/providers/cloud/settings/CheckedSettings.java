package dev.skyhedge.providers.cloud.settings;

import dev.skyhedge.spi.SettingProblem;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// A plugin's settings as they were read: good, or with what is wrong with them.
public interface CheckedSettings {
    /// What is wrong with them; empty if they are good.
    List<SettingProblem> problems();

    /// Whether instances are reached at addresses of the public internet.
    default boolean hasPublicAddresses() {
        return false;
    }

    /// Reads settings without I/O.
    @FunctionalInterface
    interface Reading<S extends CheckedSettings> {
        /// @param values as they stand in the spec
        /// @param environment variables of the process
        S read(SequencedMap<String, Object> values, Map<String, String> environment);
    }
}
