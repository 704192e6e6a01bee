package dev.skyhedge.runtime;

import java.nio.file.Path;
import java.time.Duration;

/// How a model server runs.
///
/// @param host address to listen on
/// @param port TCP port; 0 for any that is free
/// @param model name under which the model is served
/// @param threads of one inference, at least 1
/// @param workers inferences at a time, at least 1
/// @param queueLimit requests that may wait for a worker, at least 1; one more is answered 429
/// @param startDelay time to wait before the model is loaded, to imitate a slower one
/// @param grace time that requests in flight get after SIGTERM
/// @param cache directory for unpacked files
public record ServerOptions(
        String host,
        int port,
        String model,
        int threads,
        int workers,
        int queueLimit,
        Duration startDelay,
        Duration grace,
        Path cache) {
    /// The name of the model unless another is given.
    public static final String DEFAULT_MODEL = "all-MiniLM-L6-v2";

    private static final int MAX_PORT = 65535;

    public ServerOptions {
        require("--port", port, 0, MAX_PORT);
        require("--threads", threads, 1, 1024);
        require("--workers", workers, 1, 1024);
        require("--queue-limit", queueLimit, 1, 1_000_000);
    }

    private static void require(String option, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(option + " must be " + min + " to " + max + ", not " + value);
        }
    }
}
