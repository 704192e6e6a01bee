package dev.skyhedge.providers.kubernetes.fake;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/// The wire: HTTP, JSON, watches as streams of lines. A path, verb or parameter that is not known is refused.
public final class ApiServer implements AutoCloseable {
    public static final String NAMESPACE = "ml";
    private static final int MAX_BODY = 1 << 20;

    private final FakeCluster cluster;
    private final Answers answers;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Deque<Fault>> faults = new HashMap<>();
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private Instant second = Instant.MIN;
    private int callsInSecond;
    private volatile boolean down;

    public ApiServer(FakeCluster cluster) throws IOException {
        this(cluster, 0);
    }

    public ApiServer(FakeCluster cluster, int port) throws IOException {
        this.cluster = cluster;
        this.answers = new Answers(cluster);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    public String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /// What was called, such as `POST pods`, in order.
    public List<String> calls() {
        return List.copyOf(calls);
    }

    /// Answers every call with HTTP 500 without an effect, or none any more; a watch that is open stays so.
    void down(boolean whole) {
        down = whole;
    }

    /// Lets the next call of this name go wrong, after those that already will.
    public synchronized void fault(String call, Fault fault) {
        faults.computeIfAbsent(call, name -> new ArrayDeque<>()).add(fault);
    }

    public synchronized void noFaults() {
        faults.clear();
    }

    /// Refuses, from now on, to say whether a list that has been begun goes on.
    public void expireLists() {
        answers.expireLists();
    }

    /// What the caller may not do, such as `list nodes`.
    public void forbid(String action) {
        answers.forbid(action);
    }

    /// How many watch at the moment.
    public int watching() {
        return cluster.watches().count();
    }

    /// Ends every watch because what it knows is too old.
    public void expireWatches() {
        cluster.watches().expire();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Call call;
            try {
                call = read(exchange);
            } catch (Refusal refusal) {
                calls.add("refused: " + refusal.text());
                refuse(exchange, refusal);
                return;
            }
            calls.add(call.name());
            answer(exchange, call);
        } catch (UncheckedIOException lost) {
            throw lost.getCause();
        }
    }

    private void answer(HttpExchange exchange, Call call) throws IOException {
        if (down) {
            refuse(exchange, new Refusal(500, "InternalError", "etcdserver: request timed out"));
            return;
        }
        Fault fault = next(call.name());
        if (fault instanceof Fault.CallLost) {
            return;
        }
        try {
            switch (fault) {
                case Fault.Refused(int status, String reason, String message) ->
                    throw new Refusal(status, reason, message);
                case Fault.Throttled(var retryAfter) -> {
                    exchange.getResponseHeaders().set("Retry-After", String.valueOf(retryAfter.toSeconds()));
                    send(exchange, 429, "text/plain", "Too many requests, please try again later.\n");
                    return;
                }
                case Fault.None none -> paced();
                case Fault.ReplyLost lost -> paced();
                case Fault.CallLost lost -> paced();
                case Fault.PageAfterEffect page -> paced();
            }
            if (call.name().equals("WATCH pods")) {
                answers.permit(call);
                watch(exchange, call);
                return;
            }
            Answers.Answer answer = answers.answer(call);
            if (fault instanceof Fault.ReplyLost) {
                return;
            }
            if (fault instanceof Fault.PageAfterEffect(int status)) {
                send(exchange, status, "text/html", "<html><body>Bad gateway</body></html>");
                return;
            }
            send(exchange, answer.status(), answer.type(), answer.body());
        } catch (Refusal refusal) {
            refuse(exchange, refusal);
        }
    }

    private synchronized Fault next(String name) {
        Deque<Fault> waiting = faults.getOrDefault(name, new ArrayDeque<>());
        return waiting.isEmpty() ? new Fault.None() : waiting.remove();
    }

    private synchronized void paced() {
        int most = cluster.rules().callsPerSecond();
        Instant now = Instant.ofEpochSecond(cluster.now().getEpochSecond());
        callsInSecond = now.equals(second) ? callsInSecond + 1 : 1;
        second = now;
        if (most > 0 && callsInSecond > most) {
            throw new Refusal(429, "TooManyRequests", "the server has received too many requests");
        }
    }

    private static Call read(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY);
        Map<String, String> query = new TreeMap<>();
        String raw = exchange.getRequestURI().getRawQuery();
        for (String part : raw == null || raw.isEmpty() ? List.<String>of() : List.of(raw.split("&", -1))) {
            String[] pair = part.split("=", 2);
            query.put(
                    URLDecoder.decode(pair[0], StandardCharsets.UTF_8),
                    URLDecoder.decode(pair.length > 1 ? pair[1] : "", StandardCharsets.UTF_8));
        }
        return Call.of(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getPath(),
                query,
                new String(body, StandardCharsets.UTF_8));
    }

    private void watch(HttpExchange exchange, Call call) throws IOException {
        if ("websocket".equalsIgnoreCase(exchange.getRequestHeaders().getFirst("Upgrade"))) {
            throw new Refusal(503, "ServiceUnavailable", "no web sockets here");
        }
        var selector = Selector.parse(call.query("labelSelector"));
        Watches.Watcher watcher = cluster.watches().open(selector);
        try {
            if (call.query("resourceVersion").isEmpty()) {
                for (ObjectNode pod : new ArrayList<>(cluster.podList())) {
                    if (selector.test(Json.texts(pod.path("metadata").path("labels")))) {
                        watcher.hear("ADDED", pod);
                    }
                }
            }
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, 0);
            while (true) {
                String line = watcher.lines().poll(1, TimeUnit.SECONDS);
                if (Watches.END.equals(line)) {
                    return;
                }
                if (line != null) {
                    exchange.getResponseBody().write(line.getBytes(StandardCharsets.UTF_8));
                    exchange.getResponseBody().flush();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            cluster.watches().close(watcher);
        }
    }

    private static void refuse(HttpExchange exchange, Refusal refusal) throws IOException {
        ObjectNode status = Json.object();
        status.put("kind", "Status")
                .put("apiVersion", "v1")
                .put("status", "Failure")
                .put("message", refusal.text())
                .put("reason", refusal.reason())
                .put("code", refusal.status());
        if (refusal.status() == 429) {
            status.putObject("details").put("retryAfterSeconds", 1);
        }
        send(exchange, refusal.status(), "application/json", status.toString());
    }

    private static void send(HttpExchange exchange, int status, String type, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        cluster.watches().endAll();
        server.stop(0);
        threads.shutdownNow();
    }
}
