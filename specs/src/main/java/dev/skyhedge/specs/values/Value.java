package dev.skyhedge.specs.values;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;

/// A value of the language. Immutable. `equals` is equality of representation; the language's `==` is [Equality].
public sealed interface Value {
    /// Its type; of a sensitive value, the type of what is marked.
    Type type();

    /// What is true of all its parts.
    default Shape shape() {
        return Shape.PLAIN;
    }

    /// A text, NFC-normalised.
    record StringValue(String text) implements Value {
        public StringValue {
            text = NormalText.of(text);
        }

        @Override
        public Type type() {
            return Type.STRING;
        }

        @Override
        public Shape shape() {
            return Shape.ofText(text.length());
        }
    }

    /// A decimal number of any precision.
    record NumberValue(BigDecimal number) implements Value {
        @Override
        public Type type() {
            return Type.NUMBER;
        }
    }

    /// True or false.
    record BoolValue(boolean truth) implements Value {
        @Override
        public Type type() {
            return Type.BOOL;
        }
    }

    /// Nothing, of a type.
    record NullValue(Type type) implements Value {}

    /// Not known before apply.
    record UnknownValue(Type type) implements Value {
        @Override
        public Shape shape() {
            return Shape.UNKNOWN;
        }
    }

    /// Where a secret can be read at launch: `env:NAME` or `file:PATH`. Never the secret itself.
    record SecretValue(String reference) implements Value {
        @Override
        public Type type() {
            return Type.SECRET;
        }

        @Override
        public Shape shape() {
            return Shape.SECRET;
        }
    }

    /// A marked value: never shown. The marked one is not itself a mark.
    record SensitiveValue(Value marked) implements Value {
        public SensitiveValue {
            if (marked instanceof SensitiveValue) {
                throw new IllegalArgumentException("A mark on a mark");
            }
        }

        @Override
        public Type type() {
            return marked.type();
        }

        @Override
        public Shape shape() {
            return marked.shape().marked();
        }

        @Override
        public String toString() {
            return "(sensitive value)";
        }
    }

    /// Elements of one type in order.
    record ListValue(Type element, List<Value> elements, Shape shape) implements Value {
        public ListValue(Type element, List<Value> elements) {
            this(element, List.copyOf(elements), Shape.of(elements));
        }

        @Override
        public Type type() {
            return new Type.ListOf(element);
        }
    }

    /// Distinct elements of one type in their order; [#set] makes it.
    record SetValue(Type element, List<Value> elements, Shape shape) implements Value {
        @Override
        public Type type() {
            return new Type.SetOf(element);
        }
    }

    /// Elements in order.
    record TupleValue(List<Value> elements, Shape shape) implements Value {
        public TupleValue(List<Value> elements) {
            this(List.copyOf(elements), Shape.of(elements));
        }

        @Override
        public Type type() {
            return new Type.TupleOf(elements.stream().map(Value::type).toList());
        }
    }

    /// Elements of one type by key, in code point order of the keys.
    record MapValue(Type element, SequencedMap<String, Value> entries, Shape shape) implements Value {
        public MapValue(Type element, Map<String, Value> entries) {
            this(element, sorted(entries), Shape.of(entries.values()));
        }

        @Override
        public Type type() {
            return new Type.MapOf(element);
        }
    }

    /// Attributes by name, in code point order.
    record ObjectValue(SequencedMap<String, Value> attributes, Shape shape) implements Value {
        public ObjectValue(Map<String, Value> attributes) {
            this(sorted(attributes), Shape.of(attributes.values()));
        }

        @Override
        public Type type() {
            SequencedMap<String, Type> types = new LinkedHashMap<>();
            attributes.forEach((name, value) -> types.put(name, value.type()));
            return Type.object(types);
        }
    }

    /// The text.
    static Value of(String text) {
        return new StringValue(text);
    }

    /// The number.
    static Value of(long number) {
        return new NumberValue(BigDecimal.valueOf(number));
    }

    /// The number.
    static Value of(BigDecimal number) {
        return new NumberValue(number);
    }

    /// The truth.
    static Value of(boolean truth) {
        return new BoolValue(truth);
    }

    /// A null of no particular type.
    static Value nothing() {
        return new NullValue(Type.ANY);
    }

    /// The set of these: each once, sorted. Which of them are equal and how they are sorted would tell something of a
    /// sensitive one, so the whole set is sensitive then.
    static Value set(Type element, Collection<Value> elements) {
        boolean sensitive = elements.stream()
                .anyMatch(e -> !(e instanceof SecretValue) && e.shape().sensitive());
        List<Value> distinct = ValueOrder.distinctSorted(
                sensitive ? elements.stream().map(Marks::strip).toList() : elements);
        return sensitive(new SetValue(element, distinct, Shape.of(distinct)), sensitive);
    }

    /// The same, marked as sensitive.
    static Value sensitive(Value value) {
        return value instanceof SensitiveValue || value instanceof SecretValue ? value : new SensitiveValue(value);
    }

    /// Marked as sensitive if so wanted.
    static Value sensitive(Value value, boolean mark) {
        return mark ? sensitive(value) : value;
    }

    /// What is under the mark, if there is one. Parts keep theirs.
    default Value unmarked() {
        return this instanceof SensitiveValue(Value marked) ? marked : this;
    }

    /// Whether it has a mark of its own.
    default boolean isMarked() {
        return this instanceof SensitiveValue || this instanceof SecretValue;
    }

    private static SequencedMap<String, Value> sorted(Map<String, Value> entries) {
        TreeMap<String, Value> sorted = new TreeMap<>(CodePointOrder.INSTANCE);
        sorted.putAll(entries);
        return Collections.unmodifiableSequencedMap(sorted);
    }
}
