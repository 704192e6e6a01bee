package dev.skyhedge.balancer;

import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;

/// The TLS of connections of clients: each that begins has the newest certificate, those that are
/// open keep theirs. Thread-safe.
///
/// The base class chooses versions and ciphers. It can exchange certificates too, but is without
/// any when that fails.
final class TlsEngines extends SslContextFactory.Server {
    private volatile @Nullable Used used;

    private record Used(ServerTls tls, SSLContext context) {}

    /// From now on.
    ///
    /// @throws GeneralSecurityException if they cannot be used; those of before stay
    void use(ServerTls tls) throws GeneralSecurityException {
        Used now = used;
        if (now == null || !now.tls.equals(tls)) {
            used = new Used(tls, tls.context());
        }
    }

    /// Connections that begin from now on are without TLS.
    void stopUse() {
        used = null;
    }

    boolean isUsed() {
        return used != null;
    }

    @Override
    public SSLEngine newSSLEngine() {
        Used now = used;
        if (now == null) {
            return super.newSSLEngine(); // without a certificate, it shakes nobody's hand
        }
        SSLEngine engine = now.context.createSSLEngine();
        customize(engine);
        engine.setUseClientMode(false);
        engine.setNeedClientAuth(now.tls.asksClients());
        return engine;
    }

    @Override
    public SSLEngine newSSLEngine(String host, int port) {
        return newSSLEngine();
    }

    @Override
    public SSLEngine newSSLEngine(InetSocketAddress client) {
        return newSSLEngine();
    }
}
