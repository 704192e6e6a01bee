package dev.skyhedge.providers.local;

import dev.skyhedge.providers.local.wire.FailureWire;
import dev.skyhedge.providers.local.wire.Fields;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Outcome;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Calls whichever daemon has the directory, and starts one if the last has died.
final class DaemonConnection {
    static final Duration CALL_TIME = Duration.ofSeconds(30);

    /// What changes nothing, or nothing more the second time.
    private static final Set<String> REPEATABLE = Set.of("offers", "observe", "logs", "terminate");

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

    /// One call. Whatever goes wrong and may not be repeated leaves the outcome unknown.
    <T> Outcome<T> call(String name, Map<String, Object> request, Function<Fields, T> read) {
        try {
            Fields answer = answer(name, request);
            Optional<Fields> failure = answer.optionalObject("failure");
            return failure.isPresent()
                    ? Outcome.failed(FailureWire.failure(failure.get()))
                    : Outcome.done(read.apply(answer));
        } catch (IOException | IllegalArgumentException e) {
            return Outcome.failed(new Failure.OutcomeUnknown("The cloud in a box gave no answer: " + e.getMessage()));
        }
    }

    /// A daemon may end at any time. One that cannot be connected to has not heard the call, so a new one is asked
    /// once; one that hung up may have heard it, so a new one is asked what may be asked twice.
    private Fields answer(String name, Map<String, Object> request) throws IOException {
        try {
            return client().call(name, request, CALL_TIME);
        } catch (SocketException e) {
            if (!(e instanceof ConnectException) && !REPEATABLE.contains(name)) {
                throw e;
            }
            ensure();
            return client().call(name, request, CALL_TIME);
        }
    }
}
