package dev.skyhedge.providers.aws.fake;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;

/// A small web server in place of the workload of every running instance, at the instance's own loopback
/// address, so that probes of readiness succeed. It answers everything with its instance's id.
final class Responders {
    private static final String PORT_TAG = "skyhedge-port";

    private final FakeEc2 cloud;
    private final ExecutorService threads;
    private final Map<String, HttpServer> servers = new HashMap<>();

    Responders(FakeEc2 cloud, ExecutorService threads) {
        this.cloud = cloud;
        this.threads = threads;
    }

    /// Starts and stops them as instances have come and gone.
    synchronized void follow() throws IOException {
        Set<String> running = new HashSet<>();
        for (Rented rented : cloud.live()) {
            if (rented.state().equals("running")) {
                running.add(rented.id());
                if (!servers.containsKey(rented.id())) {
                    servers.put(rented.id(), start(rented));
                }
            }
        }
        servers.entrySet().removeIf(server -> {
            boolean gone = !running.contains(server.getKey());
            if (gone) {
                server.getValue().stop(0);
            }
            return gone;
        });
    }

    private HttpServer start(Rented rented) throws IOException {
        int port = Integer.parseInt(rented.tags().getOrDefault(PORT_TAG, "8000"));
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getByName(rented.address()), port), 0);
        byte[] answer = (rented.id() + "\n").getBytes(StandardCharsets.UTF_8);
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

    synchronized void close() {
        servers.values().forEach(server -> server.stop(0));
        servers.clear();
    }
}
