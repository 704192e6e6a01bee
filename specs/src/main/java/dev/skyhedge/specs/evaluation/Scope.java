package dev.skyhedge.specs.evaluation;

import dev.skyhedge.specs.values.Value;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The names that `for` expressions around an expression have introduced, innermost first.
record Scope(@Nullable Scope outer, String name, @Nullable Value value) {
    static final Scope EMPTY = new Scope(null, "", null);
    /// The element at hand in a splat; no name can be written like this.
    static final String ELEMENT = "*";

    Scope with(String introduced, Value bound) {
        return new Scope(this, introduced, bound);
    }

    Optional<Value> find(String wanted) {
        for (Scope scope = this; scope != null; scope = scope.outer) {
            if (scope.value != null && scope.name.equals(wanted)) {
                return Optional.of(scope.value);
            }
        }
        return Optional.empty();
    }
}
