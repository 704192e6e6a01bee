package dev.skyhedge.load;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/// What went wrong with a request, as one word: `status_503`, `connect`, `timeout`, `cut`, `not_sent`,
/// `other`.
final class ErrorKind {
    /// The limit of requests in flight was reached.
    static final String NOT_SENT = "not_sent";

    private ErrorKind() {}

    /// Empty for a status that means success.
    static Optional<String> ofStatus(int status) {
        return status >= 200 && status < 300 ? Optional.empty() : Optional.of("status_" + status);
    }

    static String of(Throwable failure) {
        return switch (failure) {
            case ConnectException _, HttpConnectTimeoutException _ -> "connect";
            case TimeoutException _ -> "timeout";
            case IOException _ -> "cut";
            default -> "other";
        };
    }
}
