package dev.skyhedge.spi.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/// Ports for what a test starts a moment later. One that the system hands out is soon handed to somebody else, as the
/// near end of a connection: these are none of its, nor of the instances of the cloud in a box.
public final class TestPorts {
    private static final int FIRST = 10_000;
    private static final int COUNT = 10_000;
    private static final int ATTEMPTS = 1_000;

    private TestPorts() {}

    /// One at which nobody listens now.
    public static int free() {
        return inARow(1);
    }

    /// The first of so many, one after the other, at which nobody listens now.
    public static int inARow(int count) {
        for (int i = 0; i < ATTEMPTS; i++) {
            int port = FIRST + ThreadLocalRandom.current().nextInt(COUNT);
            if (IntStream.range(port, port + count).allMatch(TestPorts::isFree)) {
                return port;
            }
        }
        throw new IllegalStateException("No port is free from " + FIRST + " on");
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            // Somebody has it.
            return false;
        }
    }
}
