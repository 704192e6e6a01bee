package dev.skyhedge.engine.simulate.event;

import dev.skyhedge.spi.ProviderEvent;
import dev.skyhedge.state.records.ReplicaRecord;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Draws from [Lags].
final class SeededSurroundings implements Surroundings {
    private static final Duration PROBE = Duration.ofMillis(50);

    private final Lags lags;
    private final RandomGenerator random;
    private final TimedMachines machines;

    SeededSurroundings(Lags lags, RandomGenerator random, TimedMachines machines) {
        this.lags = lags;
        this.random = random;
        this.machines = machines;
    }

    @Override
    public Duration callTakes(boolean refused) {
        return (refused ? lags.refusal() : lags.call()).draw(random);
    }

    @Override
    public Duration startTakes(ReplicaRecord replica) {
        return lags.start().draw(random);
    }

    @Override
    public Duration probeTakes() {
        return PROBE;
    }

    @Override
    public Optional<Duration> hears(ProviderEvent event) {
        Duration lag = lags.event().draw(random);
        boolean missed = event instanceof ProviderEvent.PreemptionNotice && random.nextDouble() >= lags.noticesHeard();
        return missed ? Optional.empty() : Optional.of(lag);
    }

    @Override
    public boolean isHealthy(ReplicaRecord replica) {
        return replica.endpoint().flatMap(machines::at).isPresent();
    }
}
