package dev.skyhedge.spi;

import java.time.Duration;
import java.util.Optional;

/// Why a provider did not do what it was asked. Policy depends on the kind, so failures are values. Only
/// [NoCapacity] and [PreemptedDuringLaunch] say something about a zone's health: a typo in an image name must
/// not.
public sealed interface Failure {
    /// What happened, for people: one line, without secrets.
    String message();

    /// The cloud has none left.
    record NoCapacity(Scope scope, String message) implements Failure {
        /// Its [Failure#kind].
        public static final String KIND = "no_capacity";
    }

    /// Our account may not have more.
    record Quota(Scope scope, String message) implements Failure {}

    /// The market asks for more than we offered.
    record PriceTooLow(Scope scope, String message) implements Failure {}

    /// Too many calls; worth repeating after the given time.
    record Throttled(Duration retryAfter, String message) implements Failure {}

    /// The call may or may not have taken effect. Find out by the token, never by a second launch.
    record OutcomeUnknown(String message) implements Failure {}

    /// What the call was about does not exist.
    record NotFound(String message) implements Failure {}

    /// The call contradicts something that exists, such as a token that was used with other parameters.
    record Conflict(String message) implements Failure {}

    /// The request is wrong and stays wrong.
    ///
    /// @param fault what is wrong with it, in the words that the same fault has each time: without the name of the
    ///     call. Two requests with the same fault say that it is of more than each of them
    record InvalidRequest(String message, String fault) implements Failure {
        /// With a message that says the same each time.
        public InvalidRequest(String message) {
            this(message, message);
        }
    }

    /// This provider or place does not offer that.
    record UnsupportedHere(Scope scope, String message) implements Failure {}

    /// Credentials are missing or do not permit this.
    record Denied(String message) implements Failure {}

    /// The instance was taken back before it ran.
    record PreemptedDuringLaunch(Scope scope, String message) implements Failure {}

    /// [UnsupportedHere] about everything that the provider has.
    static Failure unsupportedEverywhere(String message) {
        return new UnsupportedHere(new Scope(LocationPattern.parse("*"), Optional.empty(), Optional.empty()), message);
    }

    /// The word for the kind in state, events and JSON, such as `no_capacity`.
    default String kind() {
        return switch (this) {
            case NoCapacity _ -> NoCapacity.KIND;
            case Quota _ -> "quota";
            case PriceTooLow _ -> "price_too_low";
            case Throttled _ -> "throttled";
            case OutcomeUnknown _ -> "outcome_unknown";
            case NotFound _ -> "not_found";
            case Conflict _ -> "conflict";
            case InvalidRequest _ -> "invalid_request";
            case UnsupportedHere _ -> "unsupported_here";
            case Denied _ -> "denied";
            case PreemptedDuringLaunch _ -> "preempted_during_launch";
        };
    }
}
