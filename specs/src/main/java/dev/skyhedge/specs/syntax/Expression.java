package dev.skyhedge.specs.syntax;

import dev.skyhedge.specs.diagnostics.SourceRange;
import dev.skyhedge.specs.values.Value;
import java.util.List;
import java.util.Optional;

/// An expression as written, with its place.
public sealed interface Expression {
    /// Where it stands.
    SourceRange range();

    /// A number, `true`, `false` or `null`.
    record Literal(Value value, SourceRange range) implements Expression {}

    /// A quoted string or a heredoc.
    record Template(List<Part> parts, SourceRange range) implements Expression {}

    /// `[a, b]`.
    record Tuple(List<Expression> elements, SourceRange range) implements Expression {}

    /// `{ a = 1 }`.
    record ObjectOf(List<Item> items, SourceRange range) implements Expression {}

    /// `[for k, v in c : e if d]` or `{for k, v in c : e => f... if d}`.
    ///
    /// @param keyName first name of two
    /// @param key the expression before `=>`; empty for a tuple
    /// @param grouping whether `...` collects the values of equal keys
    record For(
            Optional<String> keyName,
            String valueName,
            Expression collection,
            Optional<Expression> key,
            Expression value,
            Optional<Expression> condition,
            boolean grouping,
            SourceRange range)
            implements Expression {}

    /// `c ? a : b`.
    record Conditional(Expression condition, Expression yes, Expression no, SourceRange range) implements Expression {}

    /// `a + b`.
    record Binary(BinaryOperator operator, Expression left, Expression right, SourceRange range)
            implements Expression {}

    /// `-a`, `!a`.
    record Unary(UnaryOperator operator, Expression operand, SourceRange range) implements Expression {}

    /// `(a)`.
    record Parenthesised(Expression inner, SourceRange range) implements Expression {}

    /// `f(a, b...)`.
    ///
    /// @param expanded whether the last argument is a list of arguments
    record Call(String function, SourceRange nameRange, List<Expression> arguments, boolean expanded, SourceRange range)
            implements Expression {}

    /// A name on its own: the root of a reference, or the name of a `for`.
    record Name(String name, SourceRange range) implements Expression {}

    /// `a.name`.
    record Attribute(Expression source, String name, SourceRange nameRange, SourceRange range) implements Expression {}

    /// `a[k]`, also `a.0`.
    record Index(Expression source, Expression key, SourceRange range) implements Expression {}

    /// `a[*].b[c]` or `a.*.b`.
    ///
    /// @param each what is made of each element, which it calls [Element]
    record Splat(Expression source, Expression each, SourceRange range) implements Expression {}

    /// The element at hand in a splat.
    record Element(SourceRange range) implements Expression {}

    /// A key with its value.
    ///
    /// @param key a bare name is a literal
    record Item(Expression key, Expression value) {}

    /// A part of a template.
    sealed interface Part {
        /// Text as it is.
        record Text(String text) implements Part {}

        /// `${e}`.
        record Interpolation(Expression expression) implements Part {}

        /// `%{ if c }…%{ else }…%{ endif }`.
        record If(Expression condition, List<Part> yes, List<Part> no) implements Part {}

        /// `%{ for k, v in c }…%{ endfor }`.
        record For(Optional<String> keyName, String valueName, Expression collection, List<Part> body)
                implements Part {}
    }
}
