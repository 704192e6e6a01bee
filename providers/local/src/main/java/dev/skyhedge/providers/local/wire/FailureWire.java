package dev.skyhedge.providers.local.wire;

import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.LocationPattern;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Scope;
import java.time.Duration;
import java.util.Optional;
import java.util.SequencedMap;

/// Failures as JSON.
public final class FailureWire {
    private FailureWire() {}

    public static SequencedMap<String, Object> write(Failure failure) {
        SequencedMap<String, Object> object = Wire.object("kind", failure.kind(), "message", failure.message());
        scope(failure).ifPresent(scope -> {
            SequencedMap<String, Object> written =
                    Wire.object("locations", scope.locations().toString());
            Wire.ifPresent(written, "market", scope.market().map(Market::word));
            Wire.ifPresent(written, "instance_type", scope.instanceType());
            object.put("scope", written);
        });
        if (failure instanceof Failure.Throttled throttled) {
            object.put("retry_after_millis", throttled.retryAfter().toMillis());
        }
        return object;
    }

    private static Optional<Scope> scope(Failure failure) {
        return switch (failure) {
            case Failure.NoCapacity one -> Optional.of(one.scope());
            case Failure.Quota one -> Optional.of(one.scope());
            case Failure.PriceTooLow one -> Optional.of(one.scope());
            case Failure.UnsupportedHere one -> Optional.of(one.scope());
            case Failure.PreemptedDuringLaunch one -> Optional.of(one.scope());
            case Failure.Throttled _,
                    Failure.OutcomeUnknown _,
                    Failure.NotFound _,
                    Failure.Conflict _,
                    Failure.InvalidRequest _,
                    Failure.Denied _ -> Optional.empty();
        };
    }

    public static Failure failure(Fields from) {
        String message = from.text("message");
        return switch (from.text("kind")) {
            case "no_capacity" -> new Failure.NoCapacity(scope(from), message);
            case "quota" -> new Failure.Quota(scope(from), message);
            case "price_too_low" -> new Failure.PriceTooLow(scope(from), message);
            case "throttled" -> new Failure.Throttled(Duration.ofMillis(from.number("retry_after_millis")), message);
            case "outcome_unknown" -> new Failure.OutcomeUnknown(message);
            case "not_found" -> new Failure.NotFound(message);
            case "conflict" -> new Failure.Conflict(message);
            case "invalid_request" -> new Failure.InvalidRequest(message);
            case "unsupported_here" -> new Failure.UnsupportedHere(scope(from), message);
            case "denied" -> new Failure.Denied(message);
            case "preempted_during_launch" -> new Failure.PreemptedDuringLaunch(scope(from), message);
            default -> throw new IllegalArgumentException("Unknown kind of failure: " + from.text("kind"));
        };
    }

    private static Scope scope(Fields from) {
        Fields scope = from.object("scope");
        return new Scope(
                LocationPattern.parse(scope.text("locations")),
                scope.optionalText("market").map(Market::parse),
                scope.optionalText("instance_type"));
    }
}
