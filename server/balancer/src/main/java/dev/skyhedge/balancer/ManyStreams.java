package dev.skyhedge.balancer;

import org.eclipse.jetty.http2.SessionContainer;
import org.eclipse.jetty.http2.WindowRateControl;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;

/// HTTP/2 for clients that ask for it when they begin TLS.
final class ManyStreams extends HTTP2ServerConnectionFactory {
    /// Requests that one connection may have in progress; a client is told, and waits with more.
    private static final int STREAMS = 128;

    /// What a connection may send beside.
    private static final int OTHER_EVENTS = 64;

    /// Frames a second that cost us and not the client: resets (as of CVE-2023-44487 and
    /// CVE-2025-8671), settings, pings, empty ones. A connection with more is ended, with all of its
    /// streams. A client may give up all that it has asked for at once, and each of these is two
    /// events: its reset, and the one that Jetty answers it with.
    private static final int EVENTS_PER_SECOND = 2 * STREAMS + OTHER_EVENTS;

    private static final int STREAM_WINDOW_BYTES = 256 * 1024;
    private static final int SESSION_WINDOW_BYTES = 4 * 1024 * 1024;

    /// @param http shared with HTTP/1.1, with the limits of headers
    ManyStreams(HttpConfiguration http) {
        super(http);
        setMaxConcurrentStreams(STREAMS);
        setRateControlFactory(new WindowRateControl.Factory(EVENTS_PER_SECOND));
        setFlowControlStrategyFactory(SentData::new);
        setInitialStreamRecvWindow(STREAM_WINDOW_BYTES);
        setInitialSessionRecvWindow(SESSION_WINDOW_BYTES);
        // For tunnels, which there are none of.
        setConnectProtocolEnabled(false);
    }

    /// Tells all clients to begin no more streams here; those that run go on to their end, and
    /// their connections end with them.
    void beginNoMore() {
        getBeans(SessionContainer.class).forEach(SessionContainer::shutdown);
    }
}
