package dev.skyhedge.specs.schema;

import dev.skyhedge.specs.EndpointSpec;
import dev.skyhedge.specs.ServiceSpec;
import dev.skyhedge.specs.WorkloadSpec;
import dev.skyhedge.specs.diagnostics.Diagnostic;
import dev.skyhedge.specs.evaluation.Evaluator;
import dev.skyhedge.specs.syntax.Body;
import dev.skyhedge.specs.values.Type;
import dev.skyhedge.specs.values.Value;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Consumer;

/// The kind `service` in the language.
final class ServiceDefinition implements WorkloadDefinition {
    @Override
    public BlockDefinition block() {
        return ServiceSchema.SERVICE;
    }

    @Override
    public Optional<WorkloadSpec> decode(
            Body.Block block, String name, String address, Evaluator names, Consumer<Diagnostic> sink) {
        return ServiceDecoder.decode(block, name, address, names, sink).map(service -> service);
    }

    @Override
    public void check(Body.Block block, Evaluator names, Consumer<Diagnostic> sink) {
        ServiceDecoder.check(block, names, sink);
    }

    @Override
    public SequencedMap<String, Value> attributes(WorkloadSpec workload, Value readyReplicas) {
        Optional<EndpointSpec> endpoint =
                workload instanceof ServiceSpec service ? service.endpoint() : Optional.empty();
        SequencedMap<String, Value> attributes = new LinkedHashMap<>();
        attributes.put("name", Value.of(workload.name()));
        attributes.put("address", Value.of(workload.address()));
        attributes.put("url", endpoint.map(e -> Value.of(e.url())).orElse(new Value.NullValue(Type.STRING)));
        attributes.put("port", endpoint.map(e -> Value.of(e.port())).orElse(new Value.NullValue(Type.NUMBER)));
        attributes.put("ready_replicas", readyReplicas);
        return attributes;
    }
}
