package dev.skyhedge.specs.loading;

import dev.skyhedge.specs.EndpointSpec;
import dev.skyhedge.specs.ServiceSpec;
import dev.skyhedge.specs.diagnostics.Diagnostic;
import dev.skyhedge.specs.diagnostics.SourceRange;
import dev.skyhedge.specs.syntax.Body;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// No two endpoints listen on the same port.
final class EndpointPorts {
    private final Map<String, Body.Block> blocks;
    private final Consumer<Diagnostic> sink;

    /// @param blocks the blocks of services by name of the service
    EndpointPorts(Map<String, Body.Block> blocks, Consumer<Diagnostic> sink) {
        this.blocks = blocks;
        this.sink = sink;
    }

    void check(Collection<ServiceSpec> services) {
        Map<Integer, ServiceSpec> taken = new HashMap<>();
        for (ServiceSpec service : services) {
            Optional<EndpointSpec> endpoint = service.endpoint();
            ServiceSpec first =
                    endpoint.map(e -> taken.putIfAbsent(e.port(), service)).orElse(null);
            if (first != null) {
                String detail = service.address() + " and " + first.address() + " ("
                        + place(first).place() + ") would both listen on port "
                        + endpoint.orElseThrow().port() + ". Give each endpoint a port of its own.";
                sink.accept(Diagnostic.error(place(service), "Duplicate endpoint port", detail)
                        .in(block(service).title()));
            }
        }
    }

    private Body.Block block(ServiceSpec service) {
        return Optional.ofNullable(blocks.get(service.name())).orElseThrow();
    }

    private SourceRange place(ServiceSpec service) {
        return block(service).body().blocks("endpoint").stream()
                .flatMap(e -> e.body().attribute("port").stream())
                .map(Body.Attribute::range)
                .findFirst()
                .orElse(block(service).header());
    }
}
