package dev.skyhedge.agent.wire;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;

/// Members of an object, each of the type that is asked for.
record Fields(Map<String, Object> members) {
    static Fields of(byte[] bytes) {
        return new Fields(Json.object(bytes));
    }

    String text(String name) {
        return as(String.class, name);
    }

    long number(String name) {
        return as(Long.class, name);
    }

    int small(String name) {
        long number = number(name);
        if (number != (int) number) {
            throw new IllegalArgumentException("\"" + name + "\" is too large");
        }
        return (int) number;
    }

    double decimal(String name) {
        return as(Number.class, name).doubleValue();
    }

    boolean truth(String name) {
        return as(Boolean.class, name);
    }

    Fields object(String name) {
        return object(as(Map.class, name));
    }

    <T> Optional<T> optional(String name, Function<String, T> read) {
        return members.containsKey(name) ? Optional.of(read.apply(name)) : Optional.empty();
    }

    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        for (Object element : as(List.class, name)) {
            texts.add(cast(String.class, element, name));
        }
        return texts;
    }

    List<Fields> objects(String name) {
        List<Fields> objects = new ArrayList<>();
        for (Object element : as(List.class, name)) {
            objects.add(object(cast(Map.class, element, name)));
        }
        return objects;
    }

    SequencedMap<String, String> textByName(String name) {
        SequencedMap<String, String> texts = new LinkedHashMap<>();
        object(name).members().forEach((key, value) -> texts.put(key, cast(String.class, value, name + "." + key)));
        return texts;
    }

    private static Fields object(Map<?, ?> map) {
        Map<String, Object> members = new LinkedHashMap<>();
        map.forEach((key, value) -> members.put((String) key, value));
        return new Fields(members);
    }

    private <T> T as(Class<T> type, String name) {
        Object value = members.get(name);
        if (value == null) {
            throw new IllegalArgumentException("\"" + name + "\" is missing");
        }
        return cast(type, value, name);
    }

    private static <T> T cast(Class<T> type, Object value, String name) {
        if (!type.isInstance(value)) {
            throw new IllegalArgumentException("\"" + name + "\" has another type than " + type.getSimpleName());
        }
        return type.cast(value);
    }
}
