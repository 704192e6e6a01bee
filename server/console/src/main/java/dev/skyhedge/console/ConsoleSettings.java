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
/// @param token what readers have to know; without one the console listens on loopback addresses only
public record ConsoleSettings(
        String host, int port, SortedSet<String> names, Optional<InetSocketAddress> notices, Optional<String> token) {
    public static final String LOOPBACK = "127.0.0.1";
    /// The environment variable that has the token.
    public static final String TOKEN = "SKYHEDGE_CONSOLE_TOKEN";
    /// Characters of a token at least.
    public static final int MIN_TOKEN = 16;

    private static final int MAX_PORT = 65_535;

    public ConsoleSettings {
        if (host.isEmpty()) {
            throw new IllegalArgumentException("A console is bound to a host");
        }
        if (port < 0 || port > MAX_PORT) {
            throw new IllegalArgumentException("A port is from 0 to " + MAX_PORT + ", not " + port);
        }
        if (token.filter(text -> text.length() < MIN_TOKEN).isPresent()) {
            throw new IllegalArgumentException("A token has " + MIN_TOKEN + " characters or more");
        }
        SortedSet<String> copy = new TreeSet<>();
        names.forEach(name -> copy.add(name.toLowerCase(Locale.ROOT)));
        names = copy;
    }

    /// Without a second address and a token.
    public ConsoleSettings(String host, int port, SortedSet<String> names) {
        this(host, port, names, Optional.empty(), Optional.empty());
    }

    /// For readers who know the token.
    public ConsoleSettings withToken(Optional<String> known) {
        return new ConsoleSettings(host, port, names, notices, known);
    }

    /// With a second address for notices.
    public ConsoleSettings withNotices(InetSocketAddress address) {
        return new ConsoleSettings(host, port, names, Optional.of(address), token);
    }

    /// On this machine only.
    ///
    /// @param port 0 for any free one
    public static ConsoleSettings loopback(int port) {
        return new ConsoleSettings(LOOPBACK, port, new TreeSet<>());
    }

    /// Does not tell the token.
    @Override
    public String toString() {
        return "ConsoleSettings[" + host + ":" + port + "]";
    }
}
