package dev.skyhedge.watch.endpoints;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/// Addresses of this machine.
final class Addresses {
    private Addresses() {}

    /// Whether something may listen at this host, whatever the port.
    static boolean isHere(String host) {
        try (var any = new ServerSocket(0, 1, InetAddress.getByName(host))) {
            return any.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
