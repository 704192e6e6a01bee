package dev.skyhedge.engine.decision;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skyhedge.specs.EnvValue;
import dev.skyhedge.specs.ServiceSpec;
import dev.skyhedge.specs.SweepSpec;
import dev.skyhedge.specs.WorkloadSpec;
import dev.skyhedge.spi.Sha256;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// Immutable values as JSON and back, by the declarations of their records: all that the planner is
/// given is records, enums, sealed interfaces of these, and collections. A new component needs no
/// line in here.
///
/// Of a sensitive value only its hash is written, wherever it stands: it is all that the planner
/// sees of it.
final class ValueCodec {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String ALTERNATIVE = "is";

    /// What the language has: the interface is open, for kinds that are declared otherwise.
    private static final List<Class<?>> WORKLOADS = List.of(ServiceSpec.class, SweepSpec.class);

    /// To ask reflection anew would take longer than to write.
    private static final ClassValue<Shape> SHAPES = new ClassValue<>() {
        @Override
        protected Shape computeValue(Class<?> type) {
            return Shape.of(type);
        }
    };

    private ValueCodec() {}

    /// How a record is taken apart and made.
    private record Shape(RecordComponent[] components, Constructor<?> constructor) {
        static Shape of(Class<?> type) {
            RecordComponent[] components = type.getRecordComponents();
            try {
                Constructor<?> made = type.getDeclaredConstructor(
                        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
                made.setAccessible(true);
                for (RecordComponent component : components) {
                    component.getAccessor().setAccessible(true);
                }
                return new Shape(components, made);
            } catch (NoSuchMethodException e) {
                throw new IllegalStateException("A record without its constructor: " + type, e);
            }
        }
    }

    /// The value as JSON.
    ///
    /// @param declared as what its place is declared
    static JsonNode write(Object value, Type declared) {
        Class<?> type = raw(declared);
        if (value instanceof Optional<?> optional) {
            return optional.isPresent() ? array(List.of(optional.get()), argument(declared, 0)) : NODES.arrayNode();
        }
        if (value instanceof Collection<?> collection) {
            return type == Set.class
                    ? sorted(array(collection, argument(declared, 0)), 1)
                    : array(collection, argument(declared, 0));
        }
        if (value instanceof Map<?, ?> map) {
            return type == Map.class ? sorted(map(map, declared), 2) : map(map, declared);
        }
        if (value instanceof EnvValue.Sensitive(String text)) {
            return write(new EnvValue.Hidden(Sha256.hex(text)), declared);
        }
        Optional<JsonNode> simple = Scalars.write(value);
        if (simple.isPresent()) {
            return simple.get();
        }
        if (!value.getClass().isRecord()) {
            throw new IllegalArgumentException("Not a value: " + value.getClass());
        }
        ObjectNode node = NODES.objectNode();
        if (!type.isRecord()) {
            node.put(ALTERNATIVE, value.getClass().getSimpleName());
        }
        for (RecordComponent component : SHAPES.get(value.getClass()).components()) {
            node.set(component.getName(), write(get(component, value), component.getGenericType()));
        }
        return node;
    }

    private static ArrayNode array(Collection<?> values, Type of) {
        ArrayNode array = NODES.arrayNode();
        values.forEach(value -> array.add(write(value, of)));
        return array;
    }

    /// What is declared as a plain set or map has no order of its own: it gets that of its text, so
    /// that equal values have equal texts.
    ///
    /// @param size how many nodes in a row belong together
    private static ArrayNode sorted(ArrayNode array, int size) {
        List<List<JsonNode>> groups = new ArrayList<>();
        for (int i = 0; i + size <= array.size(); i += size) {
            groups.add(size == 1 ? List.of(array.get(i)) : List.of(array.get(i), array.get(i + 1)));
        }
        groups.sort(Comparator.comparing(group -> group.getFirst().toString()));
        ArrayNode ordered = NODES.arrayNode();
        groups.forEach(ordered::addAll);
        return ordered;
    }

