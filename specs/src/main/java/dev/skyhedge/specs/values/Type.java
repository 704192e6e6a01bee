package dev.skyhedge.specs.values;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/// The type of a value. `toString` writes it as the language does: `list(string)`.
public sealed interface Type {
    Type STRING = Primitive.STRING;
    Type NUMBER = Primitive.NUMBER;
    Type BOOL = Primitive.BOOL;
    /// Any type at all: of a parameter that takes everything, of a bare `null`.
    Type ANY = Primitive.ANY;
    /// A reference to a secret; converts to nothing.
    Type SECRET = Primitive.SECRET;

    /// As a sentence says it: `list of string`.
    String friendly();

    /// What is not made of other types.
    enum Primitive implements Type {
        STRING("string"),
        NUMBER("number"),
        BOOL("bool"),
        ANY("any"),
        SECRET("secret");

        private final String word;

        Primitive(String word) {
            this.word = word;
        }

        @Override
        public String friendly() {
            return this == ANY ? "value of any type" : word;
        }

        @Override
        public String toString() {
            return word;
        }
    }

    /// Elements in order.
    record ListOf(Type element) implements Type {
        @Override
        public String friendly() {
            return "list of " + element.friendly();
        }

        @Override
        public String toString() {
            return "list(" + element + ")";
        }
    }

    /// Distinct elements, sorted.
    record SetOf(Type element) implements Type {
        @Override
        public String friendly() {
            return "set of " + element.friendly();
        }

        @Override
        public String toString() {
            return "set(" + element + ")";
        }
    }

    /// Elements of one type by key.
    record MapOf(Type element) implements Type {
        @Override
        public String friendly() {
            return "map of " + element.friendly();
        }

        @Override
        public String toString() {
            return "map(" + element + ")";
        }
    }

    /// Elements in order, each of its own type.
    record TupleOf(List<Type> elements) implements Type {
        public TupleOf {
            elements = List.copyOf(elements);
        }

        @Override
        public String friendly() {
            return "tuple";
        }

        @Override
        public String toString() {
            return "tuple([" + elements.stream().map(Type::toString).collect(Collectors.joining(", ")) + "])";
        }
    }

    /// Attributes by name, each of its own type.
    record ObjectOf(SequencedMap<String, Attribute> attributes) implements Type {
        public ObjectOf {
            attributes = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(attributes));
        }

        @Override
        public String friendly() {
            return "object";
        }

        @Override
        public String toString() {
            return attributes.entrySet().stream()
                    .map(e -> e.getKey() + "=" + e.getValue())
                    .collect(Collectors.joining(", ", "object({", "})"));
        }
    }

    /// An attribute of an object type.
    ///
    /// @param type its type
    /// @param optional whether it may be missing
    /// @param fallback what it is when it is missing or null; empty for a null
    record Attribute(Type type, boolean optional, Optional<Value> fallback) {
        /// One that must be there.
        public static Attribute required(Type type) {
            return new Attribute(type, false, Optional.empty());
        }

        @Override
        public String toString() {
            return optional ? "optional(" + type + ")" : type.toString();
        }
    }

    /// Whether it is string, number or bool.
    default boolean isPrimitive() {
        return this == STRING || this == NUMBER || this == BOOL;
    }

    /// The object type of required attributes.
    static ObjectOf object(Map<String, ? extends Type> types) {
        SequencedMap<String, Attribute> attributes = new LinkedHashMap<>();
        types.forEach((name, type) -> attributes.put(name, Attribute.required(type)));
        return new ObjectOf(attributes);
    }
}
