package dev.skyhedge.console;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/// The admin port's HTTP server: `/healthz`, `/readyz`, `/metrics`, `/api/status`, `/api/events`,
/// `POST /api/reconcile`, `POST /v1/notices`, and the page at `/` with what it reads below `/v1/`. It has no accounts:
/// whoever reaches the port may read all of it, which is why it stays on the loopback address unless there is a token
/// that readers have to know. Notices, which prove their right by
/// themselves, may have a second port that instances reach from outside and that knows nothing else. Thread-safe.
public final class Console implements AutoCloseable {
    private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(30);
    private static final int MAX_HEADER_BYTES = 8 * 1024;
    private static final int MAX_CONNECTIONS = 128;
    private static final int MAX_NOTICE_CONNECTIONS = 256;
    /// Instances behind one gateway share an address.
    private static final int MAX_OF_AN_ADDRESS = 64;
    /// Also bounds how many requests read the state at once.
    private static final int MAX_THREADS = 12;

    private final ConsoleSettings settings;
    private final ConsoleSources sources;
    private final Server server;
    private final ServerConnector connector;
    private final Optional<ServerConnector> noticeConnector;
    private final Optional<PageHandler> page;

    /// Opens nothing yet.
    public Console(ConsoleSettings settings, ConsoleSources sources) {
        this.settings = settings;
        this.sources = sources;
        this.page = sources.page().map(shown -> PageHandler.of(sources, shown));
        var threads = new QueuedThreadPool(MAX_THREADS, 1);
        threads.setName("console");
        threads.setDaemon(true);
        this.server = new Server(threads);
        this.connector = new ConsoleConnector(server, new HttpConnectionFactory(http()), MAX_OF_AN_ADDRESS);
        connector.setHost(settings.host());
        connector.setPort(settings.port());
        connector.setIdleTimeout(IDLE_TIMEOUT.toMillis());
        server.addConnector(connector);
        this.noticeConnector = settings.notices().map(address -> {
            var notices = new ConsoleConnector(server, new HttpConnectionFactory(http()), MAX_OF_AN_ADDRESS);
            notices.setHost(address.getHostString());
            notices.setPort(address.getPort());
            notices.setIdleTimeout(IDLE_TIMEOUT.toMillis());
            server.addConnector(notices);
            return notices;
        });
        noticeConnector.ifPresent(
                notices -> server.addBean(new NetworkConnectionLimit(MAX_NOTICE_CONNECTIONS, notices)));
        server.addBean(new NetworkConnectionLimit(MAX_CONNECTIONS, connector));
        server.setErrorHandler(new ErrorAnswers());
    }

    private static HttpConfiguration http() {
        var http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(MAX_HEADER_BYTES);
        http.setHttpCompliance(HttpCompliance.STRICT);
        http.setUriCompliance(UriCompliance.UNAMBIGUOUS);
        http.setNotifyForbiddenComplianceViolations(true);
        return http;
    }

    /// Binds the address and accepts clients. To be called once.
    ///
    /// @return where it listens, or why it cannot; it is closed then
    public StartResult start() {
        try {
            boolean loopback = InetAddress.getByName(settings.host()).isLoopbackAddress();
            if (!loopback && settings.token().isEmpty()) {
                return new StartResult.Refused("cannot listen on " + address(settings.port())
                        + ", where others can read it, without a token; set $" + ConsoleSettings.TOKEN + " to "
                        + ConsoleSettings.MIN_TOKEN + " random characters or more, or listen on "
                        + ConsoleSettings.LOOPBACK + ".");
            }
            server.setHandler(new ConsoleHandler(
                    sources,
                    page,
                    new Access(settings.token()),
                    new HostCheck(settings, loopback),
                    request -> noticeConnector
                            .filter(notices -> request.getConnectionMetaData().getConnector() == notices)
                            .isPresent()));
            connector.open();
            if (noticeConnector.isPresent()) {
                return openNotices(noticeConnector.get());
            }
        } catch (UnknownHostException e) {
            return new StartResult.Refused("cannot listen on " + address(settings.port())
                    + " (unknown host); choose an address of this machine");
        } catch (IOException e) {
            return new StartResult.Refused("cannot listen on " + address(settings.port()) + " (" + reason(e)
                    + "); stop what uses it or choose another port");
        }
        return run();
    }

    private StartResult openNotices(ServerConnector notices) {
        try {
            notices.open();
        } catch (IOException e) {
            close();
            return new StartResult.Refused("cannot listen for notices on " + notices.getHost() + ":" + notices.getPort()
                    + " (" + reason(e) + "); stop what uses it or choose another address");
        }
        return run();
    }

    private StartResult run() {
        try {
            server.start();
        } catch (Exception e) {
            close();
            throw new IllegalStateException("The console on " + address(settings.port()) + " did not start", e);
        }
        page.ifPresent(PageHandler::start);
        return new StartResult.Listening(URI.create("http://" + address(connector.getLocalPort())));
    }

    /// Where notices are taken besides the admin port; empty before the start or if there is no such port.
    public OptionalInt noticePort() {
        return noticeConnector
                .map(notices -> OptionalInt.of(notices.getLocalPort()))
                .orElseGet(OptionalInt::empty);
    }

    private String address(int port) {
        String host = settings.host();
        boolean plain = host.indexOf(':') < 0 || host.startsWith("[");
        return (plain ? host : "[" + host + "]") + ":" + port;
    }

    private static String reason(IOException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return String.valueOf(cause.getMessage());
    }

    /// Ends at once; requests in progress are cut.
    @Override
    public void close() {
        page.ifPresent(PageHandler::close);
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("The console does not stop", e);
        }
    }
}
