package dev.skyhedge.specs.functions;

import dev.skyhedge.specs.values.Type;
import dev.skyhedge.specs.values.Value;

/// A parameter of a function.
///
/// @param name for documentation and messages
/// @param type what an argument is converted to; `any` takes it as it is
/// @param form what an argument of any type must be nevertheless
/// @param nullable whether null may be passed
public record Parameter(String name, Type type, Form form, boolean nullable) {
    /// What kind of value an argument is, whatever the types of its parts.
    public enum Form {
        /// Whatever it is.
        ANYTHING("a value"),
        /// Has elements in some order.
        ELEMENTS("a list, set or tuple"),
        /// Has entries by key.
        ENTRIES("a map or object"),
        /// Has a length.
        SIZED("a list, set, tuple, map, object or string");

        private final String words;

        Form(String words) {
            this.words = words;
        }

        /// `a list, set or tuple`.
        public String words() {
            return words;
        }

        /// Whether a value, known or not, may be of this form.
        public boolean allows(Value value) {
            return switch (value.unmarked()) {
                case Value.UnknownValue(Type type) -> allows(type);
                case Value.ListValue ignored -> this != ENTRIES;
                case Value.SetValue ignored -> this != ENTRIES;
                case Value.TupleValue ignored -> this != ENTRIES;
                case Value.MapValue ignored -> this != ELEMENTS;
                case Value.ObjectValue ignored -> this != ELEMENTS;
                default -> allows(value.type());
            };
        }

        private boolean allows(Type type) {
            return switch (type) {
                case Type.ListOf ignored -> this != ENTRIES;
                case Type.SetOf ignored -> this != ENTRIES;
                case Type.TupleOf ignored -> this != ENTRIES;
                case Type.MapOf ignored -> this != ELEMENTS;
                case Type.ObjectOf ignored -> this != ELEMENTS;
                case Type.Primitive primitive ->
                    this == ANYTHING || primitive == Type.ANY || (this == SIZED && primitive == Type.STRING);
            };
        }
    }
}
