package dev.skyhedge.balancer;

import dev.skyhedge.balancer.continuation.Level;
import dev.skyhedge.balancer.keys.KeyStatistics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/// What a balancer has counted since it started, at one instant. Counters only grow; gauges are marked.
///
/// @param service of the newest routing table, empty before the first one
/// @param at when it was read
/// @param tableVersion version of the routing table in use, 0 before the first one
/// @param arrivals requests that came in, held and refused ones too, a retried one once
/// @param completions requests that were answered by a replica, whatever the code
/// @param clientAborts requests whose client went away first
/// @param broken requests cut after part of the answer was sent
/// @param inFlight gauge: requests not answered yet, held ones included
/// @param held gauge: requests waiting for a replica
/// @param retries attempts on another replica
/// @param retryBudgetExhausted retries that the budget refused
/// @param codes answers to clients by status code
/// @param failures failed attempts by kind
/// @param rejected refusals by reason
/// @param replicas one for each known replica, sorted by name and generation
/// @param durations of answered requests, from their header to the last byte
/// @param holdWaits of held requests that were released
/// @param continuations of streams from another replica
/// @param prefixes of prompts, where the policy goes by them
/// @param sizes of requests that ended, where the routing table tells them apart
/// @param keys of clients, by name; empty if none is asked for
public record Statistics(
        String service,
        Instant at,
        long tableVersion,
        long arrivals,
        long completions,
        long clientAborts,
        long broken,
        int inFlight,
        int held,
        long retries,
        long retryBudgetExhausted,
        SortedMap<Integer, Long> codes,
        SortedMap<FailureKind, Long> failures,
        SortedMap<Rejection, Long> rejected,
        List<ReplicaStatistics> replicas,
        Histogram durations,
        Histogram holdWaits,
        Continuations continuations,
        Prefixes prefixes,
        SortedMap<RequestSizes.Size, Long> sizes,
        List<KeyStatistics> keys) {
    /// @param resumes replicas that went on with the stream of another one, by how well
    /// @param repeatedTokens that they had to read or to generate once more, as far as engines tell their tokens
    public record Continuations(SortedMap<Level, Long> resumes, long repeatedTokens) {}

    /// @param blocks of prompts for which a replica was chosen, once for each time that one was
    /// @param hits those of them that the replica was given before, so that it has them in its cache, most likely
    public record Prefixes(long blocks, long hits) {}

    /// Requests per second that arrived between an earlier snapshot of the same balancer and this one.
    ///
    /// @return 0 if no time passed between the two
    public double requestRateSince(Statistics earlier) {
        Duration window = Duration.between(earlier.at, at);
        if (window.isZero() || window.isNegative()) {
            return 0;
        }
        return (arrivals - earlier.arrivals) / (window.toNanos() / 1e9);
    }

    /// Why a request was refused without asking a replica for an answer.
    public enum Rejection {
        NO_REPLICA,
        SATURATED,
        DEADLINE,
        /// All replicas that serve have as many requests as they are given.
        FULL,
        TOO_LARGE,
        COMPLIANCE,
        METHOD,
        /// It asked for another protocol.
        UPGRADE,
        /// The client did not send its body in time.
        SLOW_CLIENT,
        /// More requests in progress than the settings allow.
        OVERLOADED,
        /// It brought none of the keys.
        UNAUTHORIZED,
        /// Its key may take no more for now.
        KEY_LIMIT
    }

    /// @param breaker gauge: whether it can be reached
    /// @param draining gauge: whether the routing table drains it
    /// @param inFlight gauge: open attempts
    /// @param requests attempts that began
    /// @param responses attempts that ended with a whole response
    /// @param failures attempts that failed, without those that the client aborted
    /// @param ejections times it was taken out of the choice, by reason
    /// @param ejected gauge: why it is out of the choice now; empty if it is not
    public record ReplicaStatistics(
            String replica,
            long generation,
            BreakerState breaker,
            boolean draining,
            int inFlight,
            long requests,
            long responses,
            long failures,
            SortedMap<Ejection, Long> ejections,
            Optional<Ejection> ejected) {}

    /// Why a replica that the routing table calls ready takes no requests.
    public enum Ejection {
        /// It does not accept connections.
        UNREACHABLE,
        /// It answers with errors, or breaks off, far more often than its peers.
        ERROR_SHARE
    }

    /// Whether a replica can be reached, in the order of the exported numbers.
    public enum BreakerState {
        CLOSED,
        HALF_OPEN,
        OPEN
    }
}
