package dev.skyhedge.providers.azure.fake;

import com.azure.json.JsonProviders;
import com.azure.json.JsonReader;
import com.azure.json.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// JSON as maps, lists, texts, numbers and flags.
public final class Json {
    private Json() {}

    /// Reads an object.
    ///
    /// @throws IllegalArgumentException if it is none
    public static Map<String, Object> read(String text) {
        try (JsonReader reader = JsonProviders.createReader(text)) {
            if (reader.readUntyped() instanceof Map<?, ?> map) {
                return copy(map);
            }
        } catch (IOException | IllegalStateException e) {
            throw new IllegalArgumentException("Not JSON: " + text, e);
        }
        throw new IllegalArgumentException("Not a JSON object: " + text);
    }

    public static String write(Object value) {
        StringWriter text = new StringWriter();
        try (JsonWriter writer = JsonProviders.createWriter(text)) {
            writer.writeUntyped(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /// An object of names and values in turn.
    public static Map<String, Object> object(Object... members) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = 0; i < members.length; i += 2) {
            object.put((String) members[i], members[i + 1]);
        }
        return object;
    }

    /// What is found by following names, and positions in lists.
    public static Optional<Object> at(Object from, Object... path) {
        Object here = from;
        for (Object step : path) {
            if (here instanceof Map<?, ?> map && map.get(step) != null) {
                here = map.get(step);
            } else if (here instanceof List<?> list && step instanceof Integer index && index < list.size()) {
                here = list.get(index);
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(here);
    }

    public static String text(Object from, Object... path) {
        return at(from, path).map(Object::toString).orElse("");
    }

    /// A copy that may be changed, all the way down.
    static Map<String, Object> copy(Map<?, ?> map) {
        Map<String, Object> copy = new LinkedHashMap<>();
        map.forEach((key, value) -> copy.put((String) key, value instanceof Map<?, ?> inner ? copy(inner) : value));
        return copy;
    }
}
