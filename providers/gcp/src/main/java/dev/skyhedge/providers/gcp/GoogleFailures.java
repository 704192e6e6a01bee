package dev.skyhedge.providers.gcp;

import static dev.skyhedge.providers.cloud.failures.FailureRule.codeAndText;
import static dev.skyhedge.providers.cloud.failures.FailureRule.codeLike;
import static dev.skyhedge.providers.cloud.failures.FailureRule.codes;
import static dev.skyhedge.providers.cloud.failures.FailureRule.text;

import dev.skyhedge.providers.cloud.failures.CloudError;
import dev.skyhedge.providers.cloud.failures.FailureRule;
import dev.skyhedge.providers.cloud.failures.FailureRule.Kind;
import dev.skyhedge.providers.cloud.failures.FailureTable;
import dev.skyhedge.providers.cloud.failures.Translation;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Scope;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// What Google's errors mean: the one place where its codes and texts are known. A code is the reason in the
/// body of a refused call (`quotaExceeded`) or the error of an operation (`QUOTA_EXCEEDED`). Rows marked † are
/// from the documentation, not from a recording.
final class GoogleFailures {
    /// About nothing in particular, for calls that are not about an offer.
    static final Scope EVERYTHING = new Scope(GoogleNames.everywhere(), Optional.empty(), Optional.empty());

    /// The quota of cards over all regions counts both markets.
    private static final Pattern ALL_REGIONS = Pattern.compile("GPUS[_-]ALL[_-]REGIONS", Pattern.CASE_INSENSITIVE);

    /// A quota whose name says which card it is about, such as `PREEMPTIBLE_NVIDIA_L4_GPUS`.
    private static final Pattern ONE_CARD = Pattern.compile("NVIDIA[_-][A-Z0-9_-]*GPUS", Pattern.CASE_INSENSITIVE);

    private static final Pattern MISSING_TYPE = Pattern.compile(
            "(?=.*(machine ?types?\\b|accelerator ?types?\\b))"
                    + ".*(not found|does not exist|not available in|not supported in)",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private static final Translation QUOTA = (error, scope) -> new Failure.Quota(quota(error, scope), error.message());

    /// Both markets: what is not built there can be rented in neither.
    private static final Translation NOT_BUILT_HERE = Translation.UNSUPPORTED_HERE.about(Translation::bothMarkets);

    /// Only a spot machine can be taken back; for another the code means what it says.
    private static final Translation PREEMPTED =
            (error, scope) -> scope.market().filter(Market.SPOT::equals).isPresent()
                    ? Translation.PREEMPTED.failure(error, scope)
                    : Translation.INVALID_REQUEST.failure(error, scope);

    private static final FailureTable TABLE = new FailureTable(List.of(
            codes(
                    Translation.THROTTLED,
                    "rateLimitExceeded",
                    "userRateLimitExceeded",
                    "RATE_LIMIT_EXCEEDED",
                    "RESOURCE_OPERATION_RATE_EXCEEDED"),
            codes(
                    Translation.NO_CAPACITY,
                    "ZONE_RESOURCE_POOL_EXHAUSTED",
                    "ZONE_RESOURCE_POOL_EXHAUSTED_WITH_DETAILS",
                    "RESOURCE_POOL_EXHAUSTED",
                    "insufficientCapacity",
                    "INSUFFICIENT_CAPACITY",
                    "GPU_STOCKOUT", // †
                    "VM_MIN_COUNT_NOT_REACHED"),
            codes(Translation.NO_CAPACITY.about(Translation::typeInRegion), "REGION_RESOURCE_POOL_EXHAUSTED"), // †
            codeLike(QUOTA, "(?i)quota"),
            codes(PREEMPTED, "PREEMPTED", "UNSUPPORTED_OPERATION"),
            new FailureRule(Kind.CODE, GoogleFailures::tellsOfPreemption, PREEMPTED),
            new FailureRule(Kind.CODE, GoogleFailures::namesMissingType, NOT_BUILT_HERE),
            codes(Translation.OUTCOME_UNKNOWN, "backendError", "internalError", "INTERNAL_ERROR"),
            codes(Translation.CONFLICT, "alreadyExists", "ALREADY_EXISTS", "RESOURCE_ALREADY_EXISTS"),
            codes(
                    Translation.CONFLICT,
                    "resourceNotReady",
                    "RESOURCE_NOT_READY",
                    "resourceInUseByAnotherResource",
                    "RESOURCE_IN_USE_BY_ANOTHER_RESOURCE"),
            codes(Translation.NOT_FOUND, "notFound", "NOT_FOUND", "RESOURCE_NOT_FOUND"),
            codes(
                    Translation.DENIED,
                    "forbidden",
                    "authError",
                    "UNAUTHENTICATED",
                    "PERMISSION_DENIED",
                    "IAM_PERMISSION_DENIED"),
            codeAndText(QUOTA, "RESOURCE_EXHAUSTED", "quota"), // †
            codes(Translation.INVALID_REQUEST, "invalid", "INVALID_FIELD_VALUE", "badRequest"),
            text(Translation.NO_CAPACITY, "does not have enough resources available"),
            status(Translation.DENIED, 401),
            status(Translation.DENIED, 403),
            status(Translation.NOT_FOUND, 404),
            status(Translation.CONFLICT, 409)));

    private GoogleFailures() {}

    /// What the error means for a call about this scope.
    static Failure of(CloudError error, Scope scope) {
        return TABLE.failure(error, scope);
    }

    private static FailureRule status(Translation translation, int status) {
        return new FailureRule(Kind.TEXT, error -> error.status() == status, translation);
    }

    /// Whatever the code: the operation has more than one for it.
    private static boolean tellsOfPreemption(CloudError error) {
        return error.text().toLowerCase(Locale.ROOT).contains("due to preemption");
    }

    private static boolean namesMissingType(CloudError error) {
        return MISSING_TYPE.matcher(error.text()).find();
    }

    private static Scope quota(CloudError error, Scope scope) {
        if (ALL_REGIONS.matcher(error.text()).find()) {
            return EVERYTHING;
        }
        return ONE_CARD.matcher(error.text()).find() ? Translation.typeInRegion(scope) : Translation.region(scope);
    }
}
