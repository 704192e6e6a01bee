package dev.skyhedge.engine.fleet;

import dev.skyhedge.engine.plan.Supply;
import dev.skyhedge.engine.plan.World;
import dev.skyhedge.spi.AccountQuota;
import dev.skyhedge.spi.MachineShape;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.state.records.ClosedScope;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.ReplicaRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// What quotas still allow while a plan is made: what the clouds said, or where a quota was met, without what
/// was launched since and what this plan launches. Shared by the workloads of one plan, in the order of the [Arbiter].
public final class QuotaRoom {
    /// So many refusals in a row at the same number, and waiting longer is pointless.
    private static final int HOPELESS_REFUSALS = 3;

    private final Supply supply;
    private final List<Limit> limits = new ArrayList<>();

    /// One quota.
    private static final class Limit {
        private final Predicate<Offer> covers;
        private final AccountQuota.Unit unit;
        private final String text;
        private final Optional<Instant> retryAt;
        private final boolean isHopeless;
        /// Launching so many is not refused, as far as we know. One more may be tried now and then.
        private long known;

        private long left;

        /// Who has got room in this plan, by name, and what for.
        private final SortedMap<String, Arbiter.Precedence> takers = new TreeMap<>();

        Limit(
                Predicate<Offer> covers,
                AccountQuota.Unit unit,
                String text,
                Optional<Instant> retryAt,
                boolean isHopeless,
                long known,
                long left) {
            this.covers = covers;
            this.unit = unit;
            this.text = text;
            this.retryAt = retryAt;
            this.isHopeless = isHopeless;
            this.known = known;
            this.left = left;
        }

        /// What it comes to for somebody who finds no room.
        String text(String workload) {
            String others = takers.entrySet().stream()
                    .filter(taker -> !taker.getKey().equals(workload))
                    .map(taker -> taker.getKey() + " (" + taker.getValue().reason() + ")")
                    .collect(Collectors.joining(", "));
            return others.isEmpty() ? text : text + "; this plan gives room to " + others + " first";
        }
    }

    public QuotaRoom(World world) {
        this.supply = world.supply();
        for (Supply.QuotaReading reading : supply.quotas()) {
            limits.add(read(world, reading));
        }
        for (ClosedScope met : world.refused().scopes()) {
            limits.add(met(world, met));
        }
    }

    private Limit read(World world, Supply.QuotaReading reading) {
        AccountQuota quota = reading.quota();
        long left = quota.remaining();
        for (List<ReplicaRecord> replicas : world.replicas().values()) {
            for (ReplicaRecord replica : replicas) {
                if (quota.covers(replica.offer())) {
                    left += change(replica, reading.readAt()) * units(quota.unit(), replica.offer());
                }
            }
        }
        return new Limit(quota::covers, quota.unit(), describe(quota), Optional.empty(), true, left, left);
    }

    /// What became of the room that a replica takes since a quota was read.
    private static int change(ReplicaRecord replica, Instant readAt) {
        boolean isNew = replica.requestedAt().isAfter(readAt);
        if (replica.lifecycle().isLive()) {
            return isNew ? -1 : 0;
        }
        boolean hasGone = replica.instanceId().isPresent()
                && replica.lifecycle() != Lifecycle.FORGOTTEN
                && replica.since().isAfter(readAt);
        return !isNew && hasGone ? +1 : 0;
    }

    private static Limit met(World world, ClosedScope met) {
        long held = 0;
        for (List<ReplicaRecord> replicas : world.replicas().values()) {
            for (ReplicaRecord replica : replicas) {
                held += replica.lifecycle().isLive() && met.scope().covers(replica.offer()) ? 1 : 0;
            }
        }
        boolean mayTry = !met.retryAt().isAfter(world.now());
        long left = met.held() - held + (mayTry ? 1 : 0);
        return new Limit(
                met.scope()::covers,
                AccountQuota.Unit.INSTANCES,
                "quota in " + met.scope() + ", met with " + met.held() + (met.held() == 1 ? " instance" : " instances")
                        + " of ours: " + met.evidence(),
                Optional.of(met.retryAt()).filter(_ -> !mayTry),
                met.failures() >= HOPELESS_REFUSALS,
                met.isBelieved(world.now()) ? met.held() - held : Long.MAX_VALUE,
                left);
    }

    /// Whether every quota leaves room for one of these.
    public boolean hasRoomFor(Offer offer) {
        for (Limit limit : limits) {
            if (isShort(limit, offer)) {
                return false;
            }
        }
        return true;
    }

    /// Whether every quota leaves room for one of these and, as far as we know, for another one after it.
    boolean hasRoomForLuxury(Offer offer) {
        for (Limit limit : limits) {
            if (limit.covers.test(offer) && limit.known < 2 * units(limit.unit, offer)) {
                return false;
            }
        }
        return hasRoomFor(offer);
    }

    /// What leaves no room for one of these.
    ///
    /// @param text for people
    /// @param retryAt when it is worth a try without further news
    record Shortage(String text, Optional<Instant> retryAt) {}

    /// The first quota that leaves no room for one of these.
    ///
    /// @param workload who asks
    Optional<Shortage> shortage(Offer offer, String workload) {
        for (Limit limit : limits) {
            if (isShort(limit, offer)) {
                return Optional.of(new Shortage(limit.text(workload), limit.retryAt));
            }
        }
        return Optional.empty();
    }

    /// Takes room for one; false, and nothing is taken, if there is none.
    ///
    /// @param workload who takes it
    /// @param what what for
    boolean take(Offer offer, String workload, Arbiter.Precedence what) {
        if (!hasRoomFor(offer)) {
            return false;
        }
        for (Limit limit : limits) {
            if (limit.covers.test(offer)) {
                long units = units(limit.unit, offer);
                limit.left -= units;
                limit.known -= units;
                limit.takers.merge(workload, what, (one, other) -> one.compareTo(other) < 0 ? one : other);
            }
        }
        return true;
    }

    /// The quotas that leave no room for some of these offers, for people.
    public List<String> shortages(List<Offer> offers) {
        return limits.stream()
                .filter(limit -> offers.stream().anyMatch(offer -> isShort(limit, offer) || isMet(limit, offer)))
                .map(limit -> limit.text)
                .toList();
    }

    /// The used up quota that one of these counts against and of which waiting will not bring anything, for people:
    /// somebody has to ask for more, or to want less.
    Optional<String> hopeless(Offer offer) {
        return limits.stream()
                .filter(limit -> limit.isHopeless && isMet(limit, offer))
                .map(limit -> limit.text)
                .findFirst();
    }

    /// Used up, even if it is about to be tried again.
    private boolean isMet(Limit limit, Offer offer) {
        return limit.covers.test(offer) && limit.known < units(limit.unit, offer);
    }

    private boolean isShort(Limit limit, Offer offer) {
        return limit.covers.test(offer) && limit.left < units(limit.unit, offer);
    }

    private static String describe(AccountQuota quota) {
        return "quota " + quota.name() + " leaves no room in " + quota.scope() + ": " + quota.used() + " of "
                + quota.limit() + " " + quota.unit().word() + " were used before this plan";
    }

    /// What is not known to count does not count: the cloud refuses it if it does.
    private long units(AccountQuota.Unit unit, Offer offer) {
        return switch (unit) {
            case INSTANCES -> 1;
            case VCPUS -> supply.shape(offer).map(MachineShape::vcpus).orElse(0);
            case ACCELERATORS ->
                offer.accelerator().type().equals("CPU")
                        ? 0
                        : offer.accelerator().count();
        };
    }
}
