package dev.skyhedge.specs;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;

/// How a replica is found ready: an HTTP request that it answers well.
///
/// @param path path and query, starting with `/`; default `/`
/// @param method default `GET`
/// @param body request body, if any
/// @param headers extra request headers
/// @param status the one status that means ready; empty means any 2xx
/// @param https whether to ask by TLS, without verifying the certificate's name
/// @param period time between probes; default 5 s
/// @param timeout time for one probe; default 3 s
/// @param initialDelay time that a replica may take from launch until it is first ready; default 20 min
/// @param failureTimeout time that probes of a once ready replica may fail until it is replaced; default 3 min
/// @param successThreshold consecutive good probes until ready; default 1
/// @param failureThreshold consecutive bad probes until not ready; default 1
public record ReadinessSpec(
        String path,
        String method,
        Optional<String> body,
        SequencedMap<String, String> headers,
        OptionalInt status,
        boolean https,
        Duration period,
        Duration timeout,
        Duration initialDelay,
        Duration failureTimeout,
        int successThreshold,
        int failureThreshold) {

    /// What holds where the spec says nothing.
    public static final ReadinessSpec DEFAULT = new ReadinessSpec(
            "/",
            "GET",
            Optional.empty(),
            new LinkedHashMap<>(),
            OptionalInt.empty(),
            false,
            Duration.ofSeconds(5),
            Duration.ofSeconds(3),
            Duration.ofMinutes(20),
            Duration.ofMinutes(3),
            1,
            1);

    public ReadinessSpec {
        headers = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(headers));
    }

    /// The same with another time to get ready in.
    public ReadinessSpec within(Duration otherInitialDelay) {
        return new ReadinessSpec(
                path,
                method,
                body,
                headers,
                status,
                https,
                period,
                timeout,
                otherInitialDelay,
                failureTimeout,
                successThreshold,
                failureThreshold);
    }
}
