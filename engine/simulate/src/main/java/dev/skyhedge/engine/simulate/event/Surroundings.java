package dev.skyhedge.engine.simulate.event;

import dev.skyhedge.spi.ProviderEvent;
import dev.skyhedge.state.records.ReplicaRecord;
import java.time.Duration;
import java.util.Optional;

/// How the world answers a [SimulatedController], beyond what its cloud says. Asked once for each occasion, in
/// the order of events, so an implementation may draw from a seeded generator.
public interface Surroundings {
    /// How long the answer to a call to the provider takes.
    ///
    /// @param refused whether it is a launch for which there was no room
    Duration callTakes(boolean refused);

    /// From an instance that runs to its replica's first good answer.
    Duration startTakes(ReplicaRecord replica);

    /// How long a probe takes to come back when one is asked for.
    Duration probeTakes();

    /// How long after the cloud's event the controller hears of it; empty if it never does.
    Optional<Duration> hears(ProviderEvent event);

    /// Whether the replica answers its probe well.
    boolean isHealthy(ReplicaRecord replica);
}
