package dev.skyhedge.load;

import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;

/// What to send, and how fast.
///
/// @param uri `http` or `https`
/// @param method such as `POST`
/// @param body sent with every request, if any
/// @param headers sent with every request
/// @param requestsPerSecond intended rate, above 0, at most [#MAX_RATE]; it is held however slow the answers are
/// @param duration for which requests are sent; rate times duration is at most [#MAX_REQUESTS]
/// @param arrivals how requests are spaced
/// @param seed of random spacing
/// @param timeout for one request from its sending to the last byte of its answer
/// @param concurrencyLimit requests in flight at a time; one that would exceed it is not sent and counts as an
///     error
/// @param hangUpShare of the requests whose client hangs up in the middle of the answer, 0 to 1
public record LoadRequest(
        URI uri,
        String method,
        Optional<String> body,
        SequencedMap<String, String> headers,
        double requestsPerSecond,
        Duration duration,
        Arrivals arrivals,
        long seed,
        Duration timeout,
        int concurrencyLimit,
        double hangUpShare) {
    /// Highest rate that one machine may be asked for.
    public static final double MAX_RATE = 100_000;

    /// Most requests of a run; the latency of each is kept.
    public static final long MAX_REQUESTS = 20_000_000;

    /// How requests are spaced.
    public enum Arrivals {
        /// One every 1/rate seconds.
        CONSTANT,
        /// As independent users come: exponentially distributed gaps.
        POISSON
    }

    public LoadRequest {
        headers = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(headers));
        String scheme = Objects.requireNonNullElse(uri.getScheme(), "").toLowerCase(Locale.ROOT);
        require(scheme.equals("http") || scheme.equals("https"), "The URL must start with http:// or https://: " + uri);
        require(uri.getHost() != null, "The URL has no host: " + uri);
        require(requestsPerSecond > 0 && requestsPerSecond <= MAX_RATE, "The rate must be above 0, up to " + MAX_RATE);
        require(duration.isPositive(), "The duration must be positive: " + duration);
        require(timeout.isPositive(), "The timeout must be positive: " + timeout);
        require(concurrencyLimit > 0, "The concurrency limit must be positive: " + concurrencyLimit);
        require(hangUpShare >= 0 && hangUpShare <= 1, "The share that hangs up must be 0% to 100%");
        require(
                requestsPerSecond * duration.toSeconds() <= MAX_REQUESTS,
                "A run may have " + MAX_REQUESTS + " requests; lower the rate or the duration");
    }

    /// A `GET` at a constant rate with a timeout of 30 s and up to 1,000 requests in flight.
    public static LoadRequest get(URI uri, double requestsPerSecond, Duration duration) {
        return new LoadRequest(
                uri,
                "GET",
                Optional.empty(),
                new LinkedHashMap<>(),
                requestsPerSecond,
                duration,
                Arrivals.CONSTANT,
                0,
                Duration.ofSeconds(30),
                1000,
                0);
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
