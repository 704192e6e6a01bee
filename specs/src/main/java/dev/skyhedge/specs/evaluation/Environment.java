package dev.skyhedge.specs.evaluation;

import dev.skyhedge.specs.values.Value;
import java.util.Optional;

/// The values that references of an expression stand for.
@FunctionalInterface
public interface Environment {
    /// An environment without any names.
    Environment EMPTY = (root, name) -> Optional.empty();

    /// The value of `root.name`; empty if there is none.
    Optional<Value> value(String root, String name);

    /// This environment, and that one for what is not in this one.
    default Environment or(Environment outer) {
        return (root, name) -> value(root, name).or(() -> outer.value(root, name));
    }
}
