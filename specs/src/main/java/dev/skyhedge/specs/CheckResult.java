package dev.skyhedge.specs;

import java.util.List;

/// A `check` block with what its assertions say now.
///
/// @param address as the language writes it: `check.latency`
/// @param status all assertions together
/// @param messages what the failed ones say
public record CheckResult(String address, Status status, List<String> messages) {
    /// How a check turned out.
    public enum Status {
        PASS,
        FAIL,
        /// Something that it asks is known only after apply.
        UNKNOWN
    }

    public CheckResult {
        messages = List.copyOf(messages);
    }
}
