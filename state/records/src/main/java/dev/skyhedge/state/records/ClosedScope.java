package dev.skyhedge.state.records;

import dev.skyhedge.spi.Scope;
import java.time.Duration;
import java.time.Instant;

/// A quota that was found used up: one fact about everything in its scope. Nothing ever opens it for good but a
/// launch beyond it; it is worth less the older it is.
///
/// @param scope the offers that count against it, and its identity
/// @param held how many of our instances were in the scope when the next one was refused
/// @param failures refusals in a row at that number
/// @param since when the latest launch was refused
/// @param retryAt before this time a launch beyond the number held is pointless
/// @param evidence what the provider said, for people
public record ClosedScope(Scope scope, int held, int failures, Instant since, Instant retryAt, String evidence) {
    /// How long a limit that was met once is taken to be where it was.
    private static final Duration BELIEVED = Duration.ofHours(1);

    /// Whether the limit is still taken to be where it was found.
    public boolean isBelieved(Instant now) {
        return now.isBefore(since.plus(BELIEVED));
    }

    /// The scope as one text.
    public String key() {
        return scope.locations()
                + " " + scope.market().map(market -> market.word()).orElse("*")
                + " " + scope.instanceType().orElse("*");
    }
}
