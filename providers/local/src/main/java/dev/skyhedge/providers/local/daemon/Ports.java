package dev.skyhedge.providers.local.daemon;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Hands out loopback ports, each to one instance at a time. They lie below the range that systems take ports
/// of outgoing connections from, so that nobody comes between the hand-out and the workload's bind.
///
/// Another cloud on this machine might: it sees that nobody listens there yet. So whoever hands out a port holds the
/// UDP port that lies a fixed distance above, which is no workload's, and which the system takes back from the dead.
final class Ports {
    private static final int FIRST = 20_000;
    private static final int COUNT = 12_000;
    private static final int TO_MARK = COUNT;

    private final Map<Integer, Optional<DatagramSocket>> taken = new HashMap<>();
    private int next;

    Ports(RandomGenerator random) {
        next = random.nextInt(COUNT);
    }

    /// A port that nobody listens on and that no other cloud has handed out; empty if all are taken.
    synchronized Optional<Integer> take() {
        for (int tried = 0; tried < COUNT; tried++) {
            int port = FIRST + next;
            next = (next + 1) % COUNT;
            if (!taken.containsKey(port) && isFree(port)) {
                Optional<DatagramSocket> mark = mark(port);
                if (mark.isPresent()) {
                    taken.put(port, mark);
                    return Optional.of(port);
                }
            }
        }
        return Optional.empty();
    }

    /// A port that an instance has already: it listens there, or is about to.
    ///
    /// @param port 0 if it has none
    synchronized void keep(int port) {
        if (port != 0) {
            taken.computeIfAbsent(port, Ports::mark);
        }
    }

    synchronized void giveBack(int port) {
        Optional<DatagramSocket> mark = taken.remove(port);
        if (mark != null) {
            mark.ifPresent(DatagramSocket::close);
        }
    }

    /// Empty if another cloud has it, or something else that speaks UDP.
    private static Optional<DatagramSocket> mark(int port) {
        try {
            return Optional.of(new DatagramSocket(port + TO_MARK, InetAddress.getLoopbackAddress()));
        } catch (SocketException e) {
            return Optional.empty();
        }
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
