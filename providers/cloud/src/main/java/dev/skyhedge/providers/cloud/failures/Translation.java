package dev.skyhedge.providers.cloud.failures;

import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.LocationPattern;
import dev.skyhedge.spi.Scope;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Makes a failure of an error.
@FunctionalInterface
public interface Translation {
    Translation NO_CAPACITY = (error, scope) -> new Failure.NoCapacity(scope, error.message());
    Translation QUOTA = (error, scope) -> new Failure.Quota(scope, error.message());
    Translation PRICE_TOO_LOW = (error, scope) -> new Failure.PriceTooLow(scope, error.message());
    /// With [Duration#ZERO] where the cloud does not say how long to wait.
    Translation THROTTLED =
            (error, scope) -> new Failure.Throttled(error.retryAfter().orElse(Duration.ZERO), error.message());
    Translation OUTCOME_UNKNOWN = (error, scope) -> new Failure.OutcomeUnknown(error.message());
    Translation NOT_FOUND = (error, scope) -> new Failure.NotFound(error.message());
    Translation CONFLICT = (error, scope) -> new Failure.Conflict(error.message());
    Translation INVALID_REQUEST = (error, scope) -> new Failure.InvalidRequest(error.message(), error.words());
    Translation UNSUPPORTED_HERE = (error, scope) -> new Failure.UnsupportedHere(scope, error.message());
    Translation DENIED = (error, scope) -> new Failure.Denied(error.message());
    Translation PREEMPTED = (error, scope) -> new Failure.PreemptedDuringLaunch(scope, error.message());

    /// The failure.
    ///
    /// @param scope the offer that the call was about
    Failure failure(CloudError error, Scope scope);

    /// The same failure about something larger or smaller.
    default Translation about(UnaryOperator<Scope> change) {
        return (error, scope) -> failure(error, change.apply(scope));
    }

    /// All instance types and zones of the region, in the same market.
    static Scope region(Scope scope) {
        LocationPattern place = scope.locations();
        return new Scope(new LocationPattern(place.cloud(), place.region(), "*"), scope.market(), Optional.empty());
    }

    /// One instance type in all zones of the region.
    static Scope typeInRegion(Scope scope) {
        LocationPattern place = scope.locations();
        return new Scope(new LocationPattern(place.cloud(), place.region(), "*"), scope.market(), scope.instanceType());
    }

    /// All instance types of the zone, in the same market.
    static Scope zone(Scope scope) {
        return new Scope(scope.locations(), scope.market(), Optional.empty());
    }

    /// The whole cloud, in the same market.
    static Scope everywhere(Scope scope) {
        return new Scope(new LocationPattern(scope.locations().cloud(), "*", "*"), scope.market(), Optional.empty());
    }

    /// The same in both markets.
    static Scope bothMarkets(Scope scope) {
        return new Scope(scope.locations(), Optional.empty(), scope.instanceType());
    }
}
