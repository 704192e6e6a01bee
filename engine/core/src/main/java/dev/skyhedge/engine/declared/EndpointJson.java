package dev.skyhedge.engine.declared;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skyhedge.specs.ClientKey;
import dev.skyhedge.specs.EndpointSpec;
import dev.skyhedge.specs.EnvValue.SecretReference;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/// Endpoints as they are recorded. What has its default is left out, so that what was recorded
/// before there was such a key is the same still.
final class EndpointJson {
    private static final String KEYS = "keys";
    private static final String SECRET = "secret";
    private static final String TLS = "tls";
    private static final String CERTIFICATE = "certificate";
    private static final String KEY = "key";
    private static final String CLIENT_CA = "client_ca";
    private static final String REQUESTS_PER_MINUTE = "requests_per_minute";
    private static final String TOKENS_PER_MINUTE = "tokens_per_minute";
    private static final String MAX_IN_FLIGHT = "max_in_flight";

    private EndpointJson() {}

    static void write(EndpointSpec endpoint, ObjectNode to) {
        to.put("host", endpoint.host());
        to.put("port", endpoint.port());
        to.put("policy", endpoint.policy().name().toLowerCase(Locale.ROOT));
        to.put("hold_limit", endpoint.holdLimit());
        to.put("hold_timeout", endpoint.holdTimeout().toString());
        putLimits(to, endpoint.limits());
        putTimes(to, endpoint.times());
        String header = endpoint.session().header();
        if (!header.equals(EndpointSpec.Session.DEFAULT.header())) {
            to.put("session_header", header);
        }
        endpoint.session().cookie().ifPresent(cookie -> to.put("session_cookie", cookie));
        if (!endpoint.keys().isEmpty()) {
            ObjectNode keys = to.putObject(KEYS);
            endpoint.keys().forEach(key -> put(key, keys.putObject(key.name())));
        }
        if (endpoint.continuation() != EndpointSpec.Continuation.OFF) {
            to.put("continuation", endpoint.continuation().name().toLowerCase(Locale.ROOT));
        }
        endpoint.tls().ifPresent(tls -> put(tls, to.putObject(TLS)));
    }

    private static void put(EndpointSpec.Tls tls, ObjectNode to) {
        to.put(CERTIFICATE, tls.certificate());
        to.putObject(KEY).put(SECRET, tls.key().reference());
        tls.clientCa().ifPresent(path -> to.put(CLIENT_CA, path));
    }

    private static Optional<EndpointSpec.Tls> tls(JsonNode node) {
        return node.isMissingNode()
                ? Optional.empty()
                : Optional.of(new EndpointSpec.Tls(
                        node.path(CERTIFICATE).asText(),
                        new SecretReference(node.path(KEY).path(SECRET).asText()),
                        Optional.ofNullable(node.path(CLIENT_CA).textValue())));
    }

    private static void put(ClientKey key, ObjectNode to) {
        to.putObject(SECRET).put(SECRET, key.secret().reference());
        key.requestsPerMinute().ifPresent(most -> to.put(REQUESTS_PER_MINUTE, most));
        key.tokensPerMinute().ifPresent(most -> to.put(TOKENS_PER_MINUTE, most));
        key.maxInFlight().ifPresent(most -> to.put(MAX_IN_FLIGHT, most));
    }

    private static List<ClientKey> keys(JsonNode node) {
        return node.path(KEYS).properties().stream()
                .map(key -> new ClientKey(
                        key.getKey(),
                        new SecretReference(
                                key.getValue().path(SECRET).path(SECRET).asText()),
                        whole(key.getValue(), REQUESTS_PER_MINUTE),
                        whole(key.getValue(), TOKENS_PER_MINUTE),
                        whole(key.getValue(), MAX_IN_FLIGHT)))
                .toList();
    }

    private static OptionalInt whole(JsonNode node, String name) {
        return node.has(name) ? OptionalInt.of(node.path(name).intValue()) : OptionalInt.empty();
    }

