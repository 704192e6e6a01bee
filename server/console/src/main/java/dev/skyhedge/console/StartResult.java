package dev.skyhedge.console;

import java.net.URI;

/// How starting a console ended.
public sealed interface StartResult {
    /// It accepts connections.
    ///
    /// @param uri where, with the port in use also when a free one was asked for
    record Listening(URI uri) implements StartResult {}

    /// The address could not be bound. The console is closed.
    ///
    /// @param reason for people, one line, with the address and what to do
    record Refused(String reason) implements StartResult {}
}
