package dev.skyhedge.specs.schema;

import dev.skyhedge.specs.EndpointSpec;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/// Decodes `endpoint` blocks.
final class EndpointDecoder {
    private EndpointDecoder() {}

    static EndpointSpec decode(Decoded decoded) {
        EndpointSpec.Policy policy = decoded.text("policy").equals("least_load")
                ? EndpointSpec.Policy.LEAST_LOAD
                : EndpointSpec.Policy.ROUND_ROBIN;
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
                times(decoded));
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
