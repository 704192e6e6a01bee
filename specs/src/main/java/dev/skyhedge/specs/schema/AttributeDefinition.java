package dev.skyhedge.specs.schema;

import java.util.Optional;

/// An attribute of a block.
///
/// @param name as written
/// @param type what it takes
/// @param required whether it must be given
/// @param fallback what holds when it is not given, as an expression; empty if that is nothing in particular
/// @param documentation what it means, in sentences
/// @param example an expression to show
public record AttributeDefinition(
        String name,
        AttributeType type,
        boolean required,
        Optional<String> fallback,
        String documentation,
        String example) {

    /// One that must be given.
    public static AttributeDefinition required(String name, AttributeType type, String example, String documentation) {
        return new AttributeDefinition(name, type, true, Optional.empty(), documentation, example);
    }

    /// One that is nothing in particular when it is not given.
    public static AttributeDefinition optional(String name, AttributeType type, String example, String documentation) {
        return new AttributeDefinition(name, type, false, Optional.empty(), documentation, example);
    }

    /// One with a default.
    public static AttributeDefinition fallback(
            String name, AttributeType type, String fallback, String example, String documentation) {
        return new AttributeDefinition(name, type, false, Optional.of(fallback), documentation, example);
    }

    /// Whether its expression is read and not evaluated.
    public boolean isSyntax() {
        return type.constraint() instanceof AttributeType.Constraint.TypeExpression
                || type.constraint() instanceof AttributeType.Constraint.Address;
    }
}
