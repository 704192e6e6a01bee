package dev.skyhedge.balancer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/// The cheapest replica there is: one event loop, one fixed answer for every request without a body.
final class BenchmarkReplica implements AutoCloseable {
    static final int BODY_BYTES = 200;

    private static final int BUFFER_BYTES = 8 * 1024;
    private static final byte[] ANSWER = ("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: " + BODY_BYTES
                    + "\r\n\r\n" + "x".repeat(BODY_BYTES))
            .getBytes(StandardCharsets.US_ASCII);

    private final Selector selector;
    private final ServerSocketChannel server;

    BenchmarkReplica() throws IOException {
        selector = Selector.open();
        server = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1_024);
        server.configureBlocking(false);
        server.register(selector, SelectionKey.OP_ACCEPT);
        Thread.ofPlatform().daemon().name("benchmark-replica").start(this::loop);
    }

    int port() {
        return server.socket().getLocalPort();
    }

    @Override
    public void close() throws IOException {
        server.close();
        selector.close();
    }

    private void loop() {
        try {
            while (selector.isOpen()) {
                selector.select(this::serve);
            }
        } catch (ClosedSelectorException closed) {
            return;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void serve(SelectionKey key) {
        try {
            if (key.isAcceptable()) {
                accept();
            } else if (!answer((SocketChannel) key.channel(), (ByteBuffer) key.attachment())) {
                key.channel().close();
            }
        } catch (IOException reset) {
            key.cancel();
        }
    }

    private void accept() throws IOException {
        SocketChannel channel = server.accept();
        if (channel != null) {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.register(selector, SelectionKey.OP_READ, ByteBuffer.allocateDirect(BUFFER_BYTES));
        }
    }

    /// A proxy sends its next request after the answer, so what ends with an empty line is one request.
    private static boolean answer(SocketChannel channel, ByteBuffer read) throws IOException {
        if (channel.read(read) < 0) {
            return false;
        }
        int end = read.position();
        if (end >= 4 && read.getInt(end - 4) == 0x0D0A0D0A) {
            read.clear();
            channel.write(ByteBuffer.wrap(ANSWER));
        }
        return true;
    }
}
