package dev.skyhedge.balancer;

import static dev.skyhedge.balancer.FramedClient.request;
import static dev.skyhedge.balancer.TestBed.until;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FirstReadIT {
    private final ArrayByteBufferPool.Tracking buffers = new ArrayByteBufferPool.Tracking();
    private final Server server = new Server(null, null, buffers);
    private final ServerConnector connector =
            new ServerConnector(server, new HTTP2CServerConnectionFactory(new HttpConfiguration()));

    private void start(Handler handler) throws Exception {
        server.addConnector(connector);
        server.setHandler(handler);
        server.start();
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
    }

    /// As one that is refused, or that its client gives up before there is a replica.
    @Test
    void aBodyThatNobodyReadsIsGivenBack() throws Exception {
        start(new Handler.Abstract.NonBlocking() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) {
                request.demand(() -> {
                    assertThat(FirstRead.of(request)).isNotSameAs(request);
                    callback.succeeded();
                });
                return true;
            }
        });

        try (var client = new FramedClient(new Socket("127.0.0.1", connector.getLocalPort()))) {
            client.headers(1, request("POST", "/", "h"), false).data(1, "body").flush();
            FramedClient.Frame frame = client.next();
            while (frame.type() != FramedClient.HEADERS) {
                frame = client.next();
            }
            assertThat(frame.isOk()).isTrue();
        }

        until("all is given back", () -> buffers.getLeaks().isEmpty());
    }
}
