package dev.skyhedge.specs.values;

import java.util.List;
import java.util.Map;

/// Values as a person reads them in the console: in the language's own notation, a line for each part, what is
/// sensitive hidden. The layout is the one that users of Terraform's console know.
public final class ValueText {
    private static final int STEP = 2;
    private static final String HIDDEN = "(sensitive value)";
    private static final String END_MARKER = "EOT";

    private ValueText() {}

    /// The text of a value, without a newline at its end.
    public static String of(Value value) {
        return of(value, 0);
    }

    private static String of(Value value, int indent) {
        return switch (value) {
            case Value.SensitiveValue ignored -> HIDDEN;
            case Value.SecretValue(String reference) -> "secret(" + QuotedText.of(reference) + ")";
            case Value.UnknownValue ignored -> "(known after apply)";
            case Value.NullValue(Type type) -> nothing(type);
            case Value.StringValue(String text) -> text.contains("\n") ? heredoc(text, indent) : QuotedText.of(text);
            case Value.NumberValue(var number) -> NumberText.of(number);
            case Value.BoolValue(boolean truth) -> String.valueOf(truth);
            case Value.ListValue list -> "tolist(" + sequence(list.elements(), indent) + ")";
            case Value.SetValue set -> "toset(" + sequence(set.elements(), indent) + ")";
            case Value.TupleValue tuple -> sequence(tuple.elements(), indent);
            case Value.MapValue map -> "tomap(" + mapping(map.entries(), indent) + ")";
            case Value.ObjectValue object -> mapping(object.attributes(), indent);
        };
    }

    private static String nothing(Type type) {
        return switch (type) {
            case Type.Primitive primitive -> type.isPrimitive() ? "to" + primitive + "(null)" : "null";
            case Type.ListOf(Type element) -> "tolist(null) /* of " + name(element) + " */";
            case Type.SetOf(Type element) -> "toset(null) /* of " + name(element) + " */";
            case Type.MapOf(Type element) -> "tomap(null) /* of " + name(element) + " */";
            case Type.TupleOf ignored -> "null /* tuple */";
            case Type.ObjectOf ignored -> "null /* object */";
        };
    }

    private static String name(Type type) {
        return type == Type.ANY ? TypeText.ANY : type.friendly();
    }

    /// A text of several lines; inside of something it is indented, which the flush form takes away again.
    private static String heredoc(String text, int indent) {
        List<String> lines = List.of(text.split("\n", -1));
        String marker = END_MARKER;
        while (holds(lines, marker)) {
            marker += "_";
        }
        String margin = " ".repeat(indent);
        StringBuilder heredoc = new StringBuilder(indent > 0 ? "<<-" : "<<").append(marker);
        for (String line : lines) {
            heredoc.append('\n').append(margin).append(line);
        }
        return heredoc.append('\n').append(margin).append(marker).toString();
    }

    private static boolean holds(List<String> lines, String marker) {
        return lines.stream().anyMatch(line -> line.strip().equals(marker));
    }

    private static String sequence(List<Value> elements, int indent) {
        if (elements.isEmpty()) {
            return "[]";
        }
        int inner = indent + STEP;
        StringBuilder text = new StringBuilder("[");
        for (Value element : elements) {
            text.append('\n')
                    .append(" ".repeat(inner))
                    .append(of(element, inner))
                    .append(',');
        }
        return text.append('\n').append(" ".repeat(indent)).append(']').toString();
    }

    private static String mapping(Map<String, Value> entries, int indent) {
        if (entries.isEmpty()) {
            return "{}";
        }
        int inner = indent + STEP;
        StringBuilder text = new StringBuilder("{");
        entries.forEach((key, value) -> text.append('\n')
                .append(" ".repeat(inner))
                .append(of(Value.of(key), inner))
                .append(" = ")
                .append(of(value, inner)));
        return text.append('\n').append(" ".repeat(indent)).append('}').toString();
    }
}
