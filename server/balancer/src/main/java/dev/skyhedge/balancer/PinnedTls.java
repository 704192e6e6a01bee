package dev.skyhedge.balancer;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.eclipse.jetty.client.Destination;
import org.eclipse.jetty.io.ssl.SslClientConnectionFactory.SslEngineFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/// TLS to replicas, each of which has one certificate that is known beforehand: no other is trusted, whoever signed
/// it and whatever name it has. The destination says which it is.
final class PinnedTls extends SslContextFactory.Client implements SslEngineFactory {
    @Override
    public SSLEngine newSslEngine(String host, int port, Map<String, Object> context) {
        if (context.get(Destination.CONTEXT_KEY) instanceof Destination destination
                && destination.getOrigin().getTag() instanceof Pin(SSLContext trusting)) {
            SSLEngine engine = trusting.createSSLEngine(host, port);
            engine.setUseClientMode(true);
            return engine;
        }
        throw new IllegalStateException("No certificate is known for " + host + ":" + port);
    }

    /// What trusts one certificate. It is made once for a replica, whose connections share its sessions.
    record Pin(SSLContext context) {
        static Pin of(X509Certificate only) {
            try {
                SSLContext context = SSLContext.getInstance("TLS");
                context.init(null, new TrustManager[] {new OnlyThis(only)}, new SecureRandom());
                return new Pin(context);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("Every Java has TLS", e);
            }
        }
    }

    private static final class OnlyThis extends X509ExtendedTrustManager {
        private final X509Certificate only;

        OnlyThis(X509Certificate only) {
            this.only = only;
        }

        private void check(X509Certificate[] chain) throws CertificateException {
            if (chain.length == 0 || !chain[0].equals(only)) {
                throw new CertificateException("another certificate than that of the launch");
            }
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
            check(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            check(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            check(chain);
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
