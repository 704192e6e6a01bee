package dev.skyhedge.balancer;

import java.net.InetSocketAddress;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.AbstractConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SslConnectionFactory;

/// What a connection that begins speaks: TLS if there is a certificate. The balancer's own question
/// to its own port is never by TLS: it asks whether requests are served, and has no certificate to
/// show.
final class Door extends AbstractConnectionFactory {
    /// As clients write it when they begin TLS (RFC 7301): case counts there, other than in Jetty.
    static final String HTTP_1_1_BY_ALPN = "http/1.1";

    private final HttpConnectionFactory plain;
    private final SslConnectionFactory secure;
    private final TlsEngines engines;
    private volatile int ownPort;

    Door(HttpConnectionFactory plain, SslConnectionFactory secure, TlsEngines engines) {
        super("door");
        this.plain = plain;
        this.secure = secure;
        this.engines = engines;
    }

    /// @param port on this machine that our own question comes from; 0 for none. Whoever holds it
    ///     needs no TLS and no certificate, so it is never left here when others may have it
    void expectOwn(int port) {
        ownPort = port;
    }

    @Override
    public Connection newConnection(Connector connector, EndPoint endPoint) {
        if (engines.isUsed() && !isOwn(endPoint)) {
            ((ClientEndPoint) endPoint).seal();
            return secure.newConnection(connector, endPoint);
        }
        return plain.newConnection(connector, endPoint);
    }

    /// Nobody else can have this port while our own question has it.
    private boolean isOwn(EndPoint endPoint) {
        return endPoint.getRemoteSocketAddress() instanceof InetSocketAddress from
                && endPoint.getLocalSocketAddress() instanceof InetSocketAddress to
                && from.getPort() == ownPort
                && from.getAddress().equals(to.getAddress());
    }
}
