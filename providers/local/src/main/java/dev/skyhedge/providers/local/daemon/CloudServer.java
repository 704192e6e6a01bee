package dev.skyhedge.providers.local.daemon;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.skyhedge.providers.local.wire.Fields;
import dev.skyhedge.providers.local.wire.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// The daemon's HTTP API, on loopback only. Every call carries the daemon's secret; all but `events` are POSTs
/// of one JSON object that are answered with one.
final class CloudServer {
    private static final int MAX_BODY_BYTES = 4 << 20;
    private static final int BACKLOG = 256;
    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    private static final int UNAUTHORIZED = 401;
    private static final int NOT_FOUND = 404;
    private static final int FAILED = 500;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final byte[] authorization;
    private final BoxedCloud cloud;
    private final CloudCalls calls;
    private final Idleness idleness;
    private final Set<EventStream> streams = ConcurrentHashMap.newKeySet();

    CloudServer(BoxedCloud cloud, CloudCalls calls, Idleness idleness, String secret) throws IOException {
        this.cloud = cloud;
        this.calls = calls;
        this.idleness = idleness;
        this.authorization = ("Bearer " + secret).getBytes(StandardCharsets.UTF_8);
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
        server.setExecutor(threads);
        server.createContext("/v1/", this::handle);
    }

    int start() {
        server.start();
        return server.getAddress().getPort();
    }

    /// How many clients wait for events.
    int listeners() {
        return streams.size();
    }

    void stop() {
        streams.forEach(EventStream::disturb);
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String given = exchange.getRequestHeaders().getFirst("Authorization");
            byte[] presented = (given == null ? "" : given).getBytes(StandardCharsets.UTF_8);
            if (!MessageDigest.isEqual(presented, authorization)) {
                answer(exchange, UNAUTHORIZED, "{}");
                return;
            }
            idleness.used();
            String path = exchange.getRequestURI().getPath().substring("/v1/".length());
            switch (path) {
                case "events" -> stream(exchange);
                case "disturb" -> {
                    streams.forEach(EventStream::disturb);
                    answer(exchange, OK, "{}");
                }
                default -> call(exchange, path);
            }
        }
    }

    private void call(HttpExchange exchange, String name) throws IOException {
        try {
            Fields request = Json.read(body(exchange));
            SequencedMap<String, Object> result = calls.call(name, request);
            answer(exchange, result.isEmpty() ? NOT_FOUND : OK, Json.write(result));
        } catch (IllegalArgumentException e) {
            answer(exchange, BAD_REQUEST, Json.write(CloudCalls.problem(e)));
        } catch (RuntimeException e) {
            System.err.println("Call " + name + " failed: " + e);
            answer(exchange, FAILED, Json.write(CloudCalls.problem(e)));
        }
    }

    private static String body(HttpExchange exchange) throws IOException {
        try (InputStream in = exchange.getRequestBody()) {
            byte[] bytes = in.readNBytes(MAX_BODY_BYTES + 1);
            if (bytes.length > MAX_BODY_BYTES) {
                throw new IllegalArgumentException("The request is larger than " + MAX_BODY_BYTES + " bytes");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    private void stream(HttpExchange exchange) throws IOException {
        String lineage = exchange.getRequestHeaders().getFirst("Skyhedge-Lineage");
        if (lineage == null) {
            answer(exchange, BAD_REQUEST, "{}");
            return;
        }
        EventStream stream = new EventStream();
        streams.add(stream);
        try {
            exchange.sendResponseHeaders(OK, 0);
            stream.write(cloud.now(), lineage, exchange.getResponseBody());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            streams.remove(stream);
        }
    }
}
