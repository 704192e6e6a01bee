package dev.skyhedge.balancer;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/// An answer of the balancer itself, with a body shaped like the errors of the OpenAI API.
///
/// @param status HTTP status
/// @param code stable word for programs: lower case, underscores
/// @param message for people; our own words only, nothing of the request
record Refusal(int status, String code, String message) {
    private static final int MILLIS_OF_SECOND = 1_000;
    private static final int UNAUTHORIZED = 401;
    static final Refusal METHOD = new Refusal(405, "method_not_allowed", "This method is not served.");
    static final Refusal BAD_REQUEST = new Refusal(400, "bad_request", "The request is not valid HTTP.");
    static final Refusal TOO_LARGE = new Refusal(413, "body_too_large", "The request body is too large.");
    static final Refusal SLOW_CLIENT = new Refusal(408, "request_timeout", "The request body did not arrive in time.");
    static final Refusal UPGRADE = new Refusal(
            501, "upgrade_not_supported", "Connections are not upgraded here: WebSockets and the like do not pass.");
    static final Refusal OVERLOADED =
            new Refusal(503, "overloaded", "Too many requests are in progress. Please retry later.");
    static final Refusal NO_REPLICA = new Refusal(503, "no_replica", "No replica is ready. Please retry later.");
    static final Refusal SATURATED =
            new Refusal(503, "saturated", "Too many requests wait for a replica. Please retry later.");
    static final Refusal FULL =
            new Refusal(429, "replicas_full", "All replicas have as many requests as they take. Please retry later.");
    static final Refusal NO_KEY =
            new Refusal(401, "invalid_api_key", "This needs a valid key, as Authorization: Bearer KEY.");
    static final Refusal KEY_REQUESTS = new Refusal(
            429, "rate_limit_exceeded", "This key has sent as many requests as it may. Please retry later.");
    static final Refusal KEY_TOKENS =
            new Refusal(429, "rate_limit_exceeded", "This key has used as many tokens as it may. Please retry later.");
    static final Refusal KEY_IN_FLIGHT = new Refusal(
            429, "rate_limit_exceeded", "This key has as many requests in progress as it may. Please retry later.");
    static final Refusal STOPPING = new Refusal(503, "stopping", "The service is stopping. Please retry later.");
    static final Refusal BROKEN = new Refusal(502, "replica_failed", "The replica failed before it answered.");
    static final Refusal OUT_OF_TIME = new Refusal(504, "out_of_time", "The request has taken longer than it may.");
    static final Refusal SLOW = new Refusal(504, "replica_timeout", "The replica did not answer in time.");

    /// The last event of a stream whose replica is gone. No `[DONE]` follows.
    static final ByteBuffer REPLICA_LOST = ByteBuffer.wrap(("data: {\"error\":{\"message\":"
                            + "\"The replica was lost before the answer was complete.\","
                            + "\"type\":\"replica_lost\",\"code\":\"stream_interrupted\"}}\n\n")
                    .getBytes(StandardCharsets.US_ASCII))
            .asReadOnlyBuffer();

    byte[] body() {
        String type = status == 429 ? "rate_limit_error" : status < 500 ? "invalid_request_error" : "server_error";
        return ("{\"error\":{\"message\":\"" + message + "\",\"type\":\"" + type + "\",\"code\":\"" + code + "\"}}\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    /// Writes it as the whole response.
    ///
    /// @param retryAfter when the client should come back; empty to say nothing of it
    void write(Response response, Optional<Duration> retryAfter, Callback callback) {
        fill(response);
        retryAfter.ifPresent(wait -> response.getHeaders().put(HttpHeader.RETRY_AFTER, seconds(wait)));
        response.write(true, ByteBuffer.wrap(body()), callback);
    }

    /// Rounded up: who comes back too early is refused again.
    private static String seconds(Duration wait) {
        return Long.toString(Math.max(1, wait.plusMillis(MILLIS_OF_SECOND - 1).toSeconds()));
    }

    /// Writes it as the whole response, and ends the connection.
    void writeAndClose(Response response, Callback callback) {
        fill(response);
        response.getHeaders().put(HttpHeader.CONNECTION, "close");
        response.write(true, ByteBuffer.wrap(body()), callback);
    }

    private void fill(Response response) {
        response.reset();
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body().length);
        if (status == UNAUTHORIZED) {
            response.getHeaders().put(HttpHeader.WWW_AUTHENTICATE, "Bearer");
        }
    }
}
