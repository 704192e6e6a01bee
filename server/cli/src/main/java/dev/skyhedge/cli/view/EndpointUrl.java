package dev.skyhedge.cli.view;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skyhedge.specs.EndpointSpec;
import dev.skyhedge.state.records.WorkloadRecord;
import java.util.Optional;

/// Where a service's requests arrive, as its recorded spec says.
public final class EndpointUrl {
    private EndpointUrl() {}

    /// As it is recorded; empty for a service without an endpoint.
    public static Optional<String> of(WorkloadRecord service) {
        JsonNode endpoint = Json.parse(service.specJson()).path("endpoint");
        if (!endpoint.has("port")) {
            return Optional.empty();
        }
        String host = endpoint.path("host").asText("127.0.0.1");
        return Optional.of(EndpointSpec.url(host, endpoint.path("port").asInt(), endpoint.has("tls")));
    }
}
