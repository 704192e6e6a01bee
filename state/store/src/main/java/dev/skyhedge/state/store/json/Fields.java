package dev.skyhedge.state.store.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.function.Function;

/// The fields of a record as its declaration goes through them, in the order in which they are written. What a field
/// gives is the value that the record is made of: the one read, or the one of the record that is written.
///
/// @param <T> the record
public interface Fields<T> {
    /// A field that is always there.
    <V> V field(String name, Function<T, V> getter, Form<V> form);

    /// A field that is left out where there is no value.
    <V> Optional<V> optional(String name, Function<T, Optional<V>> getter, Form<V> form);

    /// The fields of a part of the record, which stand among its own.
    <P> P part(Function<T, P> getter, Function<Fields<P>, P> declaration);

    /// A field that is left out where its value is the usual one.
    default <V> V unless(V usual, String name, Function<T, V> getter, Form<V> form) {
        return optional(name, value -> Optional.of(getter.apply(value)).filter(v -> !v.equals(usual)), form)
                .orElse(usual);
    }

    /// The form of a record whose fields are declared so: the declaration asks for each and makes the record of them.
    static <T> Form<T> of(Function<Fields<T>, T> declaration) {
        return new Form<>() {
            @Override
            public ObjectNode write(T value) {
                ObjectNode node = JsonNodeFactory.instance.objectNode();
                var _ = declaration.apply(new Writing<>(value, node));
                return node;
            }

            @Override
            public T read(JsonNode node) {
                return declaration.apply(new Reading<>(node));
            }

            @Override
            public T cut(T value) {
                return Cutting.of(value, declaration);
            }
        };
    }

    /// Writes the fields of a value.
    record Writing<T>(T value, ObjectNode node) implements Fields<T> {
        @Override
        public <V> V field(String name, Function<T, V> getter, Form<V> form) {
            V field = getter.apply(value);
            node.set(name, form.write(field));
            return field;
        }

        @Override
        public <V> Optional<V> optional(String name, Function<T, Optional<V>> getter, Form<V> form) {
            Optional<V> field = getter.apply(value);
            field.ifPresent(present -> node.set(name, form.write(present)));
            return field;
        }

        @Override
        public <P> P part(Function<T, P> getter, Function<Fields<P>, P> declaration) {
            return declaration.apply(new Writing<>(getter.apply(value), node));
        }
    }

    /// Reads the fields of a value.
    record Reading<T>(JsonNode node) implements Fields<T> {
        @Override
        public <V> V field(String name, Function<T, V> getter, Form<V> form) {
            return form.read(node.required(name));
        }

        @Override
        public <V> Optional<V> optional(String name, Function<T, Optional<V>> getter, Form<V> form) {
            return Optional.ofNullable(node.get(name)).map(form::read);
        }

        @Override
        public <P> P part(Function<T, P> getter, Function<Fields<P>, P> declaration) {
            return declaration.apply(new Reading<>(node));
        }
    }

    /// Goes through the fields of a value as if they were written and read back.
    record Cutting<T>(T value) implements Fields<T> {
        /// What has nothing to cut stays the one that it is: a fleet's rows are kept once, not per commit.
        static <T> T of(T value, Function<Fields<T>, T> declaration) {
            T cut = declaration.apply(new Cutting<>(value));
            return cut.equals(value) ? value : cut;
        }

        @Override
        public <V> V field(String name, Function<T, V> getter, Form<V> form) {
            return form.cut(getter.apply(value));
        }

        @Override
        public <V> Optional<V> optional(String name, Function<T, Optional<V>> getter, Form<V> form) {
            return getter.apply(value).map(form::cut);
        }

        @Override
        public <P> P part(Function<T, P> getter, Function<Fields<P>, P> declaration) {
            return of(getter.apply(value), declaration);
        }
    }
}
