package dev.skyhedge.specs.schema;

import dev.skyhedge.specs.ClientKey;
import dev.skyhedge.specs.EndpointSpec;
import dev.skyhedge.specs.EnvValue;
import dev.skyhedge.specs.values.Value;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/// Decodes `endpoint` blocks.
final class EndpointDecoder {
    static final String KEY = "key";
    /// Each has series of its own in the metrics.
    static final int MOST_KEYS = 1_000;

    private static final String SESSION_HEADER = "session_header";
    private static final String SESSION_COOKIE = "session_cookie";

    private EndpointDecoder() {}

    static EndpointSpec decode(Decoded decoded) {
        EndpointSpec.Policy policy = policy(decoded);
        return new EndpointSpec(
                decoded.text("host"),
                decoded.integer("port"),
                policy,
                decoded.integer("hold_limit"),
                decoded.duration("hold_timeout"),
                new EndpointSpec.Limits(
                        decoded.duration("response_timeout"),
                        decoded.duration("client_timeout"),
                        decoded.integer("max_concurrent_requests"),
                        decoded.integer("max_body_mb"),
                        decoded.integer("replay_budget_mb"),
                        decoded.number("max_in_flight_per_replica")
                                .map(most -> OptionalInt.of(most.intValueExact()))
                                .orElse(OptionalInt.empty())),
                times(decoded),
                new EndpointSpec.Session(
                        decoded.optionalText(SESSION_HEADER).orElse(EndpointSpec.Session.DEFAULT.header()),
                        decoded.optionalText(SESSION_COOKIE)),
                keys(decoded),
                EndpointSpec.Continuation.valueOf(decoded.text("continuation").toUpperCase(Locale.ROOT)),
                decoded.block("tls").map(EndpointDecoder::tls));
    }

    private static EndpointSpec.Tls tls(Decoded decoded) {
        return new EndpointSpec.Tls(
                decoded.text("certificate"), secret(decoded, "key"), decoded.optionalText("client_ca"));
    }

    private static EnvValue.SecretReference secret(Decoded decoded, String name) {
        return decoded.value(name).orElseThrow() instanceof Value.SecretValue(String reference)
                ? new EnvValue.SecretReference(reference)
                : new EnvValue.SecretReference("");
    }

    private static List<ClientKey> keys(Decoded endpoint) {
        return endpoint.blocks().getOrDefault(KEY, List.of()).stream()
                .map(EndpointDecoder::key)
                .toList();
    }

    private static ClientKey key(Decoded decoded) {
        return new ClientKey(
                nameOf(decoded),
                secret(decoded, "secret"),
                limit(decoded, "requests_per_minute"),
                limit(decoded, "tokens_per_minute"),
                limit(decoded, "max_in_flight"));
    }

    private static OptionalInt limit(Decoded decoded, String name) {
        return decoded.number(name)
                .map(most -> OptionalInt.of(most.intValueExact()))
                .orElse(OptionalInt.empty());
    }

    private static String nameOf(Decoded key) {
        return key.block().labels().getFirst().text();
    }

    /// The first block of a key whose name another one has; empty if there is none.
    static Optional<Decoded> secondOfItsName(Decoded endpoint) {
        Set<String> names = new HashSet<>();
        return endpoint.blocks().getOrDefault(KEY, List.of()).stream()
                .filter(key -> !names.add(nameOf(key)))
                .findFirst();
    }

    static EndpointSpec.Policy policy(Decoded decoded) {
        return EndpointSpec.Policy.valueOf(decoded.text("policy").toUpperCase(Locale.ROOT));
    }

    /// The first argument about sessions of an endpoint that keeps none together; empty if there is
    /// none.
    static Optional<String> uselessArgument(Decoded decoded) {
        return policy(decoded).keepsSessions()
                ? Optional.empty()
                : Stream.of(SESSION_HEADER, SESSION_COOKIE)
                        .filter(name -> decoded.optionalText(name).isPresent())
                        .findFirst();
    }

    private static EndpointSpec.Times times(Decoded decoded) {
        return new EndpointSpec.Times(
                decoded.duration("connect_timeout"),
                optionalDuration(decoded, "first_byte_timeout"),
                optionalDuration(decoded, "total_timeout"),
                decoded.duration("queue_timeout"),
                decoded.duration("header_timeout"),
                decoded.duration("keep_alive_timeout"),
                decoded.duration("drain_timeout"));
    }

    private static Optional<Duration> optionalDuration(Decoded decoded, String name) {
        return decoded.optionalText(name).map(text -> Durations.parse(text).orElseThrow());
    }
}
