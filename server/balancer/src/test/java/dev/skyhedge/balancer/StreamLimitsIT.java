package dev.skyhedge.balancer;

import static dev.skyhedge.balancer.FramedClient.request;
import static dev.skyhedge.balancer.TestBed.until;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Clients of HTTP/2 that cost more than they pay for, and such that only look like it.
class StreamLimitsIT {
    private static TestCertificates certificates;

    private final TestBed bed = new TestBed();

    @BeforeAll
    static void sign(@TempDir Path directory) throws Exception {
        certificates = new TestCertificates(directory).sign("server", "EC");
    }

    @BeforeEach
    void start() throws Exception {
        bed.balancer.secure(Optional.of(certificates.server("server")));
    }

    @AfterEach
    void stop() throws Exception {
        bed.assertAtRest();
        bed.close();
    }

    private FramedClient connect() throws Exception {
        return new FramedClient(certificates.stranger(), bed.port);
    }

    /// CVE-2023-44487: each request is work that its client takes back before it can be counted.
    @Test
    void aConnectionThatTakesItsRequestsBackAllTheTimeIsEnded() throws Exception {
        bed.route(bed.replica(FakeReplica.Call::awaitClose).target("a"));
        int requests = 2_000;

        try (FramedClient client = connect()) {
            for (int i = 0; i < requests; i++) {
                int stream = 2 * i + 1;
                client.headers(stream, request("GET", "/", "h"), true).reset(stream);
            }

            assertThat(isEnded(client)).isTrue();
        }
        assertThat(bed.balancer.statistics().arrivals()).isLessThan(requests / 2);
    }

    private static boolean isEnded(FramedClient client) throws IOException {
        try {
            client.flush();
            while (client.next().type() != FramedClient.GO_AWAY) {
                continue;
            }
            return true;
        } catch (EOFException | SSLException | SocketException ended) {
            return true;
        }
    }

    @Test
    void aClientThatGivesUpAllThatItHasAskedForGoesOn() throws Exception {
        int requests = 128; // as many as it may have
        bed.route(bed.replica(call -> {
                    if (call.requestLine().contains("/silent")) {
                        call.awaitClose();
                    } else {
                        call.reply(200, "here");
                    }
                })
                .target("a"));

        try (FramedClient client = connect()) {
            client.acknowledgeSettings();
            for (int i = 0; i < requests; i++) {
                client.headers(2 * i + 1, request("GET", "/silent", "h"), true);
            }
            client.flush();
            until("they run", () -> bed.balancer.statistics().inFlight() == requests);
            for (int i = 0; i < requests; i++) {
                client.reset(2 * i + 1);
            }
            client.headers(2 * requests + 1, request("GET", "/", "h"), true).flush();

            FramedClient.Frame frame = client.next();
            while (frame.type() != FramedClient.HEADERS) {
                assertThat(frame.type()).isNotEqualTo(FramedClient.GO_AWAY);
                frame = client.next();
            }
            assertThat(frame.isOk()).isTrue();
        }
    }

    /// As much at a time as was there before: the window is the same whenever somebody looks.
    @Test
    void aReaderThatTakesALittleAtATimeKeepsItsStream() throws Exception {
        BalancerSettings usual = BalancerSettings.defaults();
        bed.balancer.update(usual.with(new BalancerSettings.Clients(
                usual.clients().requests(),
                usual.clients().keptBytes(),
                Duration.ofMillis(500),
                usual.clients().selfCheck())));
        int length = 65_535 + 400;
        bed.route(bed.replicaAnswering("x".repeat(length)).target("a"));

        try (FramedClient client = connect()) {
            client.acknowledgeSettings();
            client.headers(1, request("GET", "/", "h"), true).flush();
            int taken = 0;
            while (taken < length) {
                FramedClient.Frame frame = client.next();
                assertThat(frame.type()).as("after " + taken).isNotIn(FramedClient.RESET, FramedClient.GO_AWAY);
                if (frame.type() == FramedClient.DATA) {
                    taken += frame.payload().length;
                    if (taken >= 65_535) {
                        Thread.sleep(20);
                        client.allow(0, 2).allow(1, 2).flush();
                    }
                }
            }
        }
        until("it is over", () -> bed.balancer.statistics().inFlight() == 0);
        assertThat(bed.balancer.statistics().clientAborts()).isZero();
    }
}
