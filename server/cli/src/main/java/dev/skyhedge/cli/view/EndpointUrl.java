package dev.skyhedge.cli.view;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skyhedge.state.ServiceRecord;
import java.util.Optional;

/// Where a service's requests arrive, as its recorded spec says.
final class EndpointUrl {
    private EndpointUrl() {}

    static Optional<String> of(ServiceRecord service) {
        JsonNode endpoint = Json.parse(service.specJson()).path("endpoint");
        if (!endpoint.has("port")) {
            return Optional.empty();
        }
        String host = endpoint.path("host").asText("127.0.0.1");
        String written = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return Optional.of("http://" + written + ":" + endpoint.path("port").asInt());
    }
}
