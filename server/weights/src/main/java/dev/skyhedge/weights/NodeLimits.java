package dev.skyhedge.weights;

import java.time.Duration;

/// How long a node waits for what.
///
/// @param heartbeat the longest that a sender says nothing
/// @param stall without a byte for so long a sender is lost
/// @param start how long an ancestor that was never there is waited for
/// @param giveUp without a chunk for so long a node fails
record NodeLimits(Duration heartbeat, Duration stall, Duration start, Duration giveUp) {
    static final NodeLimits STANDARD = new NodeLimits(
            Duration.ofMillis(400), Duration.ofSeconds(2), Duration.ofSeconds(30), Duration.ofMinutes(2));
}
