package dev.skyhedge.balancer;

import static dev.skyhedge.balancer.TestBed.until;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Requests that two HTTP parsers may read differently never get past the first one.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ComplianceIT {
    private static final String HOST = "Host: h\r\n";
    private TestBed bed;
    private FakeReplica replica;

    @BeforeAll
    void start() {
        bed = new TestBed();
        replica = bed.replicaAnswering("ok");
        bed.route(replica.target("a"));
    }

    @BeforeEach
    void forget() {
        replica.calls.clear();
    }

    @AfterAll
    void stop() throws Exception {
        bed.assertAtRest();
        bed.close();
    }

    static Stream<Arguments> ambiguous() {
        String post = "POST / HTTP/1.1\r\n" + HOST;
        String chunked = post + "Transfer-Encoding: chunked\r\n\r\n";
        return Stream.of(
                Arguments.of(
                        "length and chunked",
                        post + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
                Arguments.of("unknown coding", post + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n"),
                Arguments.of("space before colon", post + "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n"),
                Arguments.of("two equal lengths", post + "Content-Length: 2\r\nContent-Length: 2\r\n\r\nhi"),
                Arguments.of("two lengths", post + "Content-Length: 2\r\nContent-Length: 3\r\n\r\nhi!"),
                Arguments.of("length with plus", post + "Content-Length: +2\r\n\r\nhi"),
                Arguments.of("length list", post + "Content-Length: 2, 2\r\n\r\nhi"),
                Arguments.of("hexadecimal length", post + "Content-Length: 0x2\r\n\r\nhi"),
                Arguments.of("negative length", post + "Content-Length: -1\r\n\r\n"),
                Arguments.of("chunked then identity", post + "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n"),
                Arguments.of(
                        "chunked twice",
                        post + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
                Arguments.of(
                        "HTTP/1.0 chunked",
                        "POST / HTTP/1.0\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
                Arguments.of("authority differs from host", "GET http://other/ HTTP/1.1\r\n" + HOST + "\r\n"),
                Arguments.of("two hosts", "GET / HTTP/1.1\r\n" + HOST + "Host: g\r\n\r\n"),
                Arguments.of("no host", "GET / HTTP/1.1\r\n\r\n"),
                Arguments.of("NUL in value", "GET / HTTP/1.1\r\n" + HOST + "X: a\0b\r\n\r\n"),
                Arguments.of("bare CR in value", "GET / HTTP/1.1\r\n" + HOST + "X: a\rb\r\n\r\n"),
                Arguments.of("folded header", "GET / HTTP/1.1\r\n" + HOST + "X: a\r\n b\r\n\r\n"),
                Arguments.of("space in name", "GET / HTTP/1.1\r\n" + HOST + "X Y: a\r\n\r\n"),
                Arguments.of("bare LF in header", "GET / HTTP/1.1\n" + "Host: h\n\n"),
                Arguments.of("bare LF in one header", "GET / HTTP/1.1\r\n" + HOST + "X: a\nY: b\r\n\r\n"),
                Arguments.of("dots in disguise", "GET /a/%2e%2e/b HTTP/1.1\r\n" + HOST + "\r\n"),
                Arguments.of("dots with parameter", "GET /a/..;/b HTTP/1.1\r\n" + HOST + "\r\n"),
                Arguments.of("chunk size with plus", chunked + "+1\r\na\r\n0\r\n\r\n"),
                Arguments.of("chunk size with 0x", chunked + "0x1\r\na\r\n0\r\n\r\n"),
                Arguments.of("chunk size overflow", chunked + "10000000000000001\r\na\r\n0\r\n\r\n"),
                Arguments.of("LF after chunk size", chunked + "1\na\r\n0\r\n\r\n"),
                Arguments.of("LF in chunk extension", chunked + "1;a\nb\r\na\r\n0\r\n\r\n"),
                Arguments.of("quoted CRLF in chunk extension", chunked + "1;a=\"\r\n0\r\n\r\n\"\r\na\r\n0\r\n\r\n"),
                Arguments.of("not HTTP", "\u0016\u0003\u0001 hello\r\n\r\n"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ambiguous")
    void refusesWhatCanBeReadTwoWays(String name, String request) throws Exception {
        List<String> head = send(request + "GET /smuggled HTTP/1.1\r\n" + HOST + "\r\n");

        assertThat(head).as(name).isNotEmpty();
        assertThat(head.getFirst()).as(name).contains(" 400 ");
        assertThat(replica.calls).as(name).isEmpty();
    }

    @Test
    void refusesALargeHeader() throws Exception {
        assertThat(send("GET / HTTP/1.1\r\n" + HOST + "X: " + "x".repeat(64 * 1024) + "\r\n\r\n")
                        .getFirst())
                .contains(" 431 ");
        assertThat(replica.calls).isEmpty();
    }

    @Test
    void refusesALargeBodyByItsLength() throws Exception {
        assertThat(send("POST / HTTP/1.1\r\n" + HOST + "Content-Length: 40000000\r\n\r\n")
                        .getFirst())
                .contains(" 413 ");
        assertThat(replica.calls).isEmpty();
    }

    @Test
    void refusesALargeBodyOfUnknownLength() throws Exception {
        BalancerSettings.Limits limits = BalancerSettings.defaults().limits();
        var small = BalancerSettings.defaults()
                .with(new BalancerSettings.Limits(
                        limits.headerBytes(), 1_000, 500, limits.wholeResponseBytes(), limits.idleConnections()));
        try (var ownBed = new TestBed(small)) {
            FakeReplica own = ownBed.replicaAnswering("ok");
            ownBed.route(own.target("a"));
            try (Socket socket = ownBed.connect()) {
                write(
                        socket,
                        "POST / HTTP/1.1\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\n7d0\r\n" + "x".repeat(2_000)
                                + "\r\n0\r\n\r\n");
                assertThat(FakeReplica.head(socket.getInputStream()).getFirst()).contains(" 413 ");
            }
            assertThat(own.calls).isEmpty();
            ownBed.assertAtRest();
        }
    }

    @Test
    void passesAGetWithABody() throws Exception {
        assertThat(send("GET / HTTP/1.1\r\n" + HOST + "Content-Length: 2\r\n\r\nhi")
                        .getFirst())
                .contains(" 200 ");
        assertThat(replica.calls.getFirst().body()).hasSize(2);
    }

    @Test
    void ejectsNobodyForBadRequestContent() throws Exception {
        for (int i = 0; i < 20; i++) {
            send("POST / HTTP/1.1\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\nzz\r\n");
        }

        assertThat(bed.balancer.statistics().replicas().getFirst().breaker()).isEqualTo(Statistics.BreakerState.CLOSED);
    }

    @Test
    void closesAClientThatNeverFinishesItsHeader() throws Exception {
        BalancerSettings.Timeouts usual = BalancerSettings.defaults().timeouts();
        var strict = BalancerSettings.defaults()
                .with(new BalancerSettings.Timeouts(
                        usual.connect(),
                        Duration.ofMillis(500),
                        usual.keepAlive(),
                        usual.streamIdle(),
                        usual.drain(),
                        usual.removalGrace(),
                        usual.unavailable()));
        try (var ownBed = new TestBed(strict);
                Socket silent = ownBed.connect();
                Socket drip = ownBed.connect();
                Socket second = ownBed.connect()) {
            ownBed.route(ownBed.replicaAnswering("ok").target("a"));
            write(second, "GET / HTTP/1.1\r\n" + HOST + "\r\n");
            FakeReplica.head(second.getInputStream());
            assertThat(second.getInputStream().readNBytes(2)).hasSize(2);
            write(second, "GET / HT");

            until("one byte now and then does not help", () -> {
                java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
                try {
                    write(drip, "G");
                    return false;
                } catch (Exception closed) {
                    return true;
                }
            });
            assertThat(silent.getInputStream().read()).isEqualTo(-1);
            assertThat(second.getInputStream().read()).isEqualTo(-1);
        }
    }

    private List<String> send(String request) throws Exception {
        try (Socket socket = bed.connect()) {
            write(socket, request);
            return FakeReplica.head(socket.getInputStream());
        }
    }

    private static void write(Socket socket, String text) throws Exception {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }
}
