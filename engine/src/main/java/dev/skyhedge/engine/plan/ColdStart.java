package dev.skyhedge.engine.plan;

import dev.skyhedge.state.ReplicaRecord;
import java.time.Duration;
import java.util.List;

/// How long replicas of a service take from their launch until they serve.
final class ColdStart {
    /// What is assumed until one was ready.
    static final Duration ASSUMED = Duration.ofMinutes(2);

    private ColdStart() {}

    /// The median of those that are recorded.
    static Duration of(List<ReplicaRecord> replicas) {
        List<Duration> seen = replicas.stream()
                .filter(replica -> replica.readyAt().isPresent())
                .map(replica -> Duration.between(
                        replica.requestedAt(), replica.readyAt().orElseThrow()))
                .sorted()
                .toList();
        return seen.isEmpty() ? ASSUMED : seen.get(seen.size() / 2);
    }
}
