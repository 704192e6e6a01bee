package dev.skyhedge.specs.evaluation;

import dev.skyhedge.specs.syntax.Expression;
import dev.skyhedge.specs.syntax.Expression.Part;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/// Visits an expression and everything in it, with the names that `for` and splats have introduced at each place.
/// Depth is bounded by the parser.
final class ExpressionWalk {
    private final BiConsumer<Expression, Set<String>> visitor;

    private ExpressionWalk(BiConsumer<Expression, Set<String>> visitor) {
        this.visitor = visitor;
    }

    static void walk(Expression expression, BiConsumer<Expression, Set<String>> visitor) {
        new ExpressionWalk(visitor).visit(expression, Set.of());
    }

    /// Whether it means something only where these names do, or the element at hand in a splat, which has no name.
    static boolean isInner(Expression expression, Set<String> names) {
        boolean[] found = {false};
        walk(expression, (node, introduced) -> {
            String name = switch (node) {
                case Expression.Name(String written, var ignored) -> written;
                case Expression.Element ignored -> Scope.ELEMENT;
                default -> null;
            };
            boolean inner = name != null && (names.contains(name) || name.equals(Scope.ELEMENT));
            found[0] |= inner && !introduced.contains(name);
        });
        return found[0];
    }

    private void visit(Expression expression, Set<String> names) {
        visitor.accept(expression, names);
        switch (expression) {
            case Expression.Template template -> parts(template.parts(), names);
            case Expression.For loop -> loop(loop, names);
            case Expression.Splat splat -> {
                visit(splat.source(), names);
                visit(splat.each(), with(names, Optional.empty(), Scope.ELEMENT));
            }
            case Expression.Literal ignored -> {}
            case Expression.Name ignored -> {}
            case Expression.Element ignored -> {}
            default -> children(expression).forEach(child -> visit(child, names));
        }
    }

    private static List<Expression> children(Expression expression) {
        return switch (expression) {
            case Expression.Tuple tuple -> tuple.elements();
            case Expression.ObjectOf object -> {
                List<Expression> children = new ArrayList<>();
                object.items().forEach(item -> {
                    children.add(item.key());
                    children.add(item.value());
                });
                yield children;
            }
            case Expression.Conditional c -> List.of(c.condition(), c.yes(), c.no());
            case Expression.Binary binary -> List.of(binary.left(), binary.right());
            case Expression.Unary unary -> List.of(unary.operand());
            case Expression.Parenthesised inner -> List.of(inner.inner());
            case Expression.Call call -> call.arguments();
            case Expression.Attribute attribute -> List.of(attribute.source());
            case Expression.Index index -> List.of(index.source(), index.key());
            case Expression.Literal ignored -> List.of();
            case Expression.Name ignored -> List.of();
            case Expression.Element ignored -> List.of();
            case Expression.Template ignored -> List.of();
            case Expression.For ignored -> List.of();
            case Expression.Splat ignored -> List.of();
        };
    }

    private void loop(Expression.For loop, Set<String> names) {
        visit(loop.collection(), names);
        Set<String> inner = with(names, loop.keyName(), loop.valueName());
        loop.key().ifPresent(key -> visit(key, inner));
        visit(loop.value(), inner);
        loop.condition().ifPresent(condition -> visit(condition, inner));
    }

    private void parts(List<Part> parts, Set<String> names) {
        for (Part part : parts) {
            switch (part) {
                case Part.Text ignored -> {}
                case Part.Interpolation(Expression expression) -> visit(expression, names);
                case Part.If(Expression condition, List<Part> yes, List<Part> no) -> {
                    visit(condition, names);
                    parts(yes, names);
                    parts(no, names);
                }
                case Part.For loop -> {
                    visit(loop.collection(), names);
                    parts(loop.body(), with(names, loop.keyName(), loop.valueName()));
                }
            }
        }
    }

    private static Set<String> with(Set<String> names, Optional<String> key, String value) {
        Set<String> inner = new HashSet<>(names);
        key.ifPresent(inner::add);
        inner.add(value);
        return inner;
    }
}
