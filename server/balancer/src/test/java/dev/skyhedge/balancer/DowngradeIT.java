package dev.skyhedge.balancer;

import static dev.skyhedge.balancer.FramedClient.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.balancer.FramedClient.Field;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Requests of HTTP/2 that would be several ones, or other ones, once they are written as HTTP/1.1.
/// The cases are those of RFC 9113, section 8.2 and 10.3, and of James Kettle, "HTTP/2: The Sequel
/// is Always Worse" (2021).
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DowngradeIT {
    private static final String SMUGGLED = "x\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: h\r\n\r\n";

    private TestBed bed;
    private TestCertificates certificates;
    private FakeReplica replica;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        certificates = new TestCertificates(directory).sign("server", "EC");
        bed = new TestBed();
        bed.balancer.secure(Optional.of(certificates.server("server")));
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

    private static Arguments with(String name, String value) {
        return Arguments.of(
                name.strip() + " header", request("POST", "/", "h", new Field(name, value)), "0\r\n\r\nGET /");
    }

    static Stream<Arguments> ambiguous() {
        return Stream.of(
                with("transfer-encoding", "chunked"),
                with("transfer-encoding ", "chunked"),
                with("connection", "transfer-encoding"),
                with("keep-alive", "1"),
                with("proxy-connection", "keep-alive"),
                with("upgrade", "h2c"),
                with("te", "chunked"),
                with("content-length", "0"),
                with("content-length", "300"),
                with("content-length", "+12"),
                with("x", SMUGGLED),
                with("x", "a\nTransfer-Encoding: chunked"),
                with("x", "a\rb"),
                with("x", "a\0b"),
                with("x: y\r\ntransfer-encoding", "chunked"),
                with("x:transfer-encoding", "chunked"),
                with("x y", "a"),
                with("Transfer-Encoding", "chunked"),
                with("", "a"),
                Arguments.of(
                        "two lengths",
                        request("POST", "/", "h", new Field("content-length", "12"), new Field("content-length", "0")),
                        "0\r\n\r\nGET /"),
                Arguments.of("line end in path", request("GET", "/ HTTP/1.1\r\nHost: h\r\n\r\nGET /smuggled", "h"), ""),
                Arguments.of("space in path", request("GET", "/a HTTP/1.1", "h"), ""),
                Arguments.of("empty path", request("GET", "", "h"), ""),
                Arguments.of("path without a slash", request("GET", "a", "h"), ""),
                Arguments.of("dots in disguise", request("GET", "/a/%2e%2e/b", "h"), ""),
                Arguments.of("dots with parameter", request("GET", "/a/..;/b", "h"), ""),
                Arguments.of("line end in method", request("GET / HTTP/1.1\r\nX: y\r\n\r\nGET", "/", "h"), ""),
                Arguments.of("space in method", request("GET /smuggled", "/", "h"), ""),
                Arguments.of("line end in authority", request("GET", "/", "h\r\nX: y"), ""),
                Arguments.of("path twice", request("GET", "/", "h", new Field(":path", "/b")), ""),
                Arguments.of("unknown pseudo-header", request("GET", "/", "h", new Field(":x", "a")), ""),
                Arguments.of("another host", request("GET", "/", "h", new Field("host", "other")), ""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ambiguous")
    void refusesWhatWouldBeSomethingElse(String name, List<Field> request, String body) throws Exception {
        assertThat(answer(request, body)).as(name).isNotEqualTo("200");

        assertThat(replica.calls).as(name).isEmpty();
    }

    @Test
    void takesWhatIsAsItShouldBe() throws Exception {
        var fields = request("POST", "/", "h", new Field("content-length", "4"), new Field("te", "trailers"));

        assertThat(answer(fields, "body")).isEqualTo("200");

        assertThat(replica.calls).singleElement().satisfies(call -> {
            assertThat(call.body()).isEqualTo("body".getBytes(StandardCharsets.US_ASCII));
            assertThat(call.header("TE")).isEmpty();
        });
    }

    /// The status, or how it ended without one.
    private String answer(List<Field> request, String body) throws Exception {
        try (var client = new FramedClient(certificates.stranger(), bed.port)) {
            client.headers(1, request, body.isEmpty());
            if (!body.isEmpty()) {
                client.data(1, body);
            }
            client.flush();
            return ending(client);
        } catch (EOFException | SSLException | SocketException closed) {
            return "closed";
        }
    }

    private static String ending(FramedClient client) throws IOException {
        while (true) {
            FramedClient.Frame frame = client.next();
            switch (frame.type()) {
                case FramedClient.HEADERS -> {
                    return frame.isOk() ? "200" : "refused";
                }
                case FramedClient.RESET, FramedClient.GO_AWAY -> {
                    return "reset";
                }
                default -> {}
            }
        }
    }
}
