package dev.skyhedge.providers.local.wire;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// The fields of a JSON object. Asking for a field that is not there, or is something else, throws
/// `IllegalArgumentException` with its name.
///
/// @param values by name
public record Fields(SequencedMap<String, Object> values) {
    public boolean has(String name) {
        return values.containsKey(name);
    }

    public String text(String name) {
        return optionalText(name).orElseThrow(() -> wrong(name));
    }

    public Optional<String> optionalText(String name) {
        return values.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    public long number(String name) {
        if (values.get(name) instanceof BigDecimal number) {
            return number.longValueExact();
        }
        throw wrong(name);
    }

    public int smallNumber(String name) {
        return Math.toIntExact(number(name));
    }

    public boolean flag(String name) {
        return Boolean.TRUE.equals(values.get(name));
    }

    public Fields object(String name) {
        return optionalObject(name).orElseThrow(() -> wrong(name));
    }

    public Optional<Fields> optionalObject(String name) {
        return values.get(name) instanceof Map<?, ?> map ? Optional.of(fields(map)) : Optional.empty();
    }

    public List<Fields> objects(String name) {
        List<Fields> objects = new ArrayList<>();
        for (Object one : list(name)) {
            objects.add(one instanceof Map<?, ?> map ? fields(map) : fail(name));
        }
        return objects;
    }

    public List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        for (Object one : list(name)) {
            texts.add(one instanceof String text ? text : fail(name));
        }
        return texts;
    }

    private List<?> list(String name) {
        return values.get(name) instanceof List<?> list ? list : fail(name);
    }

    private static Fields fields(Map<?, ?> map) {
        SequencedMap<String, Object> values = new LinkedHashMap<>();
        map.forEach((key, value) -> values.put(String.valueOf(key), value));
        return new Fields(values);
    }

    private static <T> T fail(String name) {
        throw wrong(name);
    }

    private static IllegalArgumentException wrong(String name) {
        return new IllegalArgumentException("Field \"" + name + "\" is missing or of the wrong kind");
    }
}
