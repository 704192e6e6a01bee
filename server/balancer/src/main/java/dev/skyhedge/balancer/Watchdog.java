package dev.skyhedge.balancer;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks the balancer's own port what a client would ask, on a thread that has nothing to do with serving: a process
/// that is alive and serves nobody is found out. Thread-safe.
final class Watchdog {
    private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);

    /// Misses in a row until the port counts as silent: one may be a pause of the machine.
    private static final int MISSES = 2;

    private final Duration period;
    private final String path;
    private final IntConsumer announced;
    private final Thread thread =
            Thread.ofPlatform().daemon().name("balancer-watchdog").unstarted(this::run);
    private volatile @Nullable InetSocketAddress address;
    private volatile long answeredAt;
    private volatile int misses;
    private final AtomicLong answers = new AtomicLong();

    /// @param period between questions, and how long each may take
    /// @param path that no client knows; see [ForwardingHandler]
    /// @param announced told the port that a question will come from, before it does, and 0 when
    ///     that port is about to be free for others
    Watchdog(Duration period, String path, IntConsumer announced) {
        this.period = period;
        this.path = path;
        this.announced = announced;
    }

    /// @param listening where the balancer listens; a wildcard address is asked through loopback
    void start(InetSocketAddress listening) {
        address = listening.getAddress().isAnyLocalAddress()
                ? new InetSocketAddress("localhost", listening.getPort())
                : listening;
        answeredAt = System.nanoTime();
        thread.start();
    }

    void stop() {
        thread.interrupt();
    }

    /// For how long the port has not answered; empty while it does.
    Optional<Duration> silentFor() {
        return misses < MISSES ? Optional.empty() : Optional.of(Duration.ofNanos(System.nanoTime() - answeredAt));
    }

    long answers() {
        return answers.get();
    }

    private void run() {
        try {
            while (true) {
                TimeUnit.NANOSECONDS.sleep(period.toNanos());
                look();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        InetSocketAddress asked = address;
        if (asked == null) {
            return;
        }
        long begun = System.nanoTime();
        String trouble = ask(asked);
        if (trouble.isEmpty()) {
            if (misses >= MISSES) {
                LOG.warn("{} answers again", asked);
            }
            answers.incrementAndGet();
            answeredAt = begun;
            misses = 0;
        } else {
            int now = misses + 1;
            misses = now;
            if (now == MISSES) {
                LOG.error("{} does not answer its own process: {}", asked, trouble);
            }
        }
    }

    /// What went wrong; empty for a good answer.
    private String ask(InetSocketAddress asked) {
        int millis = Math.toIntExact(period.toMillis());
        try (Socket socket = new Socket()) {
            socket.bind(null);
            announced.accept(socket.getLocalPort());
            return ask(asked, socket, millis);
        } catch (IOException failed) {
            return String.valueOf(failed.getMessage());
        }
    }

    private String ask(InetSocketAddress asked, Socket socket, int millis) throws IOException {
        try {
            socket.connect(asked, millis);
            socket.setSoTimeout(millis);
            String request = "GET " + path + " HTTP/1.1\r\nHost: watchdog\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return socket.getInputStream().read() == 'H' ? "" : "the connection was closed";
        } finally {
            announced.accept(0);
        }
    }
}
