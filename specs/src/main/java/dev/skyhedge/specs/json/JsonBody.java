package dev.skyhedge.specs.json;

import dev.skyhedge.specs.Limits;
import dev.skyhedge.specs.diagnostics.Diagnostic;
import dev.skyhedge.specs.diagnostics.Source;
import dev.skyhedge.specs.diagnostics.SourceRange;
import dev.skyhedge.specs.schema.AttributeDefinition;
import dev.skyhedge.specs.schema.BlockDefinition;
import dev.skyhedge.specs.syntax.Body;
import dev.skyhedge.specs.syntax.Expression;
import dev.skyhedge.specs.syntax.Parser;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads a file in JSON syntax as a [Body]. A member whose name is that of a block type is one block or
/// several: under one level of names for each label stands an object, or an array of objects. Any other member
/// is an attribute. The member `//` is a comment.
public final class JsonBody {
    private static final String COMMENT = "//";

    private final List<Diagnostic> diagnostics = new ArrayList<>();
    private final JsonExpressions expressions;

    private JsonBody(Limits limits, boolean templates) {
        this.expressions = new JsonExpressions(limits, templates, diagnostics::add);
    }

    /// Reads a file that holds what the definition says. Its strings are templates.
    public static Parser.Parsed parse(Source source, BlockDefinition definition, Limits limits) {
        return new JsonBody(limits, true).file(source, Optional.of(definition), limits);
    }

    /// Reads a file of values for variables. Its strings are plain text.
    public static Parser.Parsed parseValues(Source source, Limits limits) {
        return new JsonBody(limits, false).file(source, Optional.empty(), limits);
    }

    private Parser.Parsed file(Source source, Optional<BlockDefinition> definition, Limits limits) {
        SourceRange whole = source.range(0, source.text().length());
        List<Body.Item> items = new ArrayList<>();
        switch (JsonReader.read(source, limits)) {
            case JsonReader.Result.Failed(Diagnostic diagnostic) -> diagnostics.add(diagnostic);
            case JsonReader.Result.Done(Json value) -> objects(value, "file").forEach(o -> items(o, definition, items));
        }
        return new Parser.Parsed(
                new Body(items, whole),
                diagnostics.stream().limit(limits.errorsPerFile()).toList());
    }

    private void items(Json.Members object, Optional<BlockDefinition> definition, List<Body.Item> items) {
        Map<String, SourceRange> attributes = new HashMap<>();
        for (Json.Member member : object.members()) {
            String name = member.name().text();
            Optional<BlockDefinition> block = definition.flatMap(d -> d.block(name));
            if (name.equals(COMMENT)) {
                continue;
            }
            if (block.isPresent()) {
                blocks(member.name(), member.value(), block.get(), List.of(), items);
            } else {
                SourceRange first = attributes.putIfAbsent(name, member.name().range());
                if (first != null) {
                    error(
                            member.name().range(),
                            "Attribute redefined",
                            "The argument \"" + name + "\" was already set at " + first.place() + ".");
                }
                items.add(attribute(member, definition.flatMap(d -> d.attribute(name))));
            }
        }
    }

    private Body.Attribute attribute(Json.Member member, Optional<AttributeDefinition> definition) {
        Expression value = definition.map(AttributeDefinition::isSyntax).orElse(false)
                ? expressions.syntax(member.value())
                : expressions.value(member.value());
        SourceRange name = member.name().range();
        return new Body.Attribute(member.name().text(), name, value, name.to(value.range()));
    }

    /// Goes down one level of names for each label.
    private void blocks(
            Json.Text type, Json value, BlockDefinition definition, List<Body.Label> labels, List<Body.Item> items) {
        boolean labelled = labels.size() == definition.labels().size();
        for (Json.Members object : objects(value, type.text())) {
            if (labelled) {
                List<Body.Item> inner = new ArrayList<>();
                items(object, Optional.of(definition).filter(d -> !d.open()), inner);
                SourceRange header =
                        labels.isEmpty() ? type.range() : labels.getLast().range();
                items.add(new Body.Block(
                        type.text(),
                        type.range(),
                        labels,
                        new Body(inner, object.range()),
                        header,
                        range(header, object)));
            } else {
                for (Json.Member member : object.members()) {
                    if (!member.name().text().equals(COMMENT)) {
                        List<Body.Label> more = new ArrayList<>(labels);
                        more.add(new Body.Label(
                                member.name().text(), member.name().range()));
                        blocks(type, member.value(), definition, List.copyOf(more), items);
                    }
                }
            }
        }
    }

    private static SourceRange range(SourceRange header, Json.Members object) {
        return header.from() < object.range().from() ? header.to(object.range()) : object.range();
    }

    /// An object, or each object of an array; null is none.
    private List<Json.Members> objects(Json value, String what) {
        return switch (value) {
            case Json.Members members -> List.of(members);
            case Json.Null ignored -> List.of();
            case Json.Array(List<Json> elements, var ignored) -> {
                List<Json.Members> all = new ArrayList<>();
                elements.forEach(element -> all.addAll(objects(element, what)));
                yield all;
            }
            case Json.Text text -> none(text, what);
            case Json.Number number -> none(number, what);
            case Json.Truth truth -> none(truth, what);
        };
    }

    private List<Json.Members> none(Json value, String what) {
        error(
                value.range(),
                "Incorrect JSON value type",
                "An object, or an array of objects, is required here for \"" + what + "\".");
        return List.of();
    }

    private void error(SourceRange range, String summary, String detail) {
        diagnostics.add(Diagnostic.error(range, summary, detail));
    }
}
