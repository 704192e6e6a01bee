package dev.skyhedge.providers.azure;

import com.azure.core.exception.HttpResponseException;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.http.HttpResponse;
import com.azure.json.JsonProviders;
import com.azure.json.JsonReader;
import dev.skyhedge.providers.cloud.failures.CloudError;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads what Azure says when it does not do something, from wherever it says so: the body of a refused
/// call, or the status of an operation that was accepted and failed, which comes with HTTP 200.
final class AzureErrors {
    private static final long MAX_RETRY_AFTER_SECONDS = 3_600;
    private static final int MAX_DEPTH = 8;
    private static final HttpHeaderName REQUEST_ID = HttpHeaderName.fromString("x-ms-request-id");

    /// Codes that only say that something inside went wrong; what it was is in the details.
    private static final Set<String> WRAPPERS = Set.of(
            "", "DeploymentFailed", "ResourceDeploymentFailure", "InvalidTemplateDeployment", "MultipleErrorsOccurred");

    private AzureErrors() {}

    /// Reads a refused call.
    static CloudError of(HttpResponseException exception) {
        HttpResponse response = exception.getResponse();
        if (response == null) {
            return CloudError.unanswered(String.valueOf(exception.getMessage()));
        }
        String body = response.getBodyAsString().blockOptional().orElse("");
        return of(response.getStatusCode(), response.getHeaders(), body);
    }

    /// Reads a reply that refuses, or tells of a failed operation.
    static CloudError of(int status, HttpHeaders headers, String body) {
        Map<?, ?> root = object(body);
        Map<?, ?> error = root.get("error") instanceof Map<?, ?> inner ? inner : root;
        Map<?, ?> cause = innermost(error, 0);
        String code = text(cause, "code");
        String message = text(cause, "message");
        String outer = text(error, "message");
        String told = cause == error || outer.isEmpty() ? message : message + " (" + outer + ")";
        return new CloudError(
                status,
                code,
                told.isEmpty() ? "no explanation" : told,
                Optional.ofNullable(headers.getValue(REQUEST_ID)).orElse(""),
                retryAfter(headers));
    }

    /// A reply as JSON; empty if it is none, such as a proxy's page.
    static Map<?, ?> object(String body) {
        if (body.isBlank()) {
            return Map.of();
        }
        try (JsonReader reader = JsonProviders.createReader(body)) {
            return reader.readUntyped() instanceof Map<?, ?> map ? map : Map.of();
        } catch (IOException | IllegalStateException notJson) {
            return Map.of();
        }
    }

    /// A member's text; empty if there is none.
    static String text(Map<?, ?> object, String name) {
        return object.get(name) instanceof String value ? value : "";
    }

    /// How long Azure wants us to wait, as far as it says.
    static Optional<Duration> retryAfter(HttpHeaders headers) {
        return seconds(headers.getValue(HttpHeaderName.RETRY_AFTER));
    }

    private static Optional<Duration> seconds(@Nullable String text) {
        try {
            return text == null
                    ? Optional.empty()
                    : Optional.of(
                            Duration.ofSeconds(Math.clamp(Long.parseLong(text.strip()), 0, MAX_RETRY_AFTER_SECONDS)));
        } catch (NumberFormatException aDate) {
            return Optional.empty();
        }
    }

    private static Map<?, ?> innermost(Map<?, ?> error, int depth) {
        boolean wrapped = WRAPPERS.contains(text(error, "code"));
        return wrapped
                        && depth < MAX_DEPTH
                        && error.get("details") instanceof List<?> details
                        && !details.isEmpty()
                        && details.getFirst() instanceof Map<?, ?> detail
                ? innermost(detail, depth + 1)
                : error;
    }
}
