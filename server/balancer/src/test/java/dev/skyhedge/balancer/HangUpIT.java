package dev.skyhedge.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Clients that hang up in the middle of a large answer: whatever the moment, the balancer serves on.
@Timeout(120)
class HangUpIT {
    private static final int CLIENTS = 8;
    private static final int TRIES = 40;
    private static final int ANSWER_BYTES = 16 * 1024 * 1024;

    private final TestBed bed = new TestBed();

    /// How a client ends its connection.
    enum HangUp {
        /// What is unread becomes a reset.
        CLOSE,
        /// At once.
        RESET,
        /// Its sending half only: the end of input is seen while a write to it is pending.
        HALF_CLOSE,
        /// While it owes the rest of its request.
        IN_THE_MIDDLE_OF_ITS_UPLOAD
    }

    @AfterEach
    void stop() throws Exception {
        bed.close();
    }

    @ParameterizedTest
    @EnumSource
    void servesOnThoughClientsHangUpInTheMiddleOfLargeAnswers(HangUp way) throws Exception {
        FakeReplica replica = bed.own(new HastyReplica());
        bed.route(replica.target("a"));

        var clients = new ArrayList<Thread>();
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(Thread.ofVirtual().start(() -> hangUpAgainAndAgain(way)));
        }
        for (Thread client : clients) {
            client.join();
        }

        assertThat(TestBed.await(bed.get("/small")).body()).isEqualTo("small");
        bed.assertAtRest();
    }

    /// Answers as soon as it has seen the header, and reads no body.
    private static final class HastyReplica extends FakeReplica {
        HastyReplica() {
            super(call -> {});
        }

        @Override
        void serve(Socket socket) {
            try (socket) {
                String request = head(socket.getInputStream()).getFirst();
                int bytes = request.contains("/small") ? 5 : ANSWER_BYTES;
                String head = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: " + bytes + "\r\n\r\n";
                socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
                byte[] block = "small".repeat(10_000).getBytes(StandardCharsets.US_ASCII);
                for (int sent = 0; sent < bytes; sent += block.length) {
                    socket.getOutputStream().write(block, 0, Math.min(block.length, bytes - sent));
                }
            } catch (IOException cut) {
                // The client hung up, so the balancer did.
            }
        }
    }

    private void hangUpAgainAndAgain(HangUp way) {
        try {
            for (int i = 0; i < TRIES; i++) {
                hangUp(way, 1 + i * 7_919 % 200_000);
            }
        } catch (IOException refused) {
            // The balancer is judged by what it answers afterwards.
        }
    }

    private void hangUp(HangUp way, int bytes) throws IOException {
        try (Socket socket = bed.connect()) {
            String request = way == HangUp.IN_THE_MIDDLE_OF_ITS_UPLOAD
                    ? "POST /big HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"
                    : "GET /big HTTP/1.1\r\nHost: h\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            socket.getInputStream().readNBytes(bytes);
            switch (way) {
                case CLOSE, IN_THE_MIDDLE_OF_ITS_UPLOAD -> {}
                case RESET -> socket.setSoLinger(true, 0);
                case HALF_CLOSE -> {
                    socket.shutdownOutput();
                    socket.getInputStream().skip(ANSWER_BYTES);
                }
            }
        }
    }
}
