package dev.skyhedge.balancer;

/// How starting a balancer ended.
public sealed interface StartResult {

    /// It accepts connections.
    ///
    /// @param port the port in use, also when a free one was asked for
    record Listening(String host, int port) implements StartResult {}

    /// The address could not be bound.
    ///
    /// @param reason for people, one line, with the address and what to do
    record Refused(String host, int port, String reason) implements StartResult {}
}
