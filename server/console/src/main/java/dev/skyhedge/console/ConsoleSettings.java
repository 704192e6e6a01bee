package dev.skyhedge.console;

import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// Where a console listens.
///
/// @param host name or address to bind; [#LOOPBACK] keeps the console on this machine
/// @param port 0 for any free one, otherwise up to 65535
/// @param names further names that clients may call it by in their `Host` header, besides loopback names and
///     `host`. Without meaning when `host` is not a loopback address: any name is permitted then.
/// @param notices a second address, which takes notices and nothing else
public record ConsoleSettings(String host, int port, SortedSet<String> names, Optional<InetSocketAddress> notices) {
    public static final String LOOPBACK = "127.0.0.1";
    private static final int MAX_PORT = 65_535;

    public ConsoleSettings {
        if (host.isEmpty()) {
            throw new IllegalArgumentException("A console is bound to a host");
        }
        if (port < 0 || port > MAX_PORT) {
            throw new IllegalArgumentException("A port is from 0 to " + MAX_PORT + ", not " + port);
        }
        SortedSet<String> copy = new TreeSet<>();
        names.forEach(name -> copy.add(name.toLowerCase(Locale.ROOT)));
        names = copy;
    }

    /// Without a second address.
    public ConsoleSettings(String host, int port, SortedSet<String> names) {
        this(host, port, names, Optional.empty());
    }

    /// With a second address for notices.
    public ConsoleSettings withNotices(InetSocketAddress address) {
        return new ConsoleSettings(host, port, names, Optional.of(address));
    }

    /// On this machine only.
    ///
    /// @param port 0 for any free one
    public static ConsoleSettings loopback(int port) {
        return new ConsoleSettings(LOOPBACK, port, new TreeSet<>());
    }
}
