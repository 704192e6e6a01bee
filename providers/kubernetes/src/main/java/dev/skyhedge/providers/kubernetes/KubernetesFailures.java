package dev.skyhedge.providers.kubernetes;

import dev.skyhedge.providers.cloud.failures.CloudError;
import dev.skyhedge.providers.cloud.failures.FailureRule;
import dev.skyhedge.providers.cloud.failures.FailureTable;
import dev.skyhedge.providers.cloud.failures.Translation;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Scope;
import java.util.List;

/// What the cluster's refusals mean. Reasons are those of `k8s.io/apimachinery`, texts those of its admission
/// plugins. A quota and a limit are refused as `Forbidden`, like a missing permission, so the text tells them
/// apart.
final class KubernetesFailures {
    private static final List<String> TOO_OLD = List.of("Expired", "Gone");

    private static final String FORBIDDEN = "Forbidden";

    private static final FailureTable TABLE = new FailureTable(List.of(
            FailureRule.codeAndText(
                    Translation.QUOTA.about(Translation::everywhere).about(Translation::bothMarkets),
                    FORBIDDEN,
                    "exceeded quota"),
            FailureRule.codeAndText(
                    Translation.INVALID_REQUEST,
                    FORBIDDEN,
                    "failed quota",
                    "usage per",
                    "limit to request ratio",
                    "violates PodSecurity",
                    "no PriorityClass",
                    "error looking up service account"),
            FailureRule.codes(Translation.DENIED, FORBIDDEN, "Unauthorized"),
            FailureRule.codes(Translation.CONFLICT, "AlreadyExists", "Conflict", "Expired", "Gone"),
            FailureRule.codes(Translation.NOT_FOUND, "NotFound"),
            FailureRule.codes(Translation.OUTCOME_UNKNOWN, "Timeout", "ServerTimeout", "InternalError"),
            FailureRule.codes(Translation.THROTTLED, "TooManyRequests")));

    private KubernetesFailures() {}

    /// Whether the list that was being read is too old to go on with (HTTP 410).
    static boolean isTooOld(Failure failure) {
        return failure instanceof Failure.Conflict
                && TOO_OLD.stream().anyMatch(code -> failure.message().startsWith(code));
    }

    static Failure of(CloudError error, Scope scope) {
        return TABLE.failure(error, scope);
    }
}
