package dev.skyhedge.balancer;

import java.util.concurrent.Executor;
import org.eclipse.jetty.client.Connection;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.ProxyAuthenticationProtocolHandler;
import org.eclipse.jetty.client.RedirectProtocolHandler;
import org.eclipse.jetty.client.WWWAuthenticationProtocolHandler;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.thread.Invocable.InvocationType;
import org.eclipse.jetty.util.thread.Scheduler;

/// Opens HTTP/1.1 connections to replicas, by TLS to those that have a certificate. Passes everything as it is: no
/// redirects, cookies, decoding or
/// agent name.
final class Upstreams {
    private static final int MAX_HEADER_BYTES = 32 * 1024;
    private static final int DESTINATION_IDLE_MILLIS = 60_000;

    private final HttpClient client;
    private final ClientConnector connector = new ClientConnector();

    Upstreams(BalancerSettings settings, Executor executor, Scheduler scheduler, ByteBufferPool buffers) {
        connector.setSelectors(1);
        connector.setSslContextFactory(new PinnedTls());
        var transport = new HttpClientTransportOverHTTP(connector);
        transport.setInvocationType(InvocationType.NON_BLOCKING);
        client = new HttpClient(transport);
        client.setExecutor(executor);
        client.setScheduler(scheduler);
        client.setByteBufferPool(buffers);
        client.setConnectTimeout(settings.timeouts().connect().toMillis());
        client.setAddressResolutionTimeout(settings.timeouts().connect().toMillis());
        client.setIdleTimeout(settings.idleLimit().toMillis());
        client.setDestinationIdleTimeout(DESTINATION_IDLE_MILLIS);
        client.setFollowRedirects(false);
        client.setUserAgentField(null);
        client.setDefaultRequestContentType(null);
        client.setHttpCookieStore(new HttpCookieStore.Empty());
        client.setMaxResponseHeadersSize(MAX_HEADER_BYTES);
        client.setMaxRequestHeadersSize(MAX_HEADER_BYTES);
    }

    /// Takes over other limits, for connections that are opened from now on.
    void update(BalancerSettings settings) {
        client.setIdleTimeout(settings.idleLimit().toMillis());
        client.setConnectTimeout(settings.timeouts().connect().toMillis());
        client.setAddressResolutionTimeout(settings.timeouts().connect().toMillis());
        connector.setConnectTimeout(settings.timeouts().connect());
    }

    void start() throws Exception {
        client.start();
        client.getProtocolHandlers().remove(RedirectProtocolHandler.NAME);
        client.getProtocolHandlers().remove(WWWAuthenticationProtocolHandler.NAME);
        client.getProtocolHandlers().remove(ProxyAuthenticationProtocolHandler.NAME);
        client.getContentDecoderFactories().clear();
    }

    void stop() throws Exception {
        client.stop();
    }

    HttpClient client() {
        return client;
    }

    /// Opens a new connection, outside of the client's own pool.
    void connect(Replica replica, Promise<Connection> promise) {
        client.resolveDestination(replica.origin).newConnection(promise);
    }
}
