package dev.skyhedge.providers.gcp;

import com.google.api.client.http.HttpResponseException;
import com.google.api.gax.rpc.ApiException;
import com.google.api.gax.rpc.StatusCode;
import com.google.cloud.compute.v1.Errors;
import com.google.cloud.compute.v1.Operation;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.skyhedge.providers.cloud.failures.CloudError;
import java.time.Duration;
import java.util.Optional;

/// Reads what Google says when it does not do something, from wherever it says so: the body of a refused call, or
/// the error of an operation that was accepted and failed.
final class GoogleErrors {
    private static final long MAX_RETRY_AFTER_SECONDS = 3_600;
    private static final int UNAUTHORIZED = 401;
    private static final String REQUEST_ID = "x-cloud-trace-context";

    private GoogleErrors() {}

    /// Reads a failed call. A client's exception alone does not tell: its message is a status, and the reason
    /// is in the body of the reply that caused it.
    static CloudError of(ApiException exception) {
        CloudError error = ofCauses(exception);
        boolean unexplained = error.code().isEmpty();
        // Credentials that cannot be renewed fail before Google's API is asked, in the words of another service.
        return unexplained && exception.getStatusCode().getCode() == StatusCode.Code.UNAUTHENTICATED
                ? CloudError.of(UNAUTHORIZED, "", "credentials are refused: " + deepest(exception))
                : error;
    }

    private static CloudError ofCauses(ApiException exception) {
        for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
            if (cause instanceof HttpResponseException response) {
                return ofResponse(response);
            }
        }
        return CloudError.unanswered(deepest(exception));
    }

    private static CloudError ofResponse(HttpResponseException response) {
        int status = response.getStatusCode();
        Optional<JsonObject> error = error(response.getContent());
        return new CloudError(
                status,
                error.flatMap(GoogleErrors::reason).orElse(""),
                error.flatMap(one -> text(one, "message")).orElse("no explanation"),
                header(response, REQUEST_ID).orElse(""),
                header(response, "retry-after").flatMap(GoogleErrors::retryAfter));
    }

    private static Optional<String> header(HttpResponseException response, String name) {
        return Optional.ofNullable(response.getHeaders())
                .map(headers -> headers.getFirstHeaderStringValue(name))
                .filter(value -> !value.isBlank());
    }

    /// Reads a failed operation; empty if it did not fail.
    static Optional<CloudError> of(Operation operation) {
        if (operation.getError().getErrorsCount() > 0) {
            Errors first = operation.getError().getErrors(0);
            return Optional.of(new CloudError(
                    operation.getHttpErrorStatusCode(),
                    first.getCode(),
                    first.getMessage(),
                    operation.getName(),
                    Optional.empty()));
        }
        if (operation.getHttpErrorStatusCode() != 0 || operation.hasError()) {
            return Optional.of(new CloudError(
                    operation.getHttpErrorStatusCode(),
                    "",
                    operation.getHttpErrorMessage(),
                    operation.getName(),
                    Optional.empty()));
        }
        return Optional.empty();
    }

    /// A body is `{"error": {"code": …, "message": …, "errors": [{"reason": …}]}}`; anything else, such as a
    /// proxy's page, explains nothing.
    private static Optional<JsonObject> error(String body) {
        if (body == null || body.isBlank()) {
            return Optional.empty();
        }
        try {
            return object(JsonParser.parseString(body)).flatMap(root -> object(root.get("error")));
        } catch (JsonParseException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> reason(JsonObject error) {
        return firstReason(error.get("errors"))
                .or(() -> firstReason(error.get("details")))
                .or(() -> text(error, "status"));
    }

    private static Optional<String> firstReason(JsonElement list) {
        if (!(list instanceof JsonArray items)) {
            return Optional.empty();
        }
        for (JsonElement item : items) {
            Optional<String> reason = object(item).flatMap(one -> text(one, "reason"));
            if (reason.isPresent()) {
                return reason;
            }
        }
        return Optional.empty();
    }

    private static Optional<JsonObject> object(JsonElement element) {
        return element instanceof JsonObject object ? Optional.of(object) : Optional.empty();
    }

    private static Optional<String> text(JsonObject object, String name) {
        JsonElement value = object.get(name);
        return value != null && value.isJsonPrimitive() ? Optional.of(value.getAsString()) : Optional.empty();
    }

    private static Optional<Duration> retryAfter(String seconds) {
        try {
            long value = Long.parseLong(seconds.strip());
            return Optional.of(Duration.ofSeconds(Math.clamp(value, 0, MAX_RETRY_AFTER_SECONDS)));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static String deepest(Throwable exception) {
        Throwable cause = exception;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getClass().getSimpleName() + (cause.getMessage() == null ? "" : ": " + cause.getMessage());
    }
}
