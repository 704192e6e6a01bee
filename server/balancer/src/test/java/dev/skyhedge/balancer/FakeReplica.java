package dev.skyhedge.balancer;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// A replica on a real socket whose answers a test writes byte by byte.
class FakeReplica implements AutoCloseable {

    /// Answers one request; the connection is kept if it returns normally.
    @FunctionalInterface
    interface Behaviour {
        void answer(Call call) throws Exception;
    }

    /// @param head request line and header lines, as received
    record Call(List<String> head, byte[] body, Socket socket, OutputStream out) {
        String requestLine() {
            return head.getFirst();
        }

        Optional<String> header(String name) {
            return head.stream()
                    .skip(1)
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":"))
                    .map(line -> line.substring(name.length() + 1).trim())
                    .findFirst();
        }

        void reply(int status, String text) throws IOException {
            write("HTTP/1.1 " + status + " X\r\nContent-Length: " + text.length() + "\r\n\r\n" + text);
        }

        void write(String text) throws IOException {
            out.write(text.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
        }

        void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }

        /// Blocks until the balancer closes the connection.
        void awaitClose() throws IOException {
            while (socket.getInputStream().read() >= 0) {
                continue;
            }
        }
    }

    private final ServerSocket server;
    private final Behaviour behaviour;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    final List<Call> calls = new CopyOnWriteArrayList<>();
    final AtomicInteger accepted = new AtomicInteger();
    final AtomicInteger ended = new AtomicInteger();

    FakeReplica(Behaviour behaviour) {
        this(behaviour, 0);
    }

    FakeReplica(Behaviour behaviour, int port) {
        this.behaviour = behaviour;
        try {
            server = new ServerSocket(port, 2_048, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    static FakeReplica answering(String text) {
        return new FakeReplica(call -> call.reply(200, text));
    }

    int port() {
        return server.getLocalPort();
    }

    Target target(String name) {
        return Target.ready(name, 1, "127.0.0.1", port());
    }

    int openConnections() {
        return open.size();
    }

    /// Dies as a killed process does: nothing is accepted, every connection is reset.
    void kill() {
        close();
    }

    @Override
    public void close() {
        try {
            server.close();
            open.forEach(FakeReplica::reset);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException closedAlready) {
            // That is what was wanted.
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                accepted.incrementAndGet();
                open.add(socket);
                if (server.isClosed()) {
                    socket.setSoLinger(true, 0);
                    socket.close();
                }
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            var in = new BufferedInputStream(socket.getInputStream());
            for (List<String> head = head(in); !head.isEmpty(); head = head(in)) {
                var call = new Call(head, new byte[0], socket, socket.getOutputStream());
                byte[] body = body(call, in);
                var whole = new Call(head, body, socket, socket.getOutputStream());
                calls.add(whole);
                behaviour.answer(whole);
            }
        } catch (Exception endOfConnection) {
            // The test judges by what the client and the balancer saw.
        } finally {
            ended.incrementAndGet();
            open.remove(socket);
        }
    }

    static List<String> head(InputStream in) throws IOException {
        var lines = new ArrayList<String>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            lines.add(line);
        }
        return lines;
    }

    private static byte[] body(Call call, InputStream in) throws IOException {
        Optional<String> length = call.header("Content-Length");
        if (length.isPresent()) {
            byte[] bytes = in.readNBytes(Integer.parseInt(length.get()));
            if (bytes.length < Integer.parseInt(length.get())) {
                throw new IOException("body cut");
            }
            return bytes;
        }
        if (call.header("Transfer-Encoding").isEmpty()) {
            return new byte[0];
        }
        var all = new ByteArrayOutputStream();
        for (int size = Integer.parseInt(line(in), 16); size > 0; size = Integer.parseInt(line(in), 16)) {
            all.write(in.readNBytes(size));
            line(in);
        }
        line(in);
        return all.toByteArray();
    }

    private static String line(InputStream in) throws IOException {
        var text = new StringBuilder();
        for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
            if (b != '\r') {
                text.append((char) b);
            }
        }
        return text.toString();
    }
}
