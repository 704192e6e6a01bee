package dev.skyhedge.balancer.continuation;

/// What follows the loss of a replica.
public sealed interface Next {
    /// Another replica is asked.
    record Resume() implements Next {}

    /// Nothing: the client gets this end of the answer, which is whole.
    record Close(byte[] bytes) implements Next {}

    /// Nothing: the client gets this event, and its connection breaks.
    record Break(byte[] bytes) implements Next {}
}
