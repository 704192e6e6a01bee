package dev.skyhedge.specs.values;

import java.util.List;

/// What became of the attempt to give a value another type.
public sealed interface Conversion {
    /// It has the type now.
    ///
    /// @param value the converted value
    /// @param dropped what an object lost on the way, a sentence each
    record Done(Value value, List<String> dropped) implements Conversion {}

    /// It cannot have that type.
    ///
    /// @param path from the value to the culprit, such as `[2].name`; empty for the value itself
    /// @param reason what would have been needed: `a number is required`
    record Refused(String path, String reason) implements Conversion {
        /// Path and reason as one text: `[2].name: a number is required`.
        public String message() {
            return path.isEmpty() ? reason : path + ": " + reason;
        }
    }

    /// Converts as the language does: without loss, or not at all.
    static Conversion of(Value value, Type type) {
        return new Converter().convert(value, type);
    }
}
