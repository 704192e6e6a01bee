package dev.skyhedge.engine.service;

import dev.skyhedge.engine.declared.Declaration;
import dev.skyhedge.engine.plan.ReplicaNames;
import dev.skyhedge.engine.plan.Signals;
import dev.skyhedge.engine.plan.Supply;
import dev.skyhedge.spi.MachineShape;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.ReplicaRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.Predicate;

/// The replicas of one service, sorted by what can be done with them.
final class Replicas {
    private static final long MIB_PER_GB = 1024;

    private final Declaration declared;
    private final String version;
    private final Predicate<ReplicaRecord> toBeReplaced;
    private final Signals signals;
    private final Supply supply;
    private final List<ReplicaRecord> all;
    private final List<ReplicaRecord> rising = new ArrayList<>();
    private final List<ReplicaRecord> current = new ArrayList<>();
    private final List<ReplicaRecord> currentSpot = new ArrayList<>();
    private final List<ReplicaRecord> currentOnDemand = new ArrayList<>();
    private final List<ReplicaRecord> outdated = new ArrayList<>();
    private final List<ReplicaRecord> draining = new ArrayList<>();
    /// Many replicas share an offer.
    private final IdentityHashMap<Offer, Boolean> wanted = new IdentityHashMap<>();

    private long launches;
    private int serving;
    private int servingSpot;
    private int provenCurrent;

    /// Sorts them: every plan asks for most of this, and there may be thousands.
    ///
    /// @param outOfSight which ones cannot be counted on, as nobody can see what became of them
    /// @param toBeReplaced which ones somebody wants replaced although nothing is wrong with them
    Replicas(
            Declaration declared,
            String version,
            Predicate<ReplicaRecord> outOfSight,
            Predicate<ReplicaRecord> toBeReplaced,
            Signals signals,
            Supply supply,
            List<ReplicaRecord> all) {
        this.declared = declared;
        this.version = version;
        this.toBeReplaced = toBeReplaced;
        this.signals = signals;
        this.supply = supply;
        this.all = all;
        for (ReplicaRecord replica : all) {
            launches += replica.generation();
            if (replica.lifecycle().isRising() && !signals.isUnanswered(replica) && !outOfSight.test(replica)) {
                sort(replica);
            } else if (replica.lifecycle() == Lifecycle.DRAINING) {
                draining.add(replica);
            }
        }
    }

    private void sort(ReplicaRecord replica) {
        boolean isCurrent = isCurrent(replica);
        boolean isSpot = replica.offer().market() == Market.SPOT;
        rising.add(replica);
        (isCurrent ? current : outdated).add(replica);
        if (isCurrent) {
            (isSpot ? currentSpot : currentOnDemand).add(replica);
        }
        if (isServing(replica)) {
            serving++;
            servingSpot += isSpot ? 1 : 0;
            provenCurrent += isCurrent && replica.isProven() ? 1 : 0;
        }
    }

    List<ReplicaRecord> all() {
        return all;
    }

    /// Serve or are on their way to. A launch that nobody answers for does not count: another stands in, and
    /// whatever comes of it is surplus.
    List<ReplicaRecord> rising() {
        return rising;
    }

    /// Serve or are on their way to, and are what the spec asks for.
    List<ReplicaRecord> current() {
        return current;
    }

    List<ReplicaRecord> current(Market market) {
        return switch (market) {
            case SPOT -> currentSpot;
            case ON_DEMAND -> currentOnDemand;
        };
    }

    /// Serve or are on their way to, but are to be replaced.
    List<ReplicaRecord> outdated() {
        return outdated;
    }

    List<ReplicaRecord> draining() {
        return draining;
    }

    /// How many launches there have been.
    long launches() {
        return launches;
    }

    int serving() {
        return serving;
    }

    int servingSpot() {
        return servingSpot;
    }

    /// Serve, are what the spec asks for, and have stayed healthy for long enough to take the place of
    /// others.
    int provenCurrent() {
        return provenCurrent;
    }

    boolean isServing(ReplicaRecord replica) {
        return signals.isServing(replica);
    }

    private boolean isCurrent(ReplicaRecord replica) {
        return replica.version().equals(version)
                && replica.atRiskSince().isEmpty()
                && wanted.computeIfAbsent(replica.offer(), this::isWanted)
                && !toBeReplaced.test(replica);
    }

    private boolean isWanted(Offer offer) {
        return permits(offer) && supply.shape(offer).map(this::isLargeEnough).orElse(true);
    }

    /// Whether the spec's resources permit the offer.
    boolean permits(Offer offer) {
        return declared.permits(offer);
    }

    /// Whether the offer is permitted, known to be as large as the spec wants it, and no dearer than it allows.
    boolean mayLaunch(Offer offer) {
        return fits(offer) && declared.spec().resources().affords(offer);
    }

    /// Whether the offer is permitted and known to be as large as the spec wants it.
    boolean fits(Offer offer) {
        return permits(offer)
                && (!declared.spec().resources().hasMinimum()
                        || supply.shape(offer).map(this::isLargeEnough).orElse(false));
    }

    private boolean isLargeEnough(MachineShape shape) {
        return shape.vcpus() >= declared.spec().resources().minVcpus()
                && shape.memoryMib() >= declared.spec().resources().minMemoryGb() * MIB_PER_GB;
    }

    /// First those that users would miss least: not answered yet, being set up, starting, not passing, serving. Of
    /// the serving ones those that are cheapest to finish, with the fewest requests in progress, then those that
    /// have not proven themselves; then higher ordinals.
    Comparator<ReplicaRecord> leastMissedFirst() {
        return Comparator.<ReplicaRecord>comparingInt(replica -> isServing(replica)
                        ? Lifecycle.values().length
                        : replica.lifecycle().ordinal())
                .thenComparingInt(replica -> isServing(replica) ? signals.load(replica) : 0)
                .thenComparing(replica -> isServing(replica) && replica.isProven())
                .thenComparing(ReplicaNames.BY_ORDINAL.reversed());
    }
}
