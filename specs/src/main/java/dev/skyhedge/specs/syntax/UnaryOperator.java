package dev.skyhedge.specs.syntax;

/// An operator before its operand.
public enum UnaryOperator {
    NEGATE,
    NOT
}
