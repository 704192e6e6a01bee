package dev.skyhedge.balancer;

import static dev.skyhedge.balancer.TestBed.send;
import static dev.skyhedge.balancer.TestBed.until;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DisconnectIT {
    private final TestBed bed = new TestBed();
    private final AtomicBoolean replicaSawClose = new AtomicBoolean();

    @AfterEach
    void stop() throws Exception {
        bed.assertAtRest();
        bed.close();
    }

    @Test
    void closesTheReplicaSideWhenTheClientOfASilentRequestIsGone() throws Exception {
        FakeReplica replica = silent();

        try (Socket client = bed.connect()) {
            send(client, "GET /slow HTTP/1.1\r\nHost: h\r\n\r\n");
            until("it runs", () -> !replica.calls.isEmpty());
        }

        until("the replica sees the close", replicaSawClose::get);
        assertThat(bed.balancer.statistics().clientAborts()).isEqualTo(1);
    }

    @Test
    void seesTheEndAfterARequestWithABody() throws Exception {
        FakeReplica replica = silent();

        try (Socket client = bed.connect()) {
            send(client, "POST /slow HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\n\r\n");
            send(client, "body");
            until("it runs", () -> !replica.calls.isEmpty());
        }

        until("the replica sees the close", replicaSawClose::get);
    }

    @Test
    void seesTheEndAfterABodyThatCameInPieces() throws Exception {
        FakeReplica replica = silent();

        for (int round = 1; round <= 30; round++) {
            replicaSawClose.set(false);
            int calls = round;
            try (Socket client = bed.connect()) {
                send(client, "POST /slow HTTP/1.1\r\nHost: h\r\nContent-Length: 8\r\n\r\n");
                send(client, "body");
                send(client, "rest");
                until("it runs", () -> replica.calls.size() == calls);
            }

            until("the replica sees the close", replicaSawClose::get);
        }
    }

    @Test
    void takesAHalfCloseForTheEnd() throws Exception {
        FakeReplica replica = silent();

        try (Socket client = bed.connect()) {
            send(client, "GET /slow HTTP/1.1\r\nHost: h\r\n\r\n");
            until("it runs", () -> !replica.calls.isEmpty());
            client.shutdownOutput();

            until("the replica sees the close", replicaSawClose::get);
        }
    }

    @Test
    void closesTheReplicaSideWhenAStreamHasNoReader() throws Exception {
        FakeReplica replica = bed.replica(call -> {
            call.write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
            call.write("9\r\ndata: 1\n\n\r\n");
            awaitClose(call);
        });
        bed.route(replica.target("a"));

        try (Socket client = bed.connect()) {
            send(client, "GET /stream HTTP/1.1\r\nHost: h\r\n\r\n");
            assertThat(client.getInputStream().read()).isEqualTo('H');
        }

        until("the replica sees the close", replicaSawClose::get);
    }

    @Test
    void neverEjectsAReplicaForClientsThatWentAway() throws Exception {
        FakeReplica replica = silent();
        for (int i = 0; i < 30; i++) {
            try (Socket client = bed.connect()) {
                send(client, "GET /slow HTTP/1.1\r\nHost: h\r\n\r\n");
                int calls = i + 1;
                until("it runs", () -> replica.calls.size() == calls);
            }
        }

        until("all are counted", () -> bed.balancer.statistics().clientAborts() == 30);
        assertThat(bed.balancer.statistics().replicas().getFirst().breaker()).isEqualTo(Statistics.BreakerState.CLOSED);
        assertThat(bed.signals).isEmpty();
    }

    @Test
    void slowsTheReplicaToThePaceOfTheClient() throws Exception {
        var written = new AtomicLong();
        FakeReplica replica = bed.replica(call -> {
            call.write("HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n");
            byte[] block = new byte[64 * 1024];
            for (long left = 1_000_000_000; left > 0; left -= block.length) {
                call.out().write(block);
                written.addAndGet(block.length);
            }
        });
        bed.route(replica.target("a"));

        try (Socket client = bed.connect()) {
            client.setReceiveBufferSize(16 * 1024);
            send(client, "GET /big HTTP/1.1\r\nHost: h\r\n\r\n");
            InputStream in = client.getInputStream();
            in.readNBytes(10_000);
            long[] last = {-1};
            until("the replica is stopped", () -> {
                long now = written.get();
                boolean still = now > 0 && now == last[0];
                last[0] = now;
                java.util.concurrent.locks.LockSupport.parkNanos(200_000_000L);
                return still;
            });
            assertThat(written.get()).isLessThan(30_000_000);
        }
    }

    private FakeReplica silent() {
        FakeReplica replica = bed.replica(this::awaitClose);
        bed.route(replica.target("a"));
        return replica;
    }

    private void awaitClose(FakeReplica.Call call) {
        try {
            call.awaitClose();
        } catch (IOException reset) {
            // A reset is a close too.
        }
        replicaSawClose.set(true);
    }
}
