package dev.skyhedge.providers.local;

import dev.skyhedge.providers.local.wire.EventWire;
import dev.skyhedge.providers.local.wire.Fields;
import dev.skyhedge.providers.local.wire.Json;
import dev.skyhedge.spi.BackOff;
import dev.skyhedge.spi.ProviderEvent;
import dev.skyhedge.spi.ProviderListener;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Reads a lineage's events on a thread of its own and connects again whenever the stream breaks.
final class EventReader {
    private static final Duration SILENCE = Duration.ofSeconds(10);
    private static final Duration FIRST_CONNECT_TIME = Duration.ofSeconds(5);
    private static final BackOff RESTS = new BackOff(Duration.ofMillis(20), Duration.ofSeconds(2));

    private final DaemonConnection daemon;
    private final String lineage;
    private final ProviderListener listener;
    private final CountDownLatch opened = new CountDownLatch(1);
    private final AtomicReference<@Nullable HttpURLConnection> connection = new AtomicReference<>();
    private final Thread thread;
    private volatile boolean closed;
    private boolean disturbed;
    private Duration rest = RESTS.first();

    EventReader(DaemonConnection daemon, String lineage, ProviderListener listener) {
        this.daemon = daemon;
        this.lineage = lineage;
        this.listener = listener;
        this.thread = Thread.ofVirtual().name("events of " + lineage).unstarted(this::read);
    }

    /// Starts reading, and waits a moment for the stream so that what happens from now on is not missed. If it
    /// takes longer, the listener will hear of a gap.
    void start() {
        thread.start();
        try {
            if (!opened.await(FIRST_CONNECT_TIME.toMillis(), TimeUnit.MILLISECONDS)) {
                deliver(new ProviderEvent.Gap("The event stream is not open yet"));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void close() {
        closed = true;
        thread.interrupt();
        HttpURLConnection open = connection.get();
        if (open != null) {
            Thread.ofVirtual().start(open::disconnect);
        }
    }

    private void read() {
        while (!closed) {
            try {
                readStream();
                disturbed = true;
            } catch (IOException | IllegalArgumentException e) {
                disturbed = true;
                rest(e);
            }
        }
    }

    private void readStream() throws IOException {
        HttpURLConnection stream = daemon.client().events(lineage, SILENCE);
        connection.set(stream);
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(stream.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null && !closed; line = lines.readLine()) {
                if (!line.isEmpty()) {
                    take(Json.read(line));
                }
            }
        } finally {
            connection.set(null);
            stream.disconnect();
        }
    }

    private void take(Fields line) {
        if (!line.text("event").equals("open")) {
            deliver(EventWire.event(line));
            return;
        }
        opened.countDown();
        rest = RESTS.first();
        if (disturbed) {
            disturbed = false;
            deliver(new ProviderEvent.Gap("The event stream was interrupted"));
        }
    }

    private synchronized void deliver(ProviderEvent event) {
        if (!closed) {
            listener.on(event);
        }
    }

    private void rest(Exception cause) {
        try {
            if (!closed) {
                Thread.sleep(rest);
                rest = RESTS.longer(rest);
                if (cause instanceof ConnectException) {
                    daemon.ensure();
                }
            }
        } catch (InterruptedException e) {
            closed = true;
        } catch (IOException e) {
            System.getLogger(EventReader.class.getName())
                    .log(System.Logger.Level.DEBUG, "The cloud in a box cannot be reached", e);
        }
    }
}
