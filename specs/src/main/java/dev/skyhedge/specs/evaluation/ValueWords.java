package dev.skyhedge.specs.evaluation;

import dev.skyhedge.specs.values.NumberText;
import dev.skyhedge.specs.values.Type;
import dev.skyhedge.specs.values.Value;
import dev.skyhedge.specs.values.ValueJson;

/// A value in a few words, for the notes of a diagnostic. Shows nothing sensitive.
final class ValueWords {
    private static final int LONGEST = 60;

    private ValueWords() {}

    static String of(Value value) {
        if (value.isMarked()) {
            return "has a sensitive value";
        }
        return switch (value) {
            case Value.StringValue(String text) -> "is " + shortened(ValueJson.write(Value.of(text)));
            case Value.NumberValue(var number) -> "is " + shortened(NumberText.of(number));
            case Value.BoolValue(boolean truth) -> "is " + truth;
            case Value.NullValue ignored -> "is null";
            case Value.UnknownValue(Type type) when type == Type.ANY -> "will be known only after apply";
            case Value.UnknownValue(Type type) -> "is a " + type.friendly() + ", known only after apply";
            case Value.ListValue list ->
                "is " + list.type().friendly() + counted(list.elements().size(), "element");
            case Value.SetValue set ->
                "is " + set.type().friendly() + counted(set.elements().size(), "element");
            case Value.TupleValue tuple -> "is tuple" + counted(tuple.elements().size(), "element");
            case Value.MapValue map ->
                "is " + map.type().friendly() + counted(map.entries().size(), "element");
            case Value.ObjectValue object ->
                "is object" + counted(object.attributes().size(), "attribute");
            case Value.SecretValue ignored -> "has a sensitive value";
            case Value.SensitiveValue ignored -> "has a sensitive value";
        };
    }

    private static String counted(int count, String what) {
        return " with " + (count == 0 ? "no" : count) + " " + what + (count == 1 ? "" : "s");
    }

    private static String shortened(String text) {
        if (text.length() <= LONGEST) {
            return text;
        }
        return text.substring(0, text.offsetByCodePoints(0, LONGEST / 2)) + "…";
    }
}
