package dev.skyhedge.state.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Stands between a client and a server of this machine, and can stop to forward without closing anything, as a
/// network does that drops packets.
final class Relay implements AutoCloseable {
    private final ServerSocket listening;
    private final int server;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile boolean silent;

    Relay(int server) throws IOException {
        this.server = server;
        this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    /// Nothing passes any more; connections are still taken.
    void fallSilent() {
        silent = true;
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket client = kept(listening.accept());
                Socket behind = kept(new Socket(InetAddress.getLoopbackAddress(), server));
                Thread.ofVirtual().start(() -> forward(client, behind));
                Thread.ofVirtual().start(() -> forward(behind, client));
            } catch (IOException e) {
                // Closed at the end of a test, or the server is not there: then nobody is forwarded to.
                continue;
            }
        }
    }

    private Socket kept(Socket socket) {
        sockets.add(socket);
        return socket;
    }

    private void forward(Socket from, Socket to) {
        byte[] bytes = new byte[8192];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
                if (!silent) {
                    out.write(bytes, 0, read);
                }
            }
            if (!silent) {
                to.close();
            }
        } catch (IOException e) {
            // One side has hung up, which the other side finds out by itself.
            sockets.remove(from);
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
