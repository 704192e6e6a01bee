package dev.skyhedge.specs.functions;

/// What a call of a function takes, by what it does with its arguments.
public enum Effort {
    /// The same for small collections and large ones.
    CONSTANT,
    /// Passes over all elements.
    PASS,
    /// Converts, compares or encodes all parts.
    WORK
}
