package dev.skyhedge.providers.azure;

import static dev.skyhedge.providers.cloud.failures.FailureRule.codeAndText;
import static dev.skyhedge.providers.cloud.failures.FailureRule.codes;
import static dev.skyhedge.providers.cloud.failures.FailureRule.text;

import dev.skyhedge.providers.cloud.failures.CloudError;
import dev.skyhedge.providers.cloud.failures.FailureRule;
import dev.skyhedge.providers.cloud.failures.FailureRule.Kind;
import dev.skyhedge.providers.cloud.failures.FailureTable;
import dev.skyhedge.providers.cloud.failures.Translation;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Scope;
import java.util.List;
import java.util.Optional;

/// What Azure's errors mean: the one place where its codes and texts are known. The rows of capacity and of
/// `OperationNotAllowed` are confirmed by the open code of others; those marked † are from the
/// documentation, not from a recording.
final class AzureFailures {
    /// About nothing in particular, for calls that are not about an offer.
    static final Scope EVERYTHING = new Scope(AzureNames.everywhere(), Optional.empty(), Optional.empty());

    private static final String NOT_ALLOWED = "OperationNotAllowed";

    /// Both markets: what is not built there can be rented in neither.
    private static final Translation NOT_BUILT_HERE = Translation.UNSUPPORTED_HERE.about(Translation::bothMarkets);

    private static final FailureTable TABLE = new FailureTable(List.of(
            codes(Translation.THROTTLED, "TooManyRequests", "SubscriptionRequestsThrottled"), // †
            codes(
                    Translation.NO_CAPACITY,
                    "SkuNotAvailable",
                    "AllocationFailed",
                    "OverconstrainedAllocationRequest",
                    "OverconstrainedZonalAllocationRequest"),
            codes(Translation.NO_CAPACITY.about(Translation::bothMarkets), "ZonalAllocationFailed"),
            codeAndText(Translation.PRICE_TOO_LOW, NOT_ALLOWED, "max price"),
            codeAndText(
                    Translation.QUOTA.about(Translation::region),
                    NOT_ALLOWED,
                    "LowPriorityCores",
                    "Low Priority Cores"),
            codeAndText(Translation.QUOTA.about(Translation::typeInRegion), NOT_ALLOWED, "Current Limit", "quota"),
            codes(Translation.QUOTA.about(Translation::typeInRegion), "QuotaExceeded"),
            codes(
                    NOT_BUILT_HERE,
                    "VMSizeNotSupported",
                    "LocationNotAvailableForResourceType", // †
                    "NotAvailableForSubscription", // †
                    "VMSizeDoesntExist"), // †
            codeAndText(NOT_BUILT_HERE, "BadRequest", "is not supported for subscription"),
            codeAndText(NOT_BUILT_HERE, "InvalidParameter", "requested VM size", "provided for the VM size"), // †
            codes(
                    Translation.OUTCOME_UNKNOWN,
                    "InternalServerError", // †
                    "InternalExecutionError", // †
                    "InternalOperationError", // †
                    "RetryableError", // †
                    "ServerTimeout", // †
                    "OperationPreempted"), // †
            codes(Translation.CONFLICT, "Conflict", "PreconditionFailed", "AnotherOperationInProgress"), // †
            codes(Translation.NOT_FOUND, "ResourceNotFound", "ResourceGroupNotFound", "NotFound"),
            codes(
                    Translation.DENIED,
                    "ReadOnlyDisabledSubscription",
                    "AuthorizationFailed", // †
                    "LinkedAuthorizationFailed", // †
                    "AuthenticationFailed", // †
                    "InvalidAuthenticationToken", // †
                    "ExpiredAuthenticationToken", // †
                    "SubscriptionNotFound", // †
                    "MissingSubscriptionRegistration", // †
                    "RequestDisallowedByPolicy"), // †
            codes(Translation.INVALID_REQUEST, "InvalidParameter", "PropertyChangeNotAllowed"), // †
            text(Translation.NO_CAPACITY, "Allocation failed. We do not have sufficient capacity"),
            status(Translation.DENIED, 401),
            status(Translation.DENIED, 403),
            status(Translation.NOT_FOUND, 404),
            status(Translation.CONFLICT, 409),
            status(Translation.CONFLICT, 412)));

    private AzureFailures() {}

    /// What the error means for a call about this scope.
    static Failure of(CloudError error, Scope scope) {
        return TABLE.failure(error, scope);
    }

    private static FailureRule status(Translation translation, int status) {
        return new FailureRule(Kind.TEXT, error -> error.status() == status, translation);
    }
}
