package dev.skyhedge.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/// A client of HTTP/2 that writes its frames itself, also such as no library would.
final class FramedClient implements AutoCloseable {
    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int RESET = 3;
    static final int GO_AWAY = 7;

    private static final int SETTINGS = 4;
    private static final int WINDOW_UPDATE = 8;
    private static final int ACK = 1;
    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;
    /// The eighth entry of HPACK's table.
    private static final byte STATUS_200 = (byte) 0x88;

    private static final int PATIENCE_MILLIS = 20_000;

    private final Socket socket;
    private final DataInputStream in;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /// @param name lower case, as HTTP/2 has it, unless a case is about that
    record Field(String name, String value) {}

    record Frame(int type, int stream, byte[] payload) {
        /// Whether it begins a good answer.
        boolean isOk() {
            return type == HEADERS && payload[afterTableSize()] == STATUS_200;
        }

        /// Where the first field is: the size of the table may come before it (RFC 7541, section 6.3).
        private int afterTableSize() {
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
    }

    /// By TLS.
    FramedClient(SSLContext tls, int port) throws IOException {
        this(shakenHands((SSLSocket) tls.getSocketFactory().createSocket("127.0.0.1", port)));
    }

    FramedClient(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(PATIENCE_MILLIS);
        in = new DataInputStream(socket.getInputStream());
        out.writeBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        frame(SETTINGS, 0, 0, new byte[0]);
    }

    private static Socket shakenHands(SSLSocket socket) throws IOException {
        var parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"h2"});
        socket.setSSLParameters(parameters);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.startHandshake();
        assertThat(socket.getApplicationProtocol()).isEqualTo("h2");
        return socket;
    }

    static List<Field> request(String method, String path, String authority, Field... more) {
        return Stream.concat(
                        Stream.of(
                                new Field(":method", method),
                                new Field(":scheme", "https"),
                                new Field(":path", path),
                                new Field(":authority", authority)),
                        Stream.of(more))
                .toList();
    }

    /// What is written goes out with [#flush()].
    FramedClient headers(int stream, List<Field> fields, boolean last) {
        return frame(HEADERS, END_HEADERS | (last ? END_STREAM : 0), stream, encoded(fields));
    }

    FramedClient data(int stream, String last) {
        return frame(DATA, END_STREAM, stream, last.getBytes(StandardCharsets.ISO_8859_1));
    }

    /// Gives a request up.
    FramedClient reset(int stream) {
        return frame(RESET, 0, stream, new byte[] {0, 0, 0, 8});
    }

    /// Lets so much more of an answer come.
    FramedClient allow(int stream, int bytes) {
        return frame(WINDOW_UPDATE, 0, stream, fourBytes(bytes));
    }

    FramedClient acknowledgeSettings() {
        return frame(SETTINGS, ACK, 0, new byte[0]);
    }

    void flush() throws IOException {
        socket.getOutputStream().write(out.toByteArray());
        out.reset();
    }

    Frame next() throws IOException {
        int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
        int type = in.readUnsignedByte();
        in.readUnsignedByte();
        return new Frame(type, in.readInt(), in.readNBytes(length));
    }

    private FramedClient frame(int type, int flags, int stream, byte[] payload) {
        out.write(payload.length >> 16);
        out.write(payload.length >> 8);
        out.write(payload.length);
        out.write(type);
        out.write(flags);
        out.writeBytes(fourBytes(stream));
        out.writeBytes(payload);
        return this;
    }

    private static byte[] fourBytes(int number) {
        return new byte[] {(byte) (number >> 24), (byte) (number >> 16), (byte) (number >> 8), (byte) number};
    }

    /// Every field as a literal that is in no table (RFC 7541, section 6.2.2).
    private static byte[] encoded(List<Field> fields) {
        var encoded = new ByteArrayOutputStream();
        for (Field field : fields) {
            encoded.write(0);
            text(encoded, field.name());
            text(encoded, field.value());
        }
        return encoded.toByteArray();
    }

    private static void text(ByteArrayOutputStream encoded, String text) {
        encoded.write(text.length()); // all are shorter than 127
        encoded.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
