package dev.skyhedge.runtime;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/// An HTTP server with OpenAI's embeddings API: `POST /v1/embeddings`, `GET /v1/models`, and beside it `/health`
/// (503 until the model is loaded, then 200) and `/metrics`.
public final class ModelServer implements AutoCloseable {
    private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(60);
    private static final int MAX_HEADER_BYTES = 16 * 1024;
    private static final int MAX_HTTP_THREADS = 8;

    /// After SIGTERM, how long no request may have been in flight until the server goes: a request that was on
    /// its way when the sender learnt of the end still gets its answer.
    private static final Duration QUIET = Duration.ofMillis(250);

    private static final Duration DRAIN_STEP = Duration.ofMillis(10);

    private final ServerOptions options;
    private final ServerMetrics metrics = new ServerMetrics();
    private final EmbeddingService service;
    private final ApiHandler handler;
    private final Server server;
    private final ServerConnector connector;

    private ModelServer(ServerOptions options) {
        this.options = options;
        this.service = new EmbeddingService(options.model(), options.workers(), options.queueLimit());
        this.handler = new ApiHandler(service, metrics);
        this.server = new Server(new QueuedThreadPool(MAX_HTTP_THREADS, 1));
        this.connector = connector(server, options);
        server.addConnector(connector);
        server.setHandler(handler);
    }

    private static ServerConnector connector(Server server, ServerOptions options) {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(MAX_HEADER_BYTES);
        // With an acceptor thread of its own a closed port refuses connections at once; one that a selector watches
        // keeps accepting until the selector wakes up.
        ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setHost(options.host());
        connector.setPort(options.port());
        connector.setIdleTimeout(IDLE_TIMEOUT.toMillis());
        return connector;
    }

    /// Listens, with the model still to come.
    public static ModelServer listen(ServerOptions options) throws IOException {
        ModelServer server = new ModelServer(options);
        try {
            server.server.start();
            return server;
        } catch (Exception e) {
            server.close();
            throw new IOException(
                    "Cannot listen on " + options.host() + ":" + options.port() + ": " + e.getMessage(), e);
        }
    }

    /// Loads the model; health is good from then on. Blocks for about a second, and for the start delay before
    /// it.
    public void load() throws IOException, InterruptedException {
        Thread.sleep(options.startDelay());
        EmbeddingModel model =
                EmbeddingModel.load(new UnpackedResources(CacheDirectory.open(options.cache())), options.threads());
        warmUp(model);
        service.ready(model);
    }

    /// Does what the first request should not wait for: loads classes, and lets the runtime set up its buffers.
    private void warmUp(EmbeddingModel model) {
        String body = "{\"model\":\"" + ServerOptions.DEFAULT_MODEL + "\",\"input\":\"ready\"}";
        switch (EmbeddingsRequest.parse(body.getBytes(StandardCharsets.UTF_8))) {
            case EmbeddingsRequest.Parsed.Valid(var request) -> {
                float[] embedding = model.embed(model.tokens(request.inputs().getFirst()));
                String answer = new EmbeddingsResponse(request.model(), List.of(embedding), 3, request.encoding())
                        .json()
                        .toString();
                if (answer.isEmpty()) {
                    throw new IllegalStateException("The warm-up has no answer");
                }
            }
            case EmbeddingsRequest.Parsed.Invalid(var error) ->
                throw new IllegalStateException("The warm-up is refused: " + error.message());
        }
    }

    /// Where it is reached, until it drains.
    public URI uri() {
        return URI.create("http://" + options.host() + ":" + connector.getLocalPort());
    }

    /// Takes no more connections and waits, at most for the grace period, until all requests are answered.
    public void drain() throws InterruptedException {
        handler.drain();
        connector.close();
        long start = System.nanoTime();
        long quietSince = start;
        long now = start;
        while (now - start < options.grace().toNanos() && now - quietSince < QUIET.toNanos()) {
            Thread.sleep(DRAIN_STEP);
            now = System.nanoTime();
            if (metrics.inFlight() > 0) {
                quietSince = now;
            }
        }
    }

    /// Ends at once, whatever is in flight.
    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("The HTTP server does not stop", e);
        } finally {
            service.close();
        }
    }

    /// Runs a server until SIGTERM or SIGINT.
    public static void main(String[] arguments) throws InterruptedException {
        Locale.setDefault(Locale.ROOT);
        var commandLine = new CommandLineOptions(System.getenv(), System.getProperty("user.home"));
        switch (commandLine.parse(arguments)) {
            case CommandLineOptions.Request.Serve(var options) -> serve(options);
            case CommandLineOptions.Request.Check(var options) -> check(options);
            case CommandLineOptions.Request.Print(var text, var exitCode) -> {
                (exitCode == 0 ? System.out : System.err).println(text);
                System.exit(exitCode);
            }
        }
    }

    private static void serve(ServerOptions options) throws InterruptedException {
        try {
            ModelServer server = listen(options);
            Runtime.getRuntime().addShutdownHook(new Thread(server::end, "drain"));
            System.out.println("listening on " + server.uri() + ", loading " + options.model());
            server.load();
            System.out.println("ready");
        } catch (IOException e) {
            System.err.println("skyhedge-model-server: " + e.getMessage());
            System.exit(1);
        }
    }

    private static void check(ServerOptions options) throws InterruptedException {
        try (ModelServer server = listen(options)) {
            server.load();
            SelfCheck.run(server.uri(), options.model());
            System.out.println("works");
        } catch (IOException e) {
            System.err.println("skyhedge-model-server: " + e.getMessage());
            System.exit(1);
        }
    }

    private void end() {
        try {
            drain();
            System.out.println("drained, " + metrics.inFlight() + " requests left unanswered");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            close();
        }
    }
}
