package dev.skyhedge.engine.reconcile;

import dev.skyhedge.specs.ReadinessSpec;
import dev.skyhedge.spi.Endpoint;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/// Asks one replica whether it is ready. Thread-safe.
final class ProbeClient implements AutoCloseable {
    private final HttpClient http;

    /// The answer.
    ///
    /// @param passed whether it means ready
    /// @param detail what was asked and answered, for people
    record Result(boolean passed, String detail) {}

    ProbeClient() {
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .sslContext(trustingContext())
                .build();
    }

    Result probe(Endpoint endpoint, ReadinessSpec readiness) throws InterruptedException {
        String what = readiness.method() + " " + readiness.path();
        try {
            HttpResponse<Void> response = http.send(request(endpoint, readiness), BodyHandlers.discarding());
            int status = response.statusCode();
            boolean passed = readiness.status().isPresent()
                    ? status == readiness.status().getAsInt()
                    : status / 100 == 2;
            return new Result(passed, what + " answered " + status);
        } catch (HttpTimeoutException e) {
            return new Result(
                    false,
                    what + " did not answer within " + readiness.timeout().toMillis() + " ms");
        } catch (ConnectException e) {
            return new Result(false, what + ": connection refused");
        } catch (IOException e) {
            return new Result(false, what + ": connection failed");
        }
    }

    private static HttpRequest request(Endpoint endpoint, ReadinessSpec readiness) {
        String scheme = readiness.https() ? "https" : "http";
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(scheme + "://" + endpoint + readiness.path()))
                .timeout(readiness.timeout())
                .method(
                        readiness.method(),
                        readiness.body().map(BodyPublishers::ofString).orElseGet(BodyPublishers::noBody));
        readiness.headers().forEach(request::header);
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
    }
}
