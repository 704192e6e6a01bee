package dev.skyhedge.state.store;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/// Ports for what a test starts a moment later. One that the system hands out is soon handed to somebody else, as the
/// near end of a connection: these are none of its, nor of the instances of the cloud in a box.
public final class TestPorts {
    private static final int FIRST = 10_000;
    private static final int COUNT = 10_000;
    private static final int ATTEMPTS = 1_000;

    private TestPorts() {}

    /// One at which nobody listens now.
    public static int free() {
        for (int i = 0; i < ATTEMPTS; i++) {
            int port = FIRST + ThreadLocalRandom.current().nextInt(COUNT);
            try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException e) {
                // Somebody has it: another one.
                continue;
            }
        }
        throw new IllegalStateException("No port is free from " + FIRST + " on");
    }
}
