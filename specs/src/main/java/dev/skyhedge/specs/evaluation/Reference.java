package dev.skyhedge.specs.evaluation;

import dev.skyhedge.specs.diagnostics.SourceRange;
import dev.skyhedge.specs.syntax.Expression;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// A reference to something outside of the expression, as it can be read off without evaluating: `var.size`.
///
/// @param root the kind of thing: `var`, `local`, `service`, …
/// @param name which one; empty for a root on its own, which means nothing
/// @param range where
public record Reference(String root, String name, SourceRange range) {
    /// All references in the expression, in order, also those that would never be evaluated.
    public static List<Reference> in(Expression expression) {
        List<Reference> references = new ArrayList<>();
        Set<Expression> named = new HashSet<>();
        ExpressionWalk.walk(expression, (node, names) -> {
            if (node instanceof Expression.Attribute(Expression.Name root, String name, var ignored, var range)
                    && !names.contains(root.name())) {
                references.add(new Reference(root.name(), name, range));
                named.add(root);
            } else if (node instanceof Expression.Name root && !names.contains(root.name()) && !named.contains(root)) {
                references.add(new Reference(root.name(), "", root.range()));
            }
        });
        return references;
    }

    /// All calls in the expression, in order.
    public static List<Expression.Call> callsIn(Expression expression) {
        List<Expression.Call> calls = new ArrayList<>();
        ExpressionWalk.walk(expression, (node, names) -> {
            if (node instanceof Expression.Call call) {
                calls.add(call);
            }
        });
        return calls;
    }
}
