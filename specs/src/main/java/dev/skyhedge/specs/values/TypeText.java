package dev.skyhedge.specs.values;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Types as a person reads them in the console, a line for each part of what has several.
public final class TypeText {
    /// What the console calls the type of a bare null.
    static final String ANY = "dynamic";

    private static final int STEP = 4;

    private TypeText() {}

    /// The text of a type, without a newline at its end.
    public static String of(Type type) {
        return of(type, 0);
    }

    private static String of(Type type, int indent) {
        return switch (type) {
            case Type.Primitive primitive -> primitive == Type.ANY ? ANY : primitive.toString();
            case Type.ListOf(Type element) -> collection("list", element, indent);
            case Type.SetOf(Type element) -> collection("set", element, indent);
            case Type.MapOf(Type element) -> collection("map", element, indent);
            case Type.TupleOf(List<Type> elements) ->
                "tuple(["
                        + lines(elements.stream().map(e -> of(e, indent + STEP)).toList(), indent) + "])";
            case Type.ObjectOf object ->
                "object({"
                        + lines(
                                object.attributes().entrySet().stream()
                                        .map(e -> attribute(e, indent + STEP))
                                        .toList(),
                                indent)
                        + "})";
        };
    }

    private static String attribute(Map.Entry<String, Type.Attribute> attribute, int indent) {
        return attribute.getKey() + ": " + of(attribute.getValue().type(), indent);
    }

    private static String collection(String word, Type element, int indent) {
        boolean plain = element instanceof Type.Primitive;
        String inner = plain ? of(element, indent) : lines(List.of(of(element, indent + STEP)), indent);
        return word + "(" + inner + ")";
    }

    private static String lines(List<String> parts, int indent) {
        return parts.isEmpty()
                ? ""
                : parts.stream()
                        .map(part -> "\n" + " ".repeat(indent + STEP) + part + ",")
                        .collect(Collectors.joining("", "", "\n" + " ".repeat(indent)));
    }
}
