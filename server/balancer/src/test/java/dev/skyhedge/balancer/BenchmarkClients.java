package dev.skyhedge.balancer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// Clients with kept connections on one event loop; each sends its next request when it has the last answer.
final class BenchmarkClients {
    private static final int BUFFER_BYTES = 4 * 1024;
    private static final int SELECT_MILLIS = 100;
    private static final byte[] REQUEST = """
            GET /v1/models HTTP/1.1\r
            Host: chat.example.com\r
            User-Agent: benchmark\r
            Accept: */*\r
            \r
            """.getBytes(StandardCharsets.US_ASCII);

    private final byte[] seen = new byte[BUFFER_BYTES];
    private long answers;

    private BenchmarkClients() {}

    /// Runs until enough requests are answered or the time is over.
    ///
    /// @return answered requests
    static long run(int port, int connections, long requests, Duration time) throws IOException {
        var clients = new BenchmarkClients();
        try (Selector selector = Selector.open()) {
            for (int i = 0; i < connections; i++) {
                clients.open(selector, port);
            }
            long deadline = System.nanoTime() + time.toNanos();
            while (clients.answers < requests && System.nanoTime() - deadline < 0) {
                selector.select(clients::read, SELECT_MILLIS);
            }
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
        }
        return clients.answers;
    }

    private void open(Selector selector, int port) throws IOException {
        SocketChannel channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ, ByteBuffer.allocateDirect(BUFFER_BYTES));
        channel.write(ByteBuffer.wrap(REQUEST));
    }

    private void read(SelectionKey key) {
        var channel = (SocketChannel) key.channel();
        var buffer = (ByteBuffer) key.attachment();
        try {
            if (channel.read(buffer) < 0) {
                throw new IllegalStateException("the connection was closed after " + answers + " answers");
            }
            if (whole(buffer)) {
                buffer.clear();
                answers++;
                channel.write(ByteBuffer.wrap(REQUEST));
            }
        } catch (IOException reset) {
            throw new IllegalStateException("the connection broke after " + answers + " answers", reset);
        }
    }

    private boolean whole(ByteBuffer buffer) {
        int size = buffer.position();
        int headEnd = size - BenchmarkReplica.BODY_BYTES;
        if (headEnd < 4 || buffer.getInt(headEnd - 4) != 0x0D0A0D0A) {
            return false;
        }
        buffer.get(0, seen, 0, 12);
        String status = new String(seen, 9, 3, StandardCharsets.US_ASCII);
        if (!status.equals("200")) {
            throw new IllegalStateException("answered " + status);
        }
        return true;
    }
}
