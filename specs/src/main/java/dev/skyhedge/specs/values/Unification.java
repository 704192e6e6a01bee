package dev.skyhedge.specs.values;

import dev.skyhedge.specs.values.Type.ListOf;
import dev.skyhedge.specs.values.Type.MapOf;
import dev.skyhedge.specs.values.Type.ObjectOf;
import dev.skyhedge.specs.values.Type.SetOf;
import dev.skyhedge.specs.values.Type.TupleOf;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// The one type that values of several types can all be converted to.
public final class Unification {
    private Unification() {}

    /// The common type of elements that are to be in one list or set. An untyped null goes with primitive values
    /// only: beside a collection it could be a null of several types.
    public static Optional<Type> ofElements(List<Type> types) {
        Optional<Type> common = of(types);
        boolean doubtful = common.isPresent() && types.stream().anyMatch(t -> hasNullFor(t, common.get()));
        return doubtful ? Optional.empty() : common;
    }

    private static boolean hasNullFor(Type type, Type common) {
        if (type == Type.ANY) {
            return common != Type.ANY && !common.isPrimitive();
        }
        if (type instanceof ObjectOf from && common instanceof ObjectOf to) {
            return from.attributes().keySet().stream()
                    .anyMatch(name -> hasNullFor(
                            attribute(from, name).orElse(Type.ANY),
                            attribute(to, name).orElse(Type.ANY)));
        }
        List<Type> inner = common.isPrimitive() || common instanceof ObjectOf ? List.of() : elements(common);
        return inner.size() == 1 && elements(type).stream().anyMatch(t -> hasNullFor(t, inner.getFirst()));
    }

    /// The common type of the branches of a conditional. Objects of different attributes of which some is an
    /// untyped null become maps, each with a type of its own.
    public static Optional<Type> ofBranches(List<Type> types) {
        boolean keyed = types.stream().allMatch(t -> t instanceof ObjectOf || t instanceof MapOf);
        boolean untyped = types.stream()
                .anyMatch(t -> t instanceof ObjectOf && elements(t).contains(Type.ANY));
        return of(types).or(() -> keyed && untyped ? Optional.of(new MapOf(Type.ANY)) : Optional.empty());
    }

    /// The common type; empty if there is none. Of no types at all it is `any`.
    public static Optional<Type> of(List<Type> types) {
        List<Type> distinct =
                types.stream().filter(t -> t != Type.ANY).distinct().toList();
        if (distinct.isEmpty()) {
            return Optional.of(Type.ANY);
        }
        if (distinct.size() == 1) {
            return Optional.of(distinct.getFirst());
        }
        if (distinct.stream().allMatch(Type::isPrimitive)) {
            return distinct.contains(Type.STRING) ? Optional.of(Type.STRING) : Optional.empty();
        }
        if (distinct.stream().allMatch(t -> t instanceof TupleOf || t instanceof ListOf || t instanceof SetOf)) {
            return sequence(distinct);
        }
        if (distinct.stream().allMatch(t -> t instanceof ObjectOf || t instanceof MapOf)) {
            return keyed(distinct);
        }
        return Optional.empty();
    }

    private static Optional<Type> sequence(List<Type> types) {
        if (types.stream().allMatch(SetOf.class::isInstance)) {
            return of(types.stream().map(t -> ((SetOf) t).element()).toList()).map(SetOf::new);
        }
        List<Type> elements = new ArrayList<>();
        for (Type type : types) {
            elements.addAll(elements(type));
        }
        List<Type> lists = types.stream().filter(ListOf.class::isInstance).toList();
        boolean set = types.stream().anyMatch(SetOf.class::isInstance);
        Optional<Type> common = of(elements);
        if (set && !lists.isEmpty()) {
            // A set becomes a list, but a list beside a set keeps the type of its elements.
            return common.filter(type -> lists.stream().allMatch(new ListOf(type)::equals))
                    .map(ListOf::new);
        }
        return common.map(set ? SetOf::new : ListOf::new);
    }

    private static List<Type> elements(Type type) {
        return switch (type) {
            case ListOf(Type element) -> List.of(element);
            case SetOf(Type element) -> List.of(element);
            case MapOf(Type element) -> List.of(element);
            case TupleOf(List<Type> elements) -> elements;
            case ObjectOf object ->
                object.attributes().values().stream().map(Type.Attribute::type).toList();
            case Type.Primitive primitive -> List.of(primitive);
        };
    }

    private static Optional<Type> keyed(List<Type> types) {
        Type first = types.getFirst();
        boolean sameKeys = types.stream()
                .allMatch(t -> t instanceof ObjectOf o
                        && first instanceof ObjectOf f
                        && o.attributes().keySet().equals(f.attributes().keySet()));
        if (!sameKeys || !(first instanceof ObjectOf shape)) {
            List<Type> elements = new ArrayList<>();
            types.forEach(t -> elements.addAll(elements(t)));
            return of(elements).map(MapOf::new);
        }
        SequencedMap<String, Type> attributes = new LinkedHashMap<>();
        for (String name : shape.attributes().keySet()) {
            Optional<Type> common =
                    of(types.stream().flatMap(t -> attribute(t, name).stream()).toList());
            if (common.isEmpty()) {
                return Optional.empty();
            }
            attributes.put(name, common.get());
        }
        return Optional.of(Type.object(attributes));
    }

    private static Optional<Type> attribute(Type type, String name) {
        return type instanceof ObjectOf object
                ? Optional.ofNullable(object.attributes().get(name)).map(Type.Attribute::type)
                : Optional.empty();
    }
}
