package dev.skyhedge.providers.local.daemon;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/// Hands out loopback ports, each to one instance at a time. They lie below the range that systems take ports
/// of outgoing connections from, so that nobody comes between the hand-out and the workload's bind.
final class Ports {
    private static final int FIRST = 20_000;
    private static final int COUNT = 12_000;

    private final Set<Integer> taken = new HashSet<>();
    private int next;

    Ports(RandomGenerator random) {
        next = random.nextInt(COUNT);
    }

    /// A port that nobody listens on; empty if all are taken.
    synchronized Optional<Integer> take() {
        for (int tried = 0; tried < COUNT; tried++) {
            int port = FIRST + next;
            next = (next + 1) % COUNT;
            if (!taken.contains(port) && isFree(port)) {
                taken.add(port);
                return Optional.of(port);
            }
        }
        return Optional.empty();
    }

    synchronized void keep(int port) {
        taken.add(port);
    }

    synchronized void giveBack(int port) {
        taken.remove(port);
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
