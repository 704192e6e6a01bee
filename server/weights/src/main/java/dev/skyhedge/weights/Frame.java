package dev.skyhedge.weights;

/// What begins each piece that a sender sends, as a number. From 0 on it is a chunk, which follows with
/// its length.
final class Frame {
    static final int HEARTBEAT = -1;
    /// A code follows.
    static final int REFUSAL = -2;
    /// Its length and bytes follow.
    static final int MANIFEST = -3;
    /// The sender's answer to the challenge follows.
    static final int WELCOME = -4;

    private Frame() {}
}
