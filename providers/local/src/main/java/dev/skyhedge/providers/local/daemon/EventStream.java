package dev.skyhedge.providers.local.daemon;

import dev.skyhedge.providers.local.wire.EventWire;
import dev.skyhedge.providers.local.wire.Json;
import dev.skyhedge.providers.local.wire.Wire;
import dev.skyhedge.providers.simulated.Cloud;
import dev.skyhedge.spi.ProviderEvent;
import dev.skyhedge.spi.Subscription;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// One client's events, a JSON object a line, until the client goes away. An empty line now and then shows that
/// the connection lives.
final class EventStream {
    private static final int MAX_WAITING = 10_000;

    /// Well below the client's read timeout.
    private static final Duration HEARTBEAT = Duration.ofSeconds(3);

    private final BlockingQueue<ProviderEvent> waiting = new LinkedBlockingQueue<>(MAX_WAITING);
    private volatile boolean broken;

    /// Breaks the connection, so that the client must connect again.
    void disturb() {
        broken = true;
        waiting.clear();
        offer(new ProviderEvent.Gap("disturbed"));
    }

    private void offer(ProviderEvent event) {
        if (!waiting.offer(event)) {
            broken = true;
        }
    }

    /// Writes until the stream is disturbed, has more waiting than it may, or the client is gone.
    void write(Cloud cloud, String lineage, OutputStream to) throws IOException, InterruptedException {
        try (Subscription subscription = cloud.events(lineage, this::offer)) {
            line(to, Json.write(Wire.object("event", "open")));
            while (!broken) {
                ProviderEvent event = waiting.poll(HEARTBEAT.toMillis(), TimeUnit.MILLISECONDS);
                if (!broken) {
                    line(to, event == null ? "" : Json.write(EventWire.write(event)));
                }
            }
            subscription.close();
        }
    }

    private static void line(OutputStream to, String text) throws IOException {
        to.write((text + "\n").getBytes(StandardCharsets.UTF_8));
        to.flush();
    }
}
