package dev.skyhedge.engine.plan;

import dev.skyhedge.specs.ServiceSpec;
import dev.skyhedge.spi.MachineShape;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.state.Lifecycle;
import dev.skyhedge.state.ReplicaRecord;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/// The replicas of one service, sorted by what can be done with them.
final class Fleet {
    private static final long MIB_PER_GB = 1024;

    private final ServiceSpec service;
    private final String version;
    private final PlanOptions options;
    private final Signals signals;
    private final Supply supply;
    private final List<ReplicaRecord> all;

    Fleet(
            ServiceSpec service,
            String version,
            PlanOptions options,
            Signals signals,
            Supply supply,
            List<ReplicaRecord> all) {
        this.service = service;
        this.version = version;
        this.options = options;
        this.signals = signals;
        this.supply = supply;
        this.all = all;
    }

    List<ReplicaRecord> all() {
        return all;
    }

    /// Serve or are on their way to, and are what the spec asks for.
    List<ReplicaRecord> current() {
        return rising(this::isCurrent);
    }

    List<ReplicaRecord> current(Market market) {
        return rising(replica -> isCurrent(replica) && replica.offer().market() == market);
    }

    /// Serve or are on their way to, but are to be replaced.
    List<ReplicaRecord> outdated() {
        return rising(replica -> !isCurrent(replica));
    }

    List<ReplicaRecord> rising() {
        return rising(_ -> true);
    }

    List<ReplicaRecord> in(Lifecycle lifecycle) {
        return all.stream().filter(replica -> replica.lifecycle() == lifecycle).toList();
    }

    /// How many launches there have been.
    long launches() {
        return all.stream().mapToLong(ReplicaRecord::generation).sum();
    }

    int serving(Predicate<ReplicaRecord> which) {
        return (int) all.stream().filter(signals::isServing).filter(which).count();
    }

    int serving() {
        return serving(_ -> true);
    }

    boolean isServing(ReplicaRecord replica) {
        return signals.isServing(replica);
    }

    boolean isCurrent(ReplicaRecord replica) {
        return replica.version().equals(version)
                && permits(replica.offer())
                && supply.shape(replica.offer()).map(this::isLargeEnough).orElse(true)
                && replica.atRiskSince().isEmpty()
                && !options.isToBeReplaced(replica);
    }

    /// Whether the spec's resources permit the offer.
    boolean permits(Offer offer) {
        return service.resources().accelerators().contains(offer.accelerator())
                && service.resources().locations().stream().anyMatch(pattern -> pattern.matches(offer.location()));
    }

    /// Whether the offer is permitted and known to be as large as the spec wants it.
    boolean mayLaunch(Offer offer) {
        return permits(offer)
                && (!service.resources().hasMinimum()
                        || supply.shape(offer).map(this::isLargeEnough).orElse(false));
    }

    private boolean isLargeEnough(MachineShape shape) {
        return shape.vcpus() >= service.resources().minVcpus()
                && shape.memoryMib() >= service.resources().minMemoryGb() * MIB_PER_GB;
    }

    /// First those that users would miss least: not answered yet, being set up, starting, not passing, serving;
    /// then higher ordinals first.
    Comparator<ReplicaRecord> leastMissedFirst() {
        return Comparator.<ReplicaRecord>comparingInt(
                        replica -> replica.lifecycle() == Lifecycle.READY && isServing(replica)
                                ? Lifecycle.values().length
                                : replica.lifecycle().ordinal())
                .thenComparing(ReplicaNames.BY_ORDINAL.reversed());
    }

    private List<ReplicaRecord> rising(Predicate<ReplicaRecord> which) {
        return all.stream()
                .filter(replica -> replica.lifecycle().isRising())
                .filter(which)
                .toList();
    }
}
