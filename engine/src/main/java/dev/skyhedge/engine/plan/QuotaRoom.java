package dev.skyhedge.engine.plan;

import dev.skyhedge.spi.AccountQuota;
import dev.skyhedge.spi.MachineShape;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.state.ReplicaRecord;
import java.util.List;
import java.util.stream.IntStream;

/// What quotas still allow while a plan is made: what the clouds said, without what was launched since and what
/// this plan launches. Shared by the services of one plan.
final class QuotaRoom {
    private final Supply supply;
    private final long[] left;

    QuotaRoom(World world) {
        this.supply = world.supply();
        this.left = new long[supply.quotas().size()];
        for (int i = 0; i < left.length; i++) {
            left[i] = supply.quotas().get(i).quota().remaining();
        }
        if (left.length > 0) {
            world.replicas().values().forEach(replicas -> replicas.forEach(this::countIfNew));
        }
    }

    private void countIfNew(ReplicaRecord replica) {
        if (!replica.lifecycle().isLive()) {
            return;
        }
        for (int i = 0; i < left.length; i++) {
            Supply.QuotaReading reading = supply.quotas().get(i);
            if (replica.requestedAt().isAfter(reading.readAt())
                    && reading.quota().scope().covers(replica.offer())) {
                left[i] -= units(reading.quota(), replica.offer());
            }
        }
    }

    /// Whether every quota leaves room for one of these.
    boolean hasRoomFor(Offer offer) {
        for (int i = 0; i < left.length; i++) {
            if (isShort(i, offer)) {
                return false;
            }
        }
        return true;
    }

    /// Those that every quota leaves room for.
    List<Offer> thatFit(List<Offer> offers) {
        return left.length == 0
                ? offers
                : offers.stream().filter(this::hasRoomFor).toList();
    }

    /// Takes room for one; false, and nothing is taken, if there is none.
    boolean take(Offer offer) {
        if (!hasRoomFor(offer)) {
            return false;
        }
        for (int i = 0; i < left.length; i++) {
            AccountQuota quota = supply.quotas().get(i).quota();
            if (quota.scope().covers(offer)) {
                left[i] -= units(quota, offer);
            }
        }
        return true;
    }

    /// The quotas that leave no room for some of these offers, for people.
    List<String> shortages(List<Offer> offers) {
        if (left.length == 0) {
            return List.of();
        }
        return IntStream.range(0, left.length)
                .filter(i -> offers.stream().anyMatch(offer -> isShort(i, offer)))
                .mapToObj(i -> describe(supply.quotas().get(i).quota()))
                .toList();
    }

    private boolean isShort(int index, Offer offer) {
        AccountQuota quota = supply.quotas().get(index).quota();
        return quota.scope().covers(offer) && left[index] < units(quota, offer);
    }

    private static String describe(AccountQuota quota) {
        return "quota " + quota.name() + " leaves no room in " + quota.scope() + ": " + quota.used() + " of "
                + quota.limit() + " " + quota.unit().word() + " were used before this plan";
    }

    /// What is not known to count does not count: the cloud refuses it if it does.
    private long units(AccountQuota quota, Offer offer) {
        return switch (quota.unit()) {
            case INSTANCES -> 1;
            case VCPUS -> supply.shape(offer).map(MachineShape::vcpus).orElse(0);
            case ACCELERATORS ->
                offer.accelerator().type().equals("CPU")
                        ? 0
                        : offer.accelerator().count();
        };
    }
}
