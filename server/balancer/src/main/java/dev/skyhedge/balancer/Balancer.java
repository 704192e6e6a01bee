package dev.skyhedge.balancer;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http.UriCompliance.Violation;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.eclipse.jetty.util.thread.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The load balancer of one service: accepts its clients and passes their requests to its replicas.
///
/// [#start()], then [#route(RoutingTable)] whenever the replicas change. Until the first table, and whenever no
/// replica can take them, requests are held. Thread-safe. Started and stopped once.
public final class Balancer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Balancer.class);
    private static final int MAX_THREADS = 16;
    private static final long SWEEP_MILLIS = 250;
    private static final int INPUT_BUFFER_BYTES = 4 * 1024;
    private static final int OUTPUT_BUFFER_BYTES = 16 * 1024;

    /// We neither route by path nor normalise it, and model names hold slashes: `//` and `%2F` pass; `..` in
    /// disguise not.
    private static final UriCompliance URIS = UriCompliance.UNAMBIGUOUS.with(
            "FORWARDED", Violation.AMBIGUOUS_EMPTY_SEGMENT, Violation.AMBIGUOUS_PATH_SEPARATOR);

    private final BalancerSettings.Listen listen;
    private final InstantSource clock;
    private final Meter meter = new Meter();
    private final Signals signals;
    private final Scheduler scheduler = new ScheduledExecutorScheduler("balancer-timer", true);
    private final Server server;
    private final TlsEngines engines = new TlsEngines();
    private final ManyStreams many;
    private final ClientConnector connector;
    private final Upstreams upstreams;
    private final Router router;
    private final Watchdog watchdog;
    private final Drain drain = new Drain();
    private volatile boolean ready;

    /// A balancer that listens nowhere yet.
    ///
    /// @param listener told at once what happens; see [Signal]
    /// @param clock wall clock, for `Retry-After` and the time of a snapshot
    /// @param random thread-safe; for jitter and request ids
    public Balancer(BalancerSettings settings, SignalListener listener, InstantSource clock, RandomGenerator random) {
        this.listen = settings.listen();
        this.clock = clock;
        this.signals = new Signals(listener);
        var threads = new QueuedThreadPool(MAX_THREADS);
        threads.setName("balancer");
        threads.setDaemon(true);
        threads.setReservedThreads(0);
        var buffers = new ArrayByteBufferPool();
        server = new Server(threads, scheduler, buffers);
        server.setStopTimeout(0);
        var plain = new HttpConnectionFactory(http(settings));
        many = new ManyStreams(plain.getHttpConfiguration());
        var choice = new ALPNServerConnectionFactory(many.getProtocol(), Door.HTTP_1_1_BY_ALPN);
        choice.setDefaultProtocol(plain.getProtocol());
        var secure = new SslConnectionFactory(engines, choice.getProtocol());
        var door = new Door(plain, secure, engines);
        connector = new ClientConnector(server, settings, door, secure, choice, many, plain);
        server.addConnector(connector);
        upstreams = new Upstreams(settings, threads, scheduler, buffers);
        router = new Router(settings, meter, signals, upstreams, scheduler, clock, random);
        String watchdogPath = "/.skyhedge/" + Long.toHexString(random.nextLong()) + Long.toHexString(random.nextLong());
        watchdog = new Watchdog(settings.clients().selfCheck(), watchdogPath, door::expectOwn);
        server.setHandler(new ForwardingHandler(router, watchdogPath));
        server.setErrorHandler(new ErrorAnswers(meter));
    }

    private static HttpConfiguration http(BalancerSettings settings) {
        var http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setSendDateHeader(false);
        http.setSendXPoweredBy(false);
        http.setHttpCompliance(HttpCompliance.STRICT);
        http.setUriCompliance(URIS);
        http.setNotifyForbiddenComplianceViolations(true);
        http.setRequestHeaderSize(settings.limits().headerBytes());
        http.setResponseHeaderSize(OUTPUT_BUFFER_BYTES);
        http.setInputBufferSize(INPUT_BUFFER_BYTES);
        http.setOutputBufferSize(OUTPUT_BUFFER_BYTES);
        http.setIdleTimeout(settings.idleLimit().toMillis());
        // Of another kind Jetty would add one that refuses clients who name the host by its address.
        http.addCustomizer(new SecureRequestCustomizer(false));
        return http;
    }

    /// Binds the address and accepts clients. Waits for nothing else.
    ///
    /// @return the port in use, or why the address could not be bound
    public StartResult start() {
        String host = listen.host();
        int port = listen.port();
        try {
            connector.open();
        } catch (IOException taken) {
            return new StartResult.Refused(
                    host,
                    port,
                    "cannot listen on " + host + ":" + port + " (" + reason(taken)
                            + "); stop what uses it or choose another port");
        }
        try {
            scheduler.start();
            server.start();
            upstreams.start();
        } catch (Exception bug) {
            throw new IllegalStateException("the balancer on " + host + ":" + port + " did not start", bug);
        }
        sweep();
        watchdog.start(new InetSocketAddress(host, connector.getLocalPort()));
        ready = true;
        return new StartResult.Listening(host, connector.getLocalPort());
    }

    private static String reason(IOException taken) {
        Throwable cause = taken.getCause() == null ? taken : taken.getCause();
        return String.valueOf(cause.getMessage());
    }

    private void sweep() {
        try {
            connector.look(System.nanoTime());
            router.review();
        } finally {
            scheduler.schedule(this::sweep, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /// Puts a routing table in use: the next request sees it.
    ///
    /// @return false if it is not newer than the one in use; it is ignored then
    public boolean route(RoutingTable table) {
        return router.route(table);
    }

    /// Takes over other limits, times and retries while it serves: from the next request on, and for the size of
    /// the queue at once. Requests that wait already go on waiting for as long as they were told. Sizes of headers
    /// stay as they were at the start, and idle connections keep the patience with which they were opened.
    ///
    /// @param settings that listen where it listens
    public void update(BalancerSettings settings) {
        if (!settings.listen().equals(listen)) {
            throw new IllegalArgumentException("A balancer does not move: " + listen + " to " + settings.listen());
        }
        router.update(settings);
        upstreams.update(settings);
        connector.update(settings);
        connector
                .getConnectionFactory(HttpConnectionFactory.class)
                .getHttpConfiguration()
                .setIdleTimeout(settings.idleLimit().toMillis());
    }

    /// Shows this to clients that connect from now on; those that are connected keep what they have. Before the start
    /// or while it serves.
    ///
    /// @param tls empty: connections are in the open
    /// @throws GeneralSecurityException if it cannot be used; what was used before stays
    public void secure(Optional<ServerTls> tls) throws GeneralSecurityException {
        if (tls.isPresent()) {
            engines.use(tls.get());
        } else {
            engines.stopUse();
        }
    }

    /// Whether it accepts clients, answers them, and is not stopping.
    public boolean isReady() {
        return ready && silentFor().isEmpty();
    }

    /// For how long its own port has not answered a question of its own; empty while it does.
    public Optional<Duration> silentFor() {
        return watchdog.silentFor();
    }

    /// Bytes that requests keep in memory for another attempt.
    long keptBytes() {
        return router.settings().clients().keptBytes() - router.memory().left();
    }

    /// Good answers of its own port to its own questions.
    long selfChecks() {
        return watchdog.answers();
    }

    /// The port in use, or -1 while it is not listening.
    public int port() {
        return connector.getLocalPort();
    }

    /// What was counted since the start.
    public Statistics statistics() {
        return new Statistics(
                router.service(),
                clock.instant(),
                router.tableVersion(),
                meter.arrivals.sum(),
                meter.completions.sum(),
                meter.clientAborts.sum(),
                meter.broken.sum(),
                meter.inFlight.get(),
                router.waiting().size(),
                meter.retries.sum(),
                meter.retryBudgetExhausted.sum(),
                meter.codes(),
                new TreeMap<>(meter.failures()),
                new TreeMap<>(meter.rejected()),
                router.replicaStatistics(),
                meter.durations.snapshot(),
                meter.holdWaits.snapshot(),
                meter.continuations(),
                meter.prefixes(),
                meter.sizes.counts(),
                router.keys().statistics());
    }

    /// Stops with the drain timeout of the settings.
    @Override
    public void close() {
        stop(router.settings().timeouts().drain());
    }

    /// Gives the address up at once; requests on connections that are open are served, and told that they are the
    /// last. [#stop(Duration)] is still to be called.
    public void retire() {
        ready = false;
        watchdog.stop();
        router.stop();
        connector.stopAccepting();
        many.beginNoMore();
    }

    /// Drains: not ready any more, no new connections, running requests get up to the given time, then
    /// everything is closed. Blocks until then. While one call drains another one only shortens its time.
    public void stop(Duration limit) {
        if (!drain.begin(limit)) {
            return;
        }
        try {
            retire();
            drain.await(() -> meter.inFlight.get() == 0);
            router.waiting().refuseAll();
            connector.stop();
            upstreams.stop();
            router.waiting().refuseAll();
            server.stop();
            scheduler.stop();
            signals.close();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            LOG.warn("stopping was interrupted; connections may be open still");
        } catch (Exception failure) {
            throw new IllegalStateException("the balancer did not stop cleanly", failure);
        } finally {
            drain.ended();
        }
    }
}
