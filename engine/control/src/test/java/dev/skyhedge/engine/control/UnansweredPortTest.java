package dev.skyhedge.engine.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.specs.ReadinessSpec;
import dev.skyhedge.spi.Endpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnansweredPortTest {
    private static final Endpoint ENDPOINT = new Endpoint("192.0.2.7", 8000);
    private static final ProbeClient.Result SILENCE = new ProbeClient.Result(false, true, "GET / did not answer");
    private static final ProbeClient.Result REFUSED = new ProbeClient.Result(false, false, "GET /: refused");

    private static long after(String time) {
        return Duration.parse(time).toNanos();
    }

    @Test
    void saysTheLikelyCauseAfterTwoMinutesInWhichNothingCameBack() {
        var port = new UnansweredPort(ENDPOINT, false);

        assertThat(port.told(SILENCE, after("PT10S")).detail()).isEqualTo("GET / did not answer");
        assertThat(port.told(SILENCE, after("PT2M9S")).silent()).isFalse();
        ProbeClient.Result late = port.told(SILENCE, after("PT2M10S"));
        assertThat(late.silent()).isTrue();
        assertThat(late.detail())
                .contains("nothing has answered at 192.0.2.7:8000 for 2m")
                .contains("lets nobody in")
                .contains("skyhedge doctor");
    }

    @Test
    void aMachineThatHasRefusedOnceIsReachedThoughItIsSlowAfterwards() {
        var port = new UnansweredPort(ENDPOINT, false);
        port.told(SILENCE, 0);
        port.told(REFUSED, after("PT1M"));

        assertThat(port.told(SILENCE, after("PT9M"))).isEqualTo(SILENCE);
    }

    @Test
    void aReplicaThatWasReadyHasBeenReached() {
        var port = new UnansweredPort(ENDPOINT, true);
        port.told(SILENCE, 0);

        assertThat(port.told(SILENCE, after("PT9M")).detail()).isEqualTo("GET / did not answer");
    }

    @Test
    void aPortThatTakesNoConnectionIsSilentAndOneThatRefusesOrIsSlowIsNot() throws Exception {
        var readiness = ReadinessSpec.DEFAULT;
        var loopback = InetAddress.getLoopbackAddress();
        int closed = free(loopback);
        try (var client = new ProbeClient();
                var slow = new ServerSocket(0, 50, loopback);
                var deaf = new FullServer(loopback)) {
            assertThat(client.probe(at(deaf.port()), readiness, Credentials.NONE)
                            .silent())
                    .isTrue();
            assertThat(client.probe(at(slow.getLocalPort()), readiness, Credentials.NONE)
                            .silent())
                    .isFalse();
            assertThat(client.probe(at(closed), readiness, Credentials.NONE).silent())
                    .isFalse();
        }
    }

    private static Endpoint at(int port) {
        return new Endpoint("127.0.0.1", port);
    }

    private static int free(InetAddress address) throws IOException {
        try (var socket = new ServerSocket(0, 1, address)) {
            return socket.getLocalPort();
        }
    }

    /// Drops what comes, as a closed firewall does: nobody accepts, and there is no more room to wait.
    private static final class FullServer implements AutoCloseable {
        private static final int MOST = 50;
        private static final int PATIENCE_MILLIS = 300;

        private final ServerSocket server;
        private final List<Socket> waiting = new ArrayList<>();

        FullServer(InetAddress address) throws IOException {
            server = new ServerSocket(0, 1, address);
            try {
                while (waiting.size() < MOST) {
                    var socket = new Socket();
                    waiting.add(socket);
                    socket.connect(server.getLocalSocketAddress(), PATIENCE_MILLIS);
                }
                throw new IllegalStateException("The system lets any number wait");
            } catch (SocketTimeoutException _) {
                // It is full.
            }
        }

        int port() {
            return server.getLocalPort();
        }

        @Override
        public void close() throws IOException {
            for (Socket socket : waiting) {
                socket.close();
            }
            server.close();
        }
    }
}
