package dev.skyhedge.providers.aws;

import dev.skyhedge.spi.Instance;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// What this client has seen of instances, for what EC2 does not say again: the spot request behind one, when
/// it was first seen ended, whether we ended it, and that it was there a moment ago when EC2 says that it does
/// not exist. Thread-safe. Losing it costs a call or a detail, never an instance.
final class Sightings {
    /// How long EC2 may deny an instance that it has just made.
    static final Duration VISIBILITY_DELAY = Duration.ofSeconds(60);

    private final InstanceReader reader;
    private final InstantSource clock;
    private final Memory<Optional<String>> spotRequests = new Memory<>();
    private final Memory<Instant> launches = new Memory<>();
    private final Memory<Instant> ends;
    private final Memory<Boolean> terminations;

    Sightings(Prices prices, boolean publicAddress, InstantSource clock) {
        this.clock = clock;
        Memory<Instant> firstEnds = new Memory<>();
        Memory<Boolean> byUs = new Memory<>();
        this.ends = firstEnds;
        this.terminations = byUs;
        this.reader = new InstanceReader(prices, firstEnds, byUs, publicAddress, clock);
    }

    /// Reads an instance and remembers it; empty if it is not one of ours.
    Optional<Instance> see(String region, software.amazon.awssdk.services.ec2.model.Instance said) {
        Optional<Instance> instance = reader.read(region, said);
        instance.ifPresent(one -> {
            spotRequests.put(
                    one.id(), Optional.ofNullable(said.spotInstanceRequestId()).filter(request -> !request.isEmpty()));
            launches.putIfAbsent(one.id(), one.launchedAt());
        });
        return instance;
    }

    /// The spot request of an instance, if it has one; empty if the instance was never seen.
    Optional<Optional<String>> spotRequest(String instanceId) {
        return spotRequests.get(instanceId);
    }

    /// Remembers that we ended it.
    void terminated(String instanceId) {
        terminations.put(instanceId, true);
    }

    /// Whether it is so young that EC2 may not know it everywhere yet.
    boolean isYoung(String instanceId) {
        return launches.get(instanceId)
                .filter(at -> at.plus(VISIBILITY_DELAY).isAfter(clock.instant()))
                .isPresent();
    }
}
