package dev.skyhedge.engine.declared;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skyhedge.specs.Import;
import dev.skyhedge.specs.ServiceSpec;
import dev.skyhedge.specs.Spec;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.state.records.WorkloadRecord.StableVersion;
import java.util.List;
import java.util.Optional;

/// A declared service beside what follows from its declaration alone.
public final class Declaration {
    private final ServiceSpec spec;
    private final List<String> imported;
    private final String json;
    private final String replicaJson;
    private final String version;
    private final PermittedPlaces places;

    Declaration(Spec all, ServiceSpec spec) {
        this(
                spec,
                all.imports().stream()
                        .filter(one -> one.to().name().equals(spec.name()))
                        .map(Import::id)
                        .distinct()
                        .toList());
    }

    private Declaration(ServiceSpec spec, List<String> imported) {
        this.spec = spec;
        this.imported = imported;
        this.json = SpecJson.of(spec, imported);
        this.replicaJson = SpecJson.of(spec.replica());
        this.version = SpecJson.version(spec.replica());
        this.places = new PermittedPlaces(spec.resources().locations());
    }

    public ServiceSpec spec() {
        return spec;
    }

    /// Ids of the instances that the spec gives to the service.
    List<String> imported() {
        return imported;
    }

    /// The whole service as it is recorded.
    public String json() {
        return json;
    }

    /// Its replica block as it is recorded.
    public String replicaJson() {
        return replicaJson;
    }

    /// The version of its replica block.
    public String version() {
        return version;
    }

    /// Whether that edit runs the same, on the same machines, found ready and placed alike.
    public boolean isSameEdit(String specJson) {
        // Nearly always nothing differs at all, and every step of every plan asks.
        if (specJson.equals(json)) {
            return true;
        }
        JsonNode other = SpecJson.read(specJson);
        JsonNode own = tree();
        return RecordedSpec.EDITED.stream()
                .allMatch(section ->
                        PriceLimitJson.without(other.path(section)).equals(PriceLimitJson.without(own.path(section))));
    }

    /// As far as it is known: of edits from before their specs were kept only the version is.
    public boolean isSameEdit(StableVersion other) {
        return other.version().equals(version)
                && other.specJson().map(this::isSameEdit).orElse(true);
    }

    /// This service as that edit had it: what runs, where, how it is found ready and placed. How many there
    /// are, and at which door, stays as declared. Empty if it cannot be read back, or had sensitive values:
    /// they are not kept.
    public Optional<Declaration> rolledBackTo(StableVersion edit) {
        if (SpecJson.readReplica(edit.replicaJson()).isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Declaration(RecordedSpec.editOf(spec, tree(), edit), imported));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private JsonNode tree() {
        return SpecJson.read(json);
    }

    /// Whether its resources permit the offer.
    public boolean permits(Offer offer) {
        return spec.resources().accelerators().contains(offer.accelerator()) && places.include(offer.location());
    }
}