    /// As pairs: keys need not be texts, and an order of keys may matter.
    private static ArrayNode map(Map<?, ?> map, Type declared) {
        ArrayNode array = NODES.arrayNode();
        map.forEach(
                (key, value) -> array.add(write(key, argument(declared, 0))).add(write(value, argument(declared, 1))));
        return array;
    }

    /// The value that was written.
    ///
    /// @throws IllegalArgumentException if the JSON is not that of such a value, as another version
    ///     may have written it
    static Object read(JsonNode node, Type declared) {
        Class<?> type = raw(declared);
        if (type == Optional.class) {
            return node.isEmpty() ? Optional.empty() : Optional.of(read(node.get(0), argument(declared, 0)));
        }
        if (Collection.class.isAssignableFrom(type)) {
            return collection(node, type, argument(declared, 0));
        }
        if (Map.class.isAssignableFrom(type)) {
            return map(node, type, declared);
        }
        Optional<Object> simple = Scalars.read(node, type);
        if (simple.isPresent()) {
            return simple.get();
        }
        Class<?> made = type.isRecord()
                ? type
                : alternative(type, node.path(ALTERNATIVE).asText());
        Shape shape = SHAPES.get(made);
        Object[] values = new Object[shape.components().length];
        for (int i = 0; i < values.length; i++) {
            RecordComponent component = shape.components()[i];
            JsonNode field = node.get(component.getName());
            if (field == null && component.getType() == Optional.class) {
                values[i] = Optional.empty(); // of a version that did not know it
                continue;
            }
            if (field == null) {
                throw new IllegalArgumentException(made.getSimpleName() + " without " + component.getName());
            }
            values[i] = read(field, component.getGenericType());
        }
        return make(shape, values);
    }

    private static Collection<Object> collection(JsonNode node, Class<?> type, Type of) {
        List<Object> values = StreamSupport.stream(node.spliterator(), false)
                .map(one -> read(one, of))
                .toList();
        if (SortedSet.class.isAssignableFrom(type)) {
            return new TreeSet<>(values);
        }
        return Set.class.isAssignableFrom(type) ? new LinkedHashSet<>(values) : values;
    }

    private static Map<Object, Object> map(JsonNode node, Class<?> type, Type declared) {
        Map<Object, Object> map = SortedMap.class.isAssignableFrom(type) ? new TreeMap<>() : new LinkedHashMap<>();
        for (int i = 0; i + 1 < node.size(); i += 2) {
            map.put(read(node.get(i), argument(declared, 0)), read(node.get(i + 1), argument(declared, 1)));
        }
        return map;
    }

    /// Whether it can be read again.
    static boolean knows(WorkloadSpec declared) {
        return WORKLOADS.contains(declared.getClass());
    }

    private static Class<?> alternative(Class<?> type, String name) {
        return alternatives(type).stream()
                .filter(one -> one.getSimpleName().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("No " + type.getSimpleName() + " is called \"" + name + "\""));
    }

    /// What may stand where this type is declared; empty for what is no choice.
    static List<Class<?>> alternatives(Class<?> type) {
        if (type == WorkloadSpec.class) {
            return WORKLOADS;
        }
        return type.isSealed() ? List.of(type.getPermittedSubclasses()) : List.of();
    }

    private static Object get(RecordComponent component, Object value) {
        try {
            return component.getAccessor().invoke(value);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("A component of a record can be read: " + component, e);
        }
    }

    private static Object make(Shape shape, @Nullable Object[] values) {
        try {
            return shape.constructor().newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("Not a " + shape.constructor().getName() + ": " + e.getCause(), e);
        }
    }

    private static Class<?> raw(Type type) {
        return type instanceof ParameterizedType parameterized
                ? (Class<?>) parameterized.getRawType()
                : (Class<?>) type;
    }

    private static Type argument(Type type, int index) {
        return ((ParameterizedType) type).getActualTypeArguments()[index];
    }
}
