package dev.skyhedge.specs.values;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;

/// Values as compact JSON with sorted keys, plain numbers, and `<`, `>`, `&` escaped as the language's
/// `jsonencode` does.
public final class ValueJson {
    private static final int LONGEST = 64 << 20;
    private static final JsonFactory FACTORY = new JsonFactory().setCharacterEscapes(new Escapes());

    private final JsonGenerator json;
    private final boolean bare;

    private ValueJson(JsonGenerator json, boolean bare) {
        this.json = json;
        this.bare = bare;
    }

    /// The JSON of a value that is known and without marks.
    public static String write(Value value) {
        return write(value, LONGEST);
    }

    /// The same, of at most so many characters.
    ///
    /// @throws ValueException if it would be longer or shows what is unknown or secret
    public static String write(Value value, int limit) {
        return write(value, limit, false);
    }

    /// A text that is the same for values that are the same, whatever is in them. Never to be shown.
    static String key(Value value) {
        return write(value, LONGEST, true);
    }

    private static String write(Value value, int limit, boolean bare) {
        BoundedText text = new BoundedText(limit);
        try (JsonGenerator json = FACTORY.createGenerator(text)) {
            new ValueJson(json, bare).node(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private void node(Value value) throws IOException {
        switch (value) {
            case Value.StringValue(String text) -> json.writeString(text);
            case Value.NumberValue(var number) -> json.writeNumber(NumberText.of(number));
            case Value.BoolValue(boolean truth) -> json.writeBoolean(truth);
            case Value.NullValue ignored -> json.writeNull();
            case Value.ListValue list -> array(list.elements());
            case Value.SetValue set -> array(set.elements());
            case Value.TupleValue tuple -> array(tuple.elements());
            case Value.MapValue map -> object(map.entries());
            case Value.ObjectValue object -> object(object.attributes());
            case Value.UnknownValue(Type type) -> hidden(type.toString(), "A value that is known after apply");
            case Value.SecretValue(String reference) -> hidden("secret " + reference, "A secret");
            case Value.SensitiveValue(Value marked) when bare -> node(marked);
            case Value.SensitiveValue ignored -> hidden("", "A sensitive value");
        }
    }

    private void hidden(String key, String what) throws IOException {
        if (!bare) {
            throw new ValueException(what + " cannot be written as JSON.");
        }
        json.writeString("\0" + key);
    }

    private void array(Iterable<Value> elements) throws IOException {
        json.writeStartArray();
        for (Value element : elements) {
            node(element);
        }
        json.writeEndArray();
    }

    private void object(Map<String, Value> entries) throws IOException {
        json.writeStartObject();
        for (Map.Entry<String, Value> entry : entries.entrySet()) {
            json.writeFieldName(entry.getKey());
            node(entry.getValue());
        }
        json.writeEndObject();
    }

    /// JSON that can stand in a page of HTML, written in small letters.
    private static final class Escapes extends CharacterEscapes {
        private static final long serialVersionUID = 1;

        @Override
        public int[] getEscapeCodesForAscii() {
            int[] codes = standardAsciiEscapesForJSON();
            for (char c = 0; c < ' '; c++) {
                codes[c] = codes[c] == ESCAPE_STANDARD ? ESCAPE_CUSTOM : codes[c];
            }
            codes['<'] = ESCAPE_CUSTOM;
            codes['>'] = ESCAPE_CUSTOM;
            codes['&'] = ESCAPE_CUSTOM;
            return codes;
        }

        @Override
        public @org.jspecify.annotations.Nullable SerializableString getEscapeSequence(int c) {
            boolean separator = c == 0x2028 || c == 0x2029;
            return c < 0x80 || separator ? new SerializedString(String.format(Locale.ROOT, "\\u%04x", c)) : null;
        }
    }
}
