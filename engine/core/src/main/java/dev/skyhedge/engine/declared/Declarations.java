package dev.skyhedge.engine.declared;

import dev.skyhedge.specs.Spec;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/// A spec beside what follows from it alone, such as the versions of its replica blocks. Whoever plans the same
/// spec again and again makes it once. Immutable.
public final class Declarations {
    private final Spec spec;
    private final SequencedMap<String, Declaration> services = new LinkedHashMap<>();

    private Declarations(Spec spec) {
        this.spec = spec;
        spec.services().forEach((name, service) -> services.put(name, new Declaration(spec, service)));
    }

    public static Declarations of(Spec spec) {
        return new Declarations(spec);
    }

    public Spec spec() {
        return spec;
    }

    /// The version of the replica block that a service declares; empty for a service that is not declared.
    public Optional<String> version(String service) {
        return Optional.ofNullable(services.get(service)).map(Declaration::version);
    }

    /// In the order of the spec.
    public Collection<Declaration> services() {
        return services.values();
    }
}
