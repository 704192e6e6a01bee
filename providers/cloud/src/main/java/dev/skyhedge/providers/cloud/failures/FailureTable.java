package dev.skyhedge.providers.cloud.failures;

import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Scope;
import java.util.List;
import java.util.Optional;

/// Says what a cloud's error means. Tests in this order: HTTP 429, code, text, no answer or HTTP 5xx; what is
/// left is an invalid request. A code comes before the text because the texts of unlike errors are alike. The
/// raw code and the request id stay in the failure's message.
public final class FailureTable {
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERRORS = 500;

    private final List<FailureRule> rules;

    /// @param rules the rows; of several that match, the first counts
    public FailureTable(List<FailureRule> rules) {
        this.rules = List.copyOf(rules);
    }

    /// What the error means for a call about this scope.
    public Failure failure(CloudError error, Scope scope) {
        if (error.status() == TOO_MANY_REQUESTS) {
            return Translation.THROTTLED.failure(error, scope);
        }
        return first(FailureRule.Kind.CODE, error)
                .or(() -> first(FailureRule.Kind.TEXT, error))
                .map(FailureRule::translation)
                .orElse(
                        error.status() == 0 || error.status() >= SERVER_ERRORS
                                ? Translation.OUTCOME_UNKNOWN
                                : Translation.INVALID_REQUEST)
                .failure(error, scope);
    }

    private Optional<FailureRule> first(FailureRule.Kind kind, CloudError error) {
        return rules.stream()
                .filter(rule -> rule.kind() == kind && rule.matches().test(error))
                .findFirst();
    }
}
