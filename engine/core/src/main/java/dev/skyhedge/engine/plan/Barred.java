package dev.skyhedge.engine.plan;

import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.spi.Scope;
import java.time.Instant;
import java.util.Optional;

/// A scope in which a launch of this process was refused for something else than a quota: the same call would be
/// refused again.
///
/// @param scope the offers concerned
/// @param edit whose launches are concerned; empty means everybody's
/// @param failure what the provider said last
/// @param failures refusals in a row
/// @param since when the latest launch was refused
/// @param retryAt when one launch is worth a try: nobody tells when credentials have changed
public record Barred(Scope scope, Optional<Edit> edit, Failure failure, int failures, Instant since, Instant retryAt) {
    /// What a workload asks for: with another version it asks for something else.
    public record Edit(String workload, String version) {}

    /// Whether launches of this offer are refused.
    ///
    /// @param by who asks
    public boolean covers(Offer offer, Edit by) {
        return scope.covers(offer) && edit.filter(one -> !one.equals(by)).isEmpty();
    }

    /// Whether waiting is not expected to bring anything: somebody has to change the spec, or the account.
    public boolean isLasting() {
        return switch (failure) {
            case Failure.Denied _, Failure.InvalidRequest _, Failure.UnsupportedHere _ -> true;
            case Failure.NoCapacity _,
                    Failure.Quota _,
                    Failure.PriceTooLow _,
                    Failure.Throttled _,
                    Failure.OutcomeUnknown _,
                    Failure.NotFound _,
                    Failure.Conflict _,
                    Failure.PreemptedDuringLaunch _ -> false;
        };
    }

    /// For people.
    public String text() {
        return scope + ": " + failure.kind() + ": " + failure.message();
    }
}
