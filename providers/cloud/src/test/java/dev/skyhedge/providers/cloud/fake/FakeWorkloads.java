package dev.skyhedge.providers.cloud.fake;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// A small web server in place of the workload of every running instance, at the instance's own loopback address,
/// so that probes of readiness succeed. It answers everything with its instance's id. Thread-safe.
public final class FakeWorkloads implements AutoCloseable {
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, HttpServer> servers = new TreeMap<>();

    /// Starts and stops them as instances have come and gone.
    ///
    /// @param running where each running instance is to be answered for, by its id
    public synchronized void follow(Map<String, InetSocketAddress> running) throws IOException {
        for (Map.Entry<String, InetSocketAddress> instance : running.entrySet()) {
            if (!servers.containsKey(instance.getKey())) {
                servers.put(instance.getKey(), start(instance.getKey(), instance.getValue()));
            }
        }
        servers.entrySet().removeIf(server -> {
            boolean gone = !running.containsKey(server.getKey());
            if (gone) {
                server.getValue().stop(0);
            }
            return gone;
        });
    }

    private HttpServer start(String id, InetSocketAddress address) throws IOException {
        HttpServer server = HttpServer.create(address, 0);
        byte[] answer = (id + "\n").getBytes(StandardCharsets.UTF_8);
        server.createContext("/", http -> {
            try (http) {
                http.getRequestBody().readAllBytes();
                http.sendResponseHeaders(200, answer.length);
                http.getResponseBody().write(answer);
            }
        });
        server.setExecutor(threads);
        server.start();
        return server;
    }

    @Override
    public synchronized void close() {
        servers.values().forEach(server -> server.stop(0));
        servers.clear();
        threads.close();
    }
}
