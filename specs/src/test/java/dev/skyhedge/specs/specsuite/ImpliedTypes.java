package dev.skyhedge.specs.specsuite;

import dev.skyhedge.specs.syntax.Body;
import dev.skyhedge.specs.values.Type;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// The type that a decoder specification gives even where there is nothing to decode.
final class ImpliedTypes {
    private ImpliedTypes() {}

    static Type of(Body.Block spec) {
        return switch (spec.type()) {
            case "attr" -> Hcldec.type(spec, "type");
            case "literal" ->
                Hcldec.constant(spec.body().attribute("value").orElseThrow().expression())
                        .type();
            case "block_label" -> Type.STRING;
            case "object" -> object(spec);
            case "array" ->
                new Type.TupleOf(spec.body().blocks().map(ImpliedTypes::of).toList());
            case "default", "block" -> of(Hcldec.nested(spec));
            case "block_list" -> new Type.ListOf(of(Hcldec.nested(spec)));
            case "block_set" -> new Type.SetOf(of(Hcldec.nested(spec)));
            case "block_map" -> mapOf(Hcldec.labels(spec), of(Hcldec.nested(spec)));
            case "block_attrs" -> new Type.MapOf(Hcldec.type(spec, "element_type"));
            default -> Type.ANY;
        };
    }

    private static Type object(Body.Block spec) {
        SequencedMap<String, Type> attributes = new LinkedHashMap<>();
        spec.body()
                .blocks()
                .forEach(inner -> attributes.put(inner.labels().getFirst().text(), of(inner)));
        return Type.object(attributes);
    }

    static Type mapOf(int levels, Type element) {
        return levels == 0 ? element : new Type.MapOf(mapOf(levels - 1, element));
    }
}
