package dev.skyhedge.engine.testing;

import com.sun.net.httpserver.HttpServer;
import dev.skyhedge.spi.Endpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/// One server on loopback that stands for all replicas and answers every request with 200.
public final class AnsweringReplicas implements AutoCloseable {
    private final HttpServer server;

    public AnsweringReplicas() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
    }

    /// Where it listens.
    public Endpoint endpoint() {
        return new Endpoint("127.0.0.1", server.getAddress().getPort());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
