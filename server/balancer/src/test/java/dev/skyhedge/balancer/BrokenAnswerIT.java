package dev.skyhedge.balancer;

import static dev.skyhedge.balancer.TestBed.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// An answer that breaks in the middle never looks whole, whatever the client speaks.
class BrokenAnswerIT {
    private final TestBed bed = new TestBed();

    @AfterEach
    void stop() throws Exception {
        bed.assertAtRest();
        bed.close();
    }

    @Test
    void endsByAResetForAClientOfHttp10() throws Exception {
        cutAfterThreeLines();

        try (Socket client = request("GET / HTTP/1.0\r\nHost: h\r\n\r\n")) {
            assertThatThrownBy(() -> client.getInputStream().readAllBytes()).isInstanceOf(SocketException.class);
        }
    }

    @Test
    void endsWithoutItsLastChunkForAClientThatClosesTheConnection() throws Exception {
        cutAfterThreeLines();

        try (Socket client = request("GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")) {
            String answer = text(client.getInputStream().readAllBytes());
            assertThat(answer).contains("Transfer-Encoding: chunked", "line 3").doesNotEndWith("0\r\n\r\n");
        }
    }

    @Test
    void endsWithItsLastChunkWhenItIsWhole() throws Exception {
        FakeReplica replica = bed.replica(
                call -> call.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"));
        bed.route(replica.target("a"));

        try (Socket client = request("GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")) {
            assertThat(text(client.getInputStream().readAllBytes()))
                    .contains("hello")
                    .endsWith("0\r\n\r\n");
        }
        try (Socket client = request("GET / HTTP/1.0\r\nHost: h\r\n\r\n")) {
            assertThat(text(client.getInputStream().readAllBytes())).endsWith("\r\n\r\nhello");
        }
    }

    @Test
    void resetsClientsOfHttp10ThatItCutsWhenItStops() throws Exception {
        FakeReplica replica = bed.replica(call -> {
            call.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n7\r\nline 1\n\r\n");
            call.awaitClose();
        });
        bed.route(replica.target("a"));
        try (Socket client = request("GET / HTTP/1.0\r\nHost: h\r\n\r\n")) {
            assertThat(client.getInputStream().read()).isEqualTo('H');

            bed.balancer.stop(java.time.Duration.ZERO);

            assertThatThrownBy(() -> client.getInputStream().readAllBytes()).isInstanceOf(SocketException.class);
        }
    }

    @Test
    void answersBadGatewayWhenTheFirstChunkIsNone() throws Exception {
        FakeReplica replica = bed.replica(
                call -> call.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nthis is no chunk\r\n"));
        FakeReplica other = bed.replica(call -> {
            call.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            call.write("nor is this\r\n");
        });
        bed.route(replica.target("a"), other.target("b"));

        assertThat(TestBed.await(bed.get("/")).statusCode()).isEqualTo(502);
    }

    private void cutAfterThreeLines() {
        FakeReplica replica = bed.replica(call -> {
            call.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            call.write("15\r\nline 1\nline 2\nline 3\n\r\n");
            call.socket().close();
        });
        bed.route(replica.target("a"));
    }

    private Socket request(String text) throws IOException {
        Socket socket = bed.connect();
        send(socket, text);
        return socket;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
