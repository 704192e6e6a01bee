package dev.skyhedge.load.engine;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// A [FakeEngine] on a socket. Thread-safe.
public final class FakeEngineServer implements AutoCloseable {
    private static final String REQUEST_ID = "X-Request-Id";
    private static final long NANOS_OF_SECOND = 1_000_000_000;

    static {
        // Events are small: none may wait until the one before it is acknowledged.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final FakeEngine engine;
    private final InstantSource clock;
    private final HttpServer server;
    private final ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger lastId = new AtomicInteger();
    private final Mishap mishap;
    /// In the order in which they came.
    private final Semaphore slots;

    /// What goes wrong with a stream, for tests.
    @FunctionalInterface
    public interface Mishap {
        Mishap NONE = (request, event) -> Harm.NONE;

        /// @param request which one of this server, from 1
        /// @param event which one of its stream, from 0
        Harm before(int request, int event);

        enum Harm {
            NONE,
            /// The process ends: this stream and all others break, and nothing listens any more.
            DIE,
            /// This connection breaks.
            BREAK,
            /// It breaks in the middle of the event.
            BREAK_INSIDE,
            /// The answer ends here as if it were whole.
            END,
            /// An event says that the engine failed, and the answer ends.
            FAIL
        }
    }

    private static final String ENGINE_FAILED =
            "{\"error\":{\"message\":\"EngineCore encountered an issue.\",\"type\":\"InternalServerError\",\"code\":500}}";

    private FakeEngineServer(FakeEngine engine, InstantSource clock, HttpServer server, Mishap mishap) {
        this.engine = engine;
        this.clock = clock;
        this.server = server;
        this.mishap = mishap;
        int most = engine.settings().slots();
        this.slots = new Semaphore(most == 0 ? Integer.MAX_VALUE : most, true);
    }

    /// Listens and serves.
    ///
    /// @param port 0 for a free one
    /// @throws IOException the address cannot be had
    public static FakeEngineServer start(
            String host, int port, EngineSettings settings, InstantSource clock, Mishap mishap) throws IOException {
        HttpServer http = HttpServer.create(new InetSocketAddress(host, port), 0);
        var server = new FakeEngineServer(new FakeEngine(settings), clock, http, mishap);
        http.setExecutor(server.requests);
        http.createContext("/", server::serve);
        http.start();
        return server;
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /// Completions that were asked of it.
    public int completions() {
        return lastId.get();
    }

    /// Breaks the connection by throwing: to close the exchange would end the answer as if it were whole.
    private void serve(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String path = exchange.getRequestURI().getPath();
        boolean completes = path.equals(FakeEngine.CHAT) || path.equals(FakeEngine.COMPLETIONS);
        int number = completes ? lastId.incrementAndGet() : 0;
        String given = exchange.getRequestHeaders().getFirst(REQUEST_ID);
        String id = given == null ? Integer.toString(number) : given;
        switch (engine.answer(path, body, id, clock.instant().getEpochSecond())) {
            case FakeEngine.Reply.Whole whole -> write(exchange, whole);
            case FakeEngine.Reply.Events(Iterator<String> events) -> {
                slots.acquireUninterruptibly();
                try {
                    write(exchange, number, events);
                } finally {
                    slots.release();
                }
            }
        }
    }

    private static void write(HttpExchange exchange, FakeEngine.Reply.Whole whole) throws IOException {
        byte[] bytes = whole.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(whole.status(), bytes.length == 0 ? -1 : bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    private void write(HttpExchange exchange, int request, Iterator<String> events) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream; charset=utf-8");
        exchange.sendResponseHeaders(200, 0);
        OutputStream out = exchange.getResponseBody();
        for (int index = 0; events.hasNext(); index++) {
            pace(index);
            byte[] event = event(events.next());
            switch (mishap.before(request, index)) {
                case NONE -> out.write(event);
                case DIE -> {
                    server.stop(0);
                    return;
                }
                case BREAK -> throw new IOException("broken for a test");
                case BREAK_INSIDE -> {
                    out.write(event, 0, event.length / 2);
                    out.flush();
                    throw new IOException("broken for a test");
                }
                case END -> {
                    out.close();
                    return;
                }
                case FAIL -> {
                    out.write(event(ENGINE_FAILED));
                    out.write(event(FakeEngine.DONE));
                    out.close();
                    return;
                }
            }
            out.flush();
        }
        out.close();
    }

    private static byte[] event(String data) {
        return ("data: " + data + "\n\n").getBytes(StandardCharsets.UTF_8);
    }

    private void pace(int index) throws IOException {
        double perSecond = engine.settings().tokensPerSecond();
        if (perSecond > 0 && index > 0) {
            long nanos = (long) (NANOS_OF_SECOND * engine.settings().tokensPerChunk() / perSecond);
            try {
                TimeUnit.NANOSECONDS.sleep(nanos);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new IOException("stopped while it answered", stopped);
            }
        }
    }

    /// Ends at once, in the middle of whatever it answers.
    @Override
    public void close() {
        server.stop(0);
        requests.shutdownNow();
    }
}
