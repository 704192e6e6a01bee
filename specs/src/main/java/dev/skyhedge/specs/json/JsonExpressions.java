package dev.skyhedge.specs.json;

import dev.skyhedge.specs.Limits;
import dev.skyhedge.specs.diagnostics.Diagnostic;
import dev.skyhedge.specs.diagnostics.Source;
import dev.skyhedge.specs.diagnostics.SourceRange;
import dev.skyhedge.specs.syntax.Expression;
import dev.skyhedge.specs.syntax.Parser;
import dev.skyhedge.specs.syntax.Placement;
import dev.skyhedge.specs.values.NumberText;
import dev.skyhedge.specs.values.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// JSON values as expressions: texts are templates, everything else is itself.
final class JsonExpressions {
    private final Limits limits;
    private final boolean templates;
    private final Consumer<Diagnostic> sink;

    /// @param templates whether texts are templates, rather than plain
    JsonExpressions(Limits limits, boolean templates, Consumer<Diagnostic> sink) {
        this.limits = limits;
        this.templates = templates;
        this.sink = sink;
    }

    /// An expression that gives a value.
    Expression value(Json json) {
        return switch (json) {
            case Json.Text text -> template(text);
            case Json.Number(String digits, SourceRange range) -> number(digits, range);
            case Json.Truth(boolean truth, SourceRange range) -> new Expression.Literal(Value.of(truth), range);
            case Json.Null(SourceRange range) -> new Expression.Literal(Value.nothing(), range);
            case Json.Array(List<Json> elements, SourceRange range) ->
                new Expression.Tuple(elements.stream().map(this::value).toList(), range);
            case Json.Members(List<Json.Member> members, SourceRange range) -> object(members, range);
        };
    }

    /// An expression that is read and not evaluated, such as a type or an address: a text is native syntax.
    Expression syntax(Json json) {
        return switch (json) {
            case Json.Text text -> parsed(Parser.parseExpression(inner(text), placement(text), limits), text);
            case Json.Array(List<Json> elements, SourceRange range) ->
                new Expression.Tuple(elements.stream().map(this::syntax).toList(), range);
            case Json.Number ignored -> value(json);
            case Json.Truth ignored -> value(json);
            case Json.Null ignored -> value(json);
            case Json.Members ignored -> value(json);
        };
    }

    private Expression object(List<Json.Member> members, SourceRange range) {
        List<Expression.Item> items = new ArrayList<>();
        members.forEach(m -> items.add(new Expression.Item(template(m.name()), value(m.value()))));
        return new Expression.ObjectOf(List.copyOf(items), range);
    }

    private Expression number(String digits, SourceRange range) {
        return NumberText.parse(digits)
                .<Expression>map(number -> new Expression.Literal(Value.of(number), range))
                .orElseGet(() -> {
                    sink.accept(Diagnostic.error(
                            range,
                            "Limit exceeded",
                            "A number may have " + limits.numberDigits() + " digits and an exponent of "
                                    + limits.numberExponent() + " at most."));
                    return new Expression.Literal(Value.nothing(), range);
                });
    }

    private Expression template(Json.Text text) {
        boolean plain =
                !templates || (!text.text().contains("${") && !text.text().contains("%{"));
        return plain
                ? new Expression.Literal(Value.of(text.text()), text.range())
                : parsed(Parser.parseTemplate(inner(text), placement(text), limits), text);
    }

    private Expression parsed(Parser.ParsedExpression parsed, Json.Text text) {
        parsed.diagnostics().forEach(sink);
        return parsed.expression().orElseGet(() -> new Expression.Literal(Value.nothing(), text.range()));
    }

    private static Source inner(Json.Text text) {
        return Source.of(text.range().source().name(), text.text());
    }

    /// A text with escapes is one place as a whole.
    private static Placement placement(Json.Text text) {
        SourceRange whole = text.range();
        int start = whole.from() + 1;
        return text.verbatim() ? (from, to) -> whole.source().range(start + from, start + to) : (from, to) -> whole;
    }
}
