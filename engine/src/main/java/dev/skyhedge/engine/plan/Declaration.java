package dev.skyhedge.engine.plan;

import dev.skyhedge.specs.ServiceSpec;
import dev.skyhedge.specs.Spec;
import dev.skyhedge.spi.Offer;
import java.util.List;

/// A declared service beside what follows from its declaration alone.
final class Declaration {
    private final ServiceSpec spec;
    private final List<String> imported;
    private final String json;
    private final String replicaJson;
    private final String version;
    private final PermittedPlaces places;

    Declaration(Spec all, ServiceSpec spec) {
        this.spec = spec;
        this.imported = ImportedInstances.of(all, spec);
        this.json = SpecJson.of(spec, imported);
        this.replicaJson = SpecJson.of(spec.replica());
        this.version = SpecJson.version(spec.replica());
        this.places = new PermittedPlaces(spec.resources().locations());
    }

    ServiceSpec spec() {
        return spec;
    }

    /// Ids of the instances that the spec gives to the service.
    List<String> imported() {
        return imported;
    }

    /// The whole service as it is recorded.
    String json() {
        return json;
    }

    /// Its replica block as it is recorded.
    String replicaJson() {
        return replicaJson;
    }

    /// The version of its replica block.
    String version() {
        return version;
    }

    /// Whether its resources permit the offer.
    boolean permits(Offer offer) {
        return spec.resources().accelerators().contains(offer.accelerator()) && places.include(offer.location());
    }
}
