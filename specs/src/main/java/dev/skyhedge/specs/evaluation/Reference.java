package dev.skyhedge.specs.evaluation;

import dev.skyhedge.specs.diagnostics.SourceRange;
import dev.skyhedge.specs.syntax.Expression;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
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
        if (isPlain(expression)) {
            return List.of();
        }
        List<Reference> references = new ArrayList<>();
        // This very node, wherever the same is written elsewhere.
        Set<Expression> named = Collections.newSetFromMap(new IdentityHashMap<>());
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

    /// Whether it is a value as written, as most expressions of a spec are.
    private static boolean isPlain(Expression expression) {
        return switch (expression) {
            case Expression.Literal ignored -> true;
            case Expression.Template(List<Expression.Part> parts, var ignored) -> isPlain(parts);
            case Expression.Tuple(List<Expression> elements, var ignored) -> {
                boolean plain = true;
                for (Expression element : elements) {
                    plain &= isPlain(element);
                }
                yield plain;
            }
            default -> false;
        };
    }

    private static boolean isPlain(List<Expression.Part> parts) {
        for (Expression.Part part : parts) {
            if (!(part instanceof Expression.Part.Text)) {
                return false;
            }
        }
        return true;
    }

    /// All calls in the expression, in order.
    public static List<Expression.Call> callsIn(Expression expression) {
        if (isPlain(expression)) {
            return List.of();
        }
        List<Expression.Call> calls = new ArrayList<>();
        ExpressionWalk.walk(expression, (node, names) -> {
            if (node instanceof Expression.Call call) {
                calls.add(call);
            }
        });
        return calls;
    }
}
