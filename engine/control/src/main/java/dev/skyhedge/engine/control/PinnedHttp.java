package dev.skyhedge.engine.control;

import dev.skyhedge.spi.Endpoint;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/// HTTP to replicas, each of which has one certificate that is known beforehand: at its address no other is trusted,
/// and at an address of which none is known, none. Thread-safe.
final class PinnedHttp implements AutoCloseable {
    /// One that is dropped is put here again with its next request.
    private static final int MOST_KNOWN = 10_000;

    /// By host and port, as connections name them.
    private final Map<String, X509Certificate> known = Collections.synchronizedMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, X509Certificate> eldest) {
            return size() > MOST_KNOWN;
        }
    });

    private final HttpClient http;

    PinnedHttp() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new OnlyKnown()}, new SecureRandom());
            http = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .executor(Executors.newVirtualThreadPerTaskExecutor())
                    .sslContext(context)
                    .build();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has TLS", e);
        }
    }

    /// The client, which trusts only this at the address from now on.
    HttpClient trusting(Endpoint endpoint, X509Certificate only) {
        known.put(address(endpoint.host(), endpoint.port()), only);
        return http;
    }

    /// An address of IPv6 can be written in many ways, and connections write it in full.
    private static String address(String host, int port) {
        String bare = host.replace("[", "").replace("]", "");
        return (bare.indexOf(':') >= 0 ? InetAddress.ofLiteral(bare).getHostAddress() : bare) + " " + port;
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    private final class OnlyKnown extends X509ExtendedTrustManager {
        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            String host = engine.getPeerHost();
            X509Certificate only = host == null ? null : known.get(address(host, engine.getPeerPort()));
            if (only == null || chain.length == 0 || !chain[0].equals(only)) {
                throw new CertificateException("another certificate than that of the launch");
            }
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
            throw new CertificateException("nobody knows whose certificate it is");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            throw new CertificateException("nobody knows whose certificate it is");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
            throw new CertificateException("nobody is a client here");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            throw new CertificateException("nobody is a client here");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            throw new CertificateException("nobody is a client here");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
