package dev.skyhedge.weights;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/// A way between two nodes that can be made to swallow, or to change, what comes down it.
final class TestLink implements Closeable {
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final InetSocketAddress to;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final AtomicLong down = new AtomicLong();
    private volatile long swallowsFrom = Long.MAX_VALUE;
    private volatile long changes = Long.MAX_VALUE;

    TestLink(InetSocketAddress to) throws IOException {
        this.to = to;
        Thread.ofVirtual().start(this::accept);
    }

    InetSocketAddress address() {
        return (InetSocketAddress) server.getLocalSocketAddress();
    }

    /// From this byte on nothing arrives any more, and nobody hangs up.
    TestLink swallowFrom(long position) {
        swallowsFrom = position;
        return this;
    }

    /// This byte arrives as another one.
    TestLink change(long position) {
        changes = position;
        return this;
    }

    private void accept() {
        try {
            while (true) {
                Socket below = server.accept();
                Socket above = new Socket(to.getAddress(), to.getPort());
                sockets.add(below);
                sockets.add(above);
                Thread.ofVirtual().start(() -> pump(below, above, false));
                Thread.ofVirtual().start(() -> pump(above, below, true));
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private void pump(Socket from, Socket into, boolean isDown) {
        byte[] buffer = new byte[1 << 14];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = into.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                long before = isDown ? down.getAndAdd(read) : 0;
                if (isDown && changes >= before && changes < before + read) {
                    buffer[(int) (changes - before)] ^= 1;
                }
                if (!isDown || before + read < swallowsFrom) {
                    out.write(buffer, 0, read);
                }
            }
            if (!isDown || down.get() < swallowsFrom) {
                into.shutdownOutput();
            }
        } catch (IOException e) {
            // One end is gone, and the other one learns it.
            closeQuietly(from);
            closeQuietly(into);
        }
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        sockets.forEach(TestLink::closeQuietly);
    }
}
