package dev.skyhedge.specs.diagnostics;

import java.util.Locale;

/// How bad it is. A spec with any error is no spec at all; warnings come along.
public enum Severity {
    ERROR,
    WARNING;

    /// `error` or `warning`.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
