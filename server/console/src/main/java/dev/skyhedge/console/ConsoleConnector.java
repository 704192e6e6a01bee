package dev.skyhedge.console;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/// Accepts clients of the console: only so many from one address, and only such as finish the header of a request in
/// time. Jetty's idle timeout begins again with every byte, which a client that sends one now and then outlives.
final class ConsoleConnector extends ServerConnector {
    /// From the connection to the end of the first header.
    static final Duration HEADER_LIMIT = Duration.ofSeconds(5);
    /// From one answer to the end of the next header.
    private static final Duration NEXT_HEADER_LIMIT = Duration.ofSeconds(30);
    private static final Duration SWEEP = Duration.ofSeconds(1);

    private final int perAddress;
    private final Map<EndPoint, Long> headerDue = new ConcurrentHashMap<>();
    private final Map<String, Integer> connections = new HashMap<>();

    /// @param perAddress connections of one address at once
    ConsoleConnector(Server server, HttpConnectionFactory http, int perAddress) {
        super(server, 1, 1, http);
        this.perAddress = perAddress;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        sweep();
    }

    private void sweep() {
        long now = System.nanoTime();
        headerDue.forEach((endPoint, due) -> {
            if (now - due > 0) {
                endPoint.close();
            }
        });
        if (!isStopped() && !isStopping()) {
            getScheduler().schedule(this::sweep, SWEEP.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    @Override
    protected void onEndPointOpened(EndPoint endPoint) {
        super.onEndPointOpened(endPoint);
        int open;
        synchronized (connections) {
            open = connections.merge(address(endPoint), 1, Integer::sum);
        }
        headerDue.put(endPoint, System.nanoTime() + HEADER_LIMIT.toNanos());
        if (open > perAddress) {
            endPoint.close();
        }
    }

    @Override
    protected void onEndPointClosed(EndPoint endPoint) {
        headerDue.remove(endPoint);
        synchronized (connections) {
            connections.computeIfPresent(address(endPoint), (_, open) -> open > 1 ? open - 1 : null);
        }
        super.onEndPointClosed(endPoint);
    }

    private static String address(EndPoint endPoint) {
        SocketAddress remote = endPoint.getRemoteSocketAddress();
        return remote instanceof InetSocketAddress internet && internet.getAddress() != null
                ? internet.getAddress().getHostAddress()
                : String.valueOf(remote);
    }

    /// The header of a request has arrived.
    static void begun(Request request) {
        if (connector(request) instanceof ConsoleConnector console) {
            console.headerDue.remove(endPoint(request));
        }
    }

    /// A request was answered; its connection may bring another one.
    static void ended(Request request) {
        EndPoint endPoint = endPoint(request);
        if (connector(request) instanceof ConsoleConnector console && endPoint.isOpen()) {
            console.headerDue.put(endPoint, System.nanoTime() + NEXT_HEADER_LIMIT.toNanos());
        }
    }

    private static Connector connector(Request request) {
        return request.getConnectionMetaData().getConnector();
    }

    private static EndPoint endPoint(Request request) {
        return request.getConnectionMetaData().getConnection().getEndPoint();
    }
}
