package dev.skyhedge.balancer;

/// A replica that was chosen for a request, and claimed.
///
/// @param blocks of the prompt, as far as one is known
/// @param seenBlocks how many of them it has in its cache, most likely
/// @param unreadTokens about how many tokens of the prompt it has to read
/// @param workNanos that it takes the replica if that has nothing else to do, as far as its size is known
record Pick(Replica replica, int blocks, int seenBlocks, long unreadTokens, long workNanos) {
    /// For a request of whose prompt nothing is known.
    static Pick of(Replica replica) {
        return new Pick(replica, 0, 0, 0, 0);
    }

    /// The same, of a request that takes so much work.
    Pick working(long nanos) {
        return new Pick(replica, blocks, seenBlocks, unreadTokens, nanos);
    }
}
