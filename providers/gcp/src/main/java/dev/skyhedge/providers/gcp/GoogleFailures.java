package dev.skyhedge.providers.gcp;

import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.LocationPattern;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.spi.Scope;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// What a refusal means. The one place where Google's codes and texts are known.
///
/// The order is: throttling by status, then the code, then the text, then the status. A code decides before the
/// text does, because `rateLimitExceeded` comes with the words "Quota exceeded". Codes marked † are from the
/// documentation and from memory, not from a recording.
final class GoogleFailures {
    private static final Duration DEFAULT_RETRY = Duration.ofSeconds(1);
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final int CONFLICT = 409;
    private static final int NOT_IMPLEMENTED = 501;
    private static final int FIRST_SERVER_ERROR = 500;

    private static final Set<String> THROTTLED =
            Set.of("ratelimitexceeded", "userratelimitexceeded", "resource_operation_rate_exceeded");
    private static final Set<String> NO_CAPACITY = Set.of(
            "zone_resource_pool_exhausted",
            "zone_resource_pool_exhausted_with_details",
            "resource_pool_exhausted",
            "insufficientcapacity",
            "gpu_stockout", // †
            "vm_min_count_not_reached");
    private static final String NO_CAPACITY_IN_REGION = "region_resource_pool_exhausted"; // †
    private static final Set<String> UNKNOWN = Set.of("backenderror", "internal_error", "internalerror");
    private static final Set<String> PREEMPTED = Set.of("unsupported_operation");
    private static final Set<String> EXISTS = Set.of("alreadyexists", "already_exists", "resource_already_exists");
    private static final Set<String> NOT_READY =
            Set.of("resourcenotready", "resource_not_ready", "resourceinusebyanotherresource");
    private static final Set<String> DENIED =
            Set.of("forbidden", "iam_permission_denied", "permission_denied", "autherror", "unauthenticated");
    private static final Set<String> MISSING = Set.of("notfound", "not_found", "resource_not_found");

    private GoogleFailures() {}

    /// The meaning of a refused launch.
    static Failure ofLaunch(GoogleRefusal refusal, Offer offer) {
        String code = refusal.code().toLowerCase(Locale.ROOT);
        String text = refusal.message().toLowerCase(Locale.ROOT);
        String words = refusal.toString();
        if (isThrottled(refusal)) {
            return throttled(refusal);
        }
        if (NO_CAPACITY.contains(code)) {
            return new Failure.NoCapacity(Scope.of(offer), words);
        }
        if (code.equals(NO_CAPACITY_IN_REGION)) {
            return new Failure.NoCapacity(inRegion(offer, Optional.of(offer.instanceType())), words);
        }
        if (code.contains("quota")) {
            return new Failure.Quota(quotaScope(text, offer), words);
        }
        if (PREEMPTED.contains(code) && offer.market() == Market.SPOT) {
            return new Failure.PreemptedDuringLaunch(Scope.of(offer), words);
        }
        if (namesMissingType(text)) {
            return new Failure.UnsupportedHere(
                    new Scope(
                            LocationPattern.of(offer.location()), Optional.empty(), Optional.of(offer.instanceType())),
                    words);
        }
        return ofCall(refusal);
    }

    /// The meaning of any other refused call.
    static Failure ofCall(GoogleRefusal refusal) {
        String code = refusal.code().toLowerCase(Locale.ROOT);
        String words = refusal.toString();
        if (isThrottled(refusal)) {
            return throttled(refusal);
        }
        if (UNKNOWN.contains(code) || refusal.status() == 0 && code.isEmpty()) {
            return new Failure.OutcomeUnknown(words);
        }
        if (EXISTS.contains(code) || NOT_READY.contains(code)) {
            return new Failure.Conflict(words);
        }
        if (MISSING.contains(code)) {
            return new Failure.NotFound(words);
        }
        if (DENIED.contains(code)) {
            return new Failure.Denied(words);
        }
        return byStatus(refusal.status(), words);
    }

    private static Failure byStatus(int status, String words) {
        return switch (status) {
            case UNAUTHORIZED, FORBIDDEN -> new Failure.Denied(words);
            case NOT_FOUND -> new Failure.NotFound(words);
            case CONFLICT -> new Failure.Conflict(words);
            default ->
                status >= FIRST_SERVER_ERROR
                        ? new Failure.OutcomeUnknown(words)
                        : new Failure.InvalidRequest(words);
        };
    }

    /// Whether the name is taken, perhaps by an earlier call of ours.
    static boolean saysThatItExists(GoogleRefusal refusal) {
        return EXISTS.contains(refusal.code().toLowerCase(Locale.ROOT))
                || refusal.status() == CONFLICT && !saysNotReady(refusal);
    }

    /// Whether what the call was about does not exist.
    static boolean saysNotFound(GoogleRefusal refusal) {
        return ofCall(refusal) instanceof Failure.NotFound;
    }

    /// Whether the endpoint does not know the method at all, as may be so with one that is not Google's.
    static boolean saysNotImplemented(GoogleRefusal refusal) {
        return refusal.status() == NOT_IMPLEMENTED
                || refusal.status() == METHOD_NOT_ALLOWED
                || refusal.status() == NOT_FOUND;
    }

    /// Whether the resource is busy with another operation.
    static boolean saysNotReady(GoogleRefusal refusal) {
        return NOT_READY.contains(refusal.code().toLowerCase(Locale.ROOT));
    }

    private static boolean isThrottled(GoogleRefusal refusal) {
        return refusal.status() == TOO_MANY_REQUESTS && !refusal.code().toLowerCase(Locale.ROOT).contains("quota")
                || THROTTLED.contains(refusal.code().toLowerCase(Locale.ROOT));
    }

    private static Failure throttled(GoogleRefusal refusal) {
        return new Failure.Throttled(refusal.retryAfter().orElse(DEFAULT_RETRY), refusal.toString());
    }

    /// `GPUS_ALL_REGIONS` limits the project, in both markets; a metric that names a card limits instances with
    /// that card in the region; any other limits all of the market in the region.
    private static Scope quotaScope(String text, Offer offer) {
        if (text.contains("gpus_all_regions") || text.contains("gpus-all-regions")) {
            return new Scope(
                    LocationPattern.parse(offer.location().cloud()), Optional.empty(), Optional.empty());
        }
        boolean namesCard = text.contains("_gpus") || text.contains("-gpus") || text.contains("gpus-per");
        return inRegion(offer, namesCard ? Optional.of(offer.instanceType()) : Optional.empty());
    }

    private static Scope inRegion(Offer offer, Optional<String> instanceType) {
        Location location = offer.location();
        return new Scope(
                new LocationPattern(location.cloud(), location.region(), "*"),
                Optional.of(offer.market()),
                instanceType);
    }

    private static boolean namesMissingType(String text) {
        boolean type = text.contains("machinetype")
                || text.contains("machine type")
                || text.contains("acceleratortype")
                || text.contains("accelerator type");
        boolean missing = text.contains("not found")
                || text.contains("does not exist")
                || text.contains("not available in zone")
                || text.contains("not supported in zone");
        return type && missing;
    }
}