    private static void putLimits(ObjectNode to, EndpointSpec.Limits limits) {
        EndpointSpec.Limits usual = EndpointSpec.Limits.DEFAULT;
        putUnusual(to, "response_timeout", limits.responseTimeout(), usual.responseTimeout());
        putUnusual(to, "client_timeout", limits.clientTimeout(), usual.clientTimeout());
        putUnusual(to, "max_concurrent_requests", limits.maxConcurrentRequests(), usual.maxConcurrentRequests());
        putUnusual(to, "max_body_mb", limits.maxBodyMb(), usual.maxBodyMb());
        putUnusual(to, "replay_budget_mb", limits.replayBudgetMb(), usual.replayBudgetMb());
        limits.maxInFlightPerReplica().ifPresent(most -> to.put("max_in_flight_per_replica", most));
    }

    private static void putTimes(ObjectNode to, EndpointSpec.Times times) {
        EndpointSpec.Times usual = EndpointSpec.Times.DEFAULT;
        putUnusual(to, "connect_timeout", times.connect(), usual.connect());
        times.firstByte().ifPresent(time -> to.put("first_byte_timeout", time.toString()));
        times.total().ifPresent(time -> to.put("total_timeout", time.toString()));
        putUnusual(to, "queue_timeout", times.queue(), usual.queue());
        putUnusual(to, "header_timeout", times.header(), usual.header());
        putUnusual(to, "keep_alive_timeout", times.keepAlive(), usual.keepAlive());
        putUnusual(to, "drain_timeout", times.drain(), usual.drain());
    }

    private static void putUnusual(ObjectNode to, String name, Duration value, Duration usual) {
        if (!value.equals(usual)) {
            to.put(name, value.toString());
        }
    }

    private static void putUnusual(ObjectNode to, String name, int value, int usual) {
        if (value != usual) {
            to.put(name, value);
        }
    }

    /// @param node what [#write] wrote, or a missing one for a service without an endpoint
    static Optional<EndpointSpec> read(JsonNode node) {
        return node.isMissingNode()
                ? Optional.empty()
                : Optional.of(new EndpointSpec(
                        node.path("host").textValue(),
                        node.path("port").intValue(),
                        EndpointSpec.Policy.valueOf(node.path("policy").asText().toUpperCase(Locale.ROOT)),
                        node.path("hold_limit").intValue(),
                        Duration.parse(node.path("hold_timeout").asText()),
                        limits(node),
                        times(node),
                        new EndpointSpec.Session(
                                node.path("session_header").asText(EndpointSpec.Session.DEFAULT.header()),
                                Optional.ofNullable(node.path("session_cookie").textValue())),
                        keys(node),
                        EndpointSpec.Continuation.valueOf(
                                node.path("continuation").asText("off").toUpperCase(Locale.ROOT)),
                        tls(node.path(TLS))));
    }

    private static EndpointSpec.Limits limits(JsonNode node) {
        EndpointSpec.Limits usual = EndpointSpec.Limits.DEFAULT;
        return new EndpointSpec.Limits(
                duration(node, "response_timeout").orElse(usual.responseTimeout()),
                duration(node, "client_timeout").orElse(usual.clientTimeout()),
                node.path("max_concurrent_requests").asInt(usual.maxConcurrentRequests()),
                node.path("max_body_mb").asInt(usual.maxBodyMb()),
                node.path("replay_budget_mb").asInt(usual.replayBudgetMb()),
                whole(node, "max_in_flight_per_replica"));
    }

    private static EndpointSpec.Times times(JsonNode node) {
        EndpointSpec.Times usual = EndpointSpec.Times.DEFAULT;
        return new EndpointSpec.Times(
                duration(node, "connect_timeout").orElse(usual.connect()),
                duration(node, "first_byte_timeout"),
                duration(node, "total_timeout"),
                duration(node, "queue_timeout").orElse(usual.queue()),
                duration(node, "header_timeout").orElse(usual.header()),
                duration(node, "keep_alive_timeout").orElse(usual.keepAlive()),
                duration(node, "drain_timeout").orElse(usual.drain()));
    }

    private static Optional<Duration> duration(JsonNode node, String name) {
        return node.has(name) ? Optional.of(Duration.parse(node.path(name).asText())) : Optional.empty();
    }
}
