package dev.skyhedge.engine.control;

import dev.skyhedge.specs.ReadinessSpec;
import dev.skyhedge.spi.Endpoint;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/// Asks one replica whether it is ready. Thread-safe.
final class ProbeClient implements AutoCloseable {
    private static final String RESTRICTED_HEADERS = "jdk.httpclient.allowRestrictedHeaders";
    private static final int KIB = 1024;
    /// An answer that says more than this is no answer to a probe.
    private static final int MAX_BODY_BYTES = 1024 * KIB;

    static {
        // Read once, when the first client of this process is made: a spec may name the host that it asks for.
        if (System.getProperty(RESTRICTED_HEADERS) == null) {
            System.setProperty(RESTRICTED_HEADERS, "host");
        }
    }

    /// What a connection may take that is made only to tell a silent port from a slow answer.
    private static final Duration CONNECT = Duration.ofSeconds(1);

    private final HttpClient http;
    private final PinnedHttp pinned = new PinnedHttp();

    /// The answer.
    ///
    /// @param passed whether it means ready
    /// @param silent whether nothing at all came back, not even a refusal: what a closed firewall looks like
    /// @param detail what was asked and answered, for people
    record Result(boolean passed, boolean silent, String detail) {
        /// Of a machine that said something.
        Result(boolean passed, String detail) {
            this(passed, false, detail);
        }
    }

    ProbeClient() {
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .sslContext(trustingContext())
                .build();
    }

    /// Asks, within the probe's timeout in all: to connect, to get the header, and to get the body.
    ///
    /// @param credentials what gets in
    Result probe(Endpoint endpoint, ReadinessSpec readiness, Credentials credentials) throws InterruptedException {
        String what = readiness.method() + " " + readiness.path();
        if (credentials.missing().isPresent()) {
            return new Result(
                    false, what + " was not asked: " + credentials.missing().get());
        }
        CompletableFuture<HttpResponse<Void>> answer;
        try {
            HttpClient client = credentials
                    .certificate()
                    .map(only -> pinned.trusting(endpoint, only))
                    .orElse(http);
            answer = client.sendAsync(request(endpoint, readiness, credentials), _ -> new BoundedBody(MAX_BODY_BYTES));
        } catch (IllegalArgumentException e) {
            return new Result(false, what + " cannot be asked: " + e.getMessage());
        }
        try {
            int status = answer.get(readiness.timeout().toMillis(), TimeUnit.MILLISECONDS)
                    .statusCode();
            boolean passed = readiness.status().isPresent()
                    ? status == readiness.status().getAsInt()
                    : status / 100 == 2;
            return new Result(passed, what + " answered " + status);
        } catch (TimeoutException _) {
            return new Result(
                    false,
                    !takesConnections(endpoint),
                    what + " did not answer in full within "
                            + readiness.timeout().toMillis() + " ms");
        } catch (ExecutionException e) {
            boolean noRoute = e.getCause() instanceof ConnectException failed
                    && failed.getCause() instanceof NoRouteToHostException;
            return new Result(false, noRoute, what + ": " + (noRoute ? "there is no route to the machine" : reason(e)));
        } finally {
            // Frees the connection of an answer that still goes on.
            answer.cancel(true);
        }
    }

    /// Whether the port takes a connection, or refuses it in so many words.
    private static boolean takesConnections(Endpoint endpoint) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(endpoint.host(), endpoint.port()), (int) CONNECT.toMillis());
            return true;
        } catch (SocketTimeoutException | NoRouteToHostException _) {
            return false;
        } catch (IOException _) {
            return true;
        }
    }

    private static String reason(ExecutionException failed) {
        return switch (failed.getCause()) {
            case ConnectException _ -> "connection refused";
            case BoundedBody.TooLong _ -> "the answer is longer than " + MAX_BODY_BYTES / KIB + " KiB";
            case SSLHandshakeException refused -> "no TLS as it should be: " + refused.getMessage();
            case IOException _ -> "connection failed";
            case null, default -> "it cannot be asked: " + failed.getMessage();
        };
    }

    private static HttpRequest request(Endpoint endpoint, ReadinessSpec readiness, Credentials credentials) {
        String scheme = readiness.https() || credentials.certificate().isPresent() ? "https" : "http";
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(scheme + "://" + endpoint + readiness.path()))
                .method(
                        readiness.method(),
                        readiness.body().map(BodyPublishers::ofString).orElseGet(BodyPublishers::noBody));
        readiness.headers().forEach(request::header);
        credentials.header().ifPresent(key -> request.setHeader(key.name(), key.value()));
        return request.build();
    }

    /// A probe learns whether a replica answers, not who it is; replicas usually have certificates of their
    /// own making.
    private static SSLContext trustingContext() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new TrustEveryone()}, new SecureRandom());
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has TLS", e);
        }
    }

    private static final class TrustEveryone extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
        pinned.close();
    }
}
