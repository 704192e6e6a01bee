package dev.skyhedge.providers.gcp;

import com.google.api.client.http.HttpResponseException;
import com.google.api.gax.rpc.ApiException;
import com.google.cloud.compute.v1.Errors;
import com.google.cloud.compute.v1.Operation;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Optional;

/// What Google said when it did not do something, taken from wherever it says so: the body of a refused call, or
/// the error of an operation that was accepted and failed.
///
/// @param status HTTP status; 0 if there was no answer
/// @param code the reason (`quotaExceeded`) or the operation's error code (`ZONE_RESOURCE_POOL_EXHAUSTED`); empty
///     if none was given
/// @param message Google's words, one line
/// @param retryAfter when to come again, if Google says
record GoogleRefusal(int status, String code, String message, Optional<Duration> retryAfter) {
    private static final int MAX_MESSAGE = 400;
    private static final long MAX_RETRY_AFTER_SECONDS = 3_600;

    GoogleRefusal {
        String line = message.replaceAll("\\s+", " ").strip();
        message = line.length() > MAX_MESSAGE ? line.substring(0, MAX_MESSAGE) + "…" : line;
    }

    /// Reads a failed call.
    static GoogleRefusal of(ApiException exception) {
        for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
            if (cause instanceof HttpResponseException response) {
                return ofResponse(response);
            }
        }
        return new GoogleRefusal(0, "", "no answer: " + deepest(exception), Optional.empty());
    }

    private static GoogleRefusal ofResponse(HttpResponseException response) {
        Optional<Duration> retryAfter = Optional.ofNullable(response.getHeaders())
                .map(headers -> headers.getRetryAfter())
                .flatMap(GoogleRefusal::retryAfter);
        int status = response.getStatusCode();
        Optional<JsonObject> error = error(response.getContent());
        String code = error.flatMap(GoogleRefusal::reason).orElse("");
        String message = error.flatMap(one -> text(one, "message")).orElse("HTTP " + status + " without an explanation");
        return new GoogleRefusal(status, code, message, retryAfter);
    }

    /// Reads a failed operation; empty if it did not fail.
    static Optional<GoogleRefusal> of(Operation operation) {
        if (operation.getError().getErrorsCount() > 0) {
            Errors first = operation.getError().getErrors(0);
            return Optional.of(new GoogleRefusal(
                    operation.getHttpErrorStatusCode(), first.getCode(), first.getMessage(), Optional.empty()));
        }
        if (operation.getHttpErrorStatusCode() != 0 || operation.hasError()) {
            return Optional.of(new GoogleRefusal(
                    operation.getHttpErrorStatusCode(), "", operation.getHttpErrorMessage(), Optional.empty()));
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
        return firstReason(error.get("errors")).or(() -> firstReason(error.get("details"))).or(() -> text(error, "status"));
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
        } catch (NumberFormatException | DateTimeException e) {
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

    /// Google's words with its code, for people.
    @Override
    public String toString() {
        return (code.isEmpty() ? "" : code + ": ") + message;
    }
}
