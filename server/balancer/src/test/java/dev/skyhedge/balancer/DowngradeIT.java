package dev.skyhedge.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
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
    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int RESET = 3;
    private static final int SETTINGS = 4;
    private static final int GO_AWAY = 7;
    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;
    /// The eighth entry of HPACK's table.
    private static final byte STATUS_200 = (byte) 0x88;

    private static final int PATIENCE_MILLIS = 20_000;
    private static final String SMUGGLED = "x\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: h\r\n\r\n";

    private TestBed bed;
    private TestCertificates certificates;
    private FakeReplica replica;

    /// @param name lower case, as HTTP/2 has it, unless a case is about that
    private record Field(String name, String value) {}

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

    private static List<Field> request(String method, String path, String authority, Field... more) {
        return Stream.concat(
                        Stream.of(
                                new Field(":method", method),
                                new Field(":scheme", "https"),
                                new Field(":path", path),
                                new Field(":authority", authority)),
                        Stream.of(more))
                .toList();
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
        try (var socket = (SSLSocket) certificates.stranger().getSocketFactory().createSocket("127.0.0.1", bed.port)) {
            var parameters = socket.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {"h2"});
            socket.setSSLParameters(parameters);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.startHandshake();
            assertThat(socket.getApplicationProtocol()).isEqualTo("h2");
            var out = new ByteArrayOutputStream();
            out.writeBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            frame(out, SETTINGS, 0, 0, new byte[0]);
            frame(out, HEADERS, END_HEADERS | (body.isEmpty() ? END_STREAM : 0), 1, encoded(request));
            if (!body.isEmpty()) {
                frame(out, DATA, END_STREAM, 1, body.getBytes(StandardCharsets.ISO_8859_1));
            }
            socket.getOutputStream().write(out.toByteArray());
            return ending(new DataInputStream(socket.getInputStream()));
        } catch (EOFException | SSLException | SocketException closed) {
            return "closed";
        }
    }

    private static String ending(DataInputStream in) throws IOException {
        while (true) {
            int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
            int type = in.readUnsignedByte();
            in.readUnsignedByte();
            in.readInt();
            byte[] payload = in.readNBytes(length);
            if (type == HEADERS) {
                return payload[afterTableSize(payload)] == STATUS_200 ? "200" : "refused";
            }
            if (type == RESET || type == GO_AWAY) {
                return "reset";
            }
        }
    }

    /// Where the first field is: the size of the table may come before it (RFC 7541, section 6.3).
    private static int afterTableSize(byte[] payload) {
        if ((payload[0] & 0xe0) != 0x20) {
            return 0;
        }
        int at = 1;
        if ((payload[0] & 0x1f) == 0x1f) {
            while (payload[at++] < 0) {
                continue;
            }
        }
        return at;
    }

    private static void frame(ByteArrayOutputStream out, int type, int flags, int stream, byte[] payload) {
        out.write(payload.length >> 16);
        out.write(payload.length >> 8);
        out.write(payload.length);
        out.write(type);
        out.write(flags);
        out.writeBytes(new byte[] {0, 0, 0, (byte) stream});
        out.writeBytes(payload);
    }

    /// Every field as a literal that is in no table (RFC 7541, section 6.2.2).
    private static byte[] encoded(List<Field> fields) {
        var out = new ByteArrayOutputStream();
        for (Field field : fields) {
            out.write(0);
            text(out, field.name());
            text(out, field.value());
        }
        return out.toByteArray();
    }

    private static void text(ByteArrayOutputStream out, String text) {
        out.write(text.length()); // all are shorter than 127
        out.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
