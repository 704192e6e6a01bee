package dev.skyhedge.providers.local;

import dev.skyhedge.providers.local.wire.FailureWire;
import dev.skyhedge.providers.local.wire.Fields;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Outcome;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Calls whichever daemon has the directory, and starts one if the last has died.
final class DaemonConnection {
    static final Duration CALL_TIME = Duration.ofSeconds(30);

    private final DaemonFiles files;
    private final String settings;
    private volatile Optional<DaemonClient> client = Optional.empty();

    DaemonConnection(DaemonFiles files, String settings) {
        this.files = files;
        this.settings = settings;
    }

    /// Sees to it that a daemon with our settings runs.
    void ensure() throws IOException {
        Optional<LocalCloud.Status> running = new LocalCloud(files.directory()).status();
        if (running.isEmpty() || !running.get().settings().equals(settings)) {
            new DaemonStarter(files).start(settings);
        }
        client = files.readAddress().map(DaemonClient::new);
    }

    /// The client for the daemon as it was last found.
    DaemonClient client() throws IOException {
        if (client.isEmpty()) {
            ensure();
        }
        return client.orElseThrow(() -> new IOException("No cloud in a box runs in " + files.directory()));
    }

    /// One call. A daemon that cannot be connected to has not heard it, so it is repeated once, to a new one;
    /// anything else that goes wrong leaves the outcome unknown.
    <T> Outcome<T> call(String name, Map<String, Object> request, Function<Fields, T> read) {
        try {
            Fields answer;
            try {
                answer = client().call(name, request, CALL_TIME);
            } catch (ConnectException e) {
                ensure();
                answer = client().call(name, request, CALL_TIME);
            }
            Optional<Fields> failure = answer.optionalObject("failure");
            return failure.isPresent()
                    ? Outcome.failed(FailureWire.failure(failure.get()))
                    : Outcome.done(read.apply(answer));
        } catch (IOException | IllegalArgumentException e) {
            return Outcome.failed(new Failure.OutcomeUnknown("The cloud in a box gave no answer: " + e.getMessage()));
        }
    }
}
