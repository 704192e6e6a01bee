package dev.skyhedge.engine.testing;

import dev.skyhedge.engine.declared.SpecJson;
import dev.skyhedge.engine.fleet.LaunchTokens;
import dev.skyhedge.engine.plan.RefusedLaunches;
import dev.skyhedge.engine.plan.ReplicaNames;
import dev.skyhedge.engine.plan.Signals;
import dev.skyhedge.engine.plan.Supply;
import dev.skyhedge.engine.plan.World;
import dev.skyhedge.specs.ServiceSpec;
import dev.skyhedge.spi.Accelerator;
import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.Machine;
import dev.skyhedge.state.records.ReplicaKey;
import dev.skyhedge.state.records.ReplicaRecord;
import dev.skyhedge.state.records.WorkloadRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Worlds with the service `chat`, made by hand.
public final class Worlds {
    public static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    public static final String LINEAGE = "lineage";
    public static final Offer EAST_A = offer("east", "east-a", Market.SPOT, "0.30");
    public static final Offer EAST_B = offer("east", "east-b", Market.SPOT, "0.31");
    public static final Offer WEST_A = offer("west", "west-a", Market.SPOT, "0.32");
    public static final Offer ON_DEMAND = offer("east", "east-a", Market.ON_DEMAND, "1.00");

    private Worlds() {}

    private static Offer offer(String region, String zone, Market market, String price) {
        var location = new Location("sim", region, zone);
        return new Offer("small", Accelerator.parse("CPU:1"), location, market, HourlyPrice.ofUsd(price));
    }

    /// A world in which this service is recorded as it is declared.
    public static World of(Declared service, Signals signals, ReplicaRecord... replicas) {
        return of(Map.of("chat", recorded(service.spec())), signals, replicas);
    }

    public static World of(Map<String, WorkloadRecord> services, Signals signals, ReplicaRecord... replicas) {
        List<ReplicaRecord> ordered = new ArrayList<>(List.of(replicas));
        ordered.sort(ReplicaNames.BY_ORDINAL);
        return new World(
                NOW,
                LINEAGE,
                7,
                new TreeMap<>(services),
                new TreeMap<>(Map.of("chat", ordered)),
                List.of(),
                List.of(EAST_A, EAST_B, WEST_A, ON_DEMAND),
                Map.of("chat", signals),
                List.of(),
                Supply.UNKNOWN,
                RefusedLaunches.NONE,
                List.of(),
                0);
    }

    /// The same world at another time of a day on which so much was spent.
    public static World spent(World world, Instant now, long microDollars) {
        return new World(
                now,
                world.lineage(),
                world.serial(),
                world.workloads(),
                world.replicas(),
                world.zoneHealth(),
                world.offers(),
                world.signals(),
                world.strays(),
                world.supply(),
                world.refused(),
                world.orders(),
                microDollars);
    }

    /// The service as it is recorded, once it runs as declared.
    public static WorkloadRecord recorded(ServiceSpec spec) {
        return recorded(spec, spec.scaling().minReplicas());
    }

    /// The same with so many replicas wanted, as was decided last.
    public static WorkloadRecord recorded(ServiceSpec spec, int wanted) {
        String version = SpecJson.version(spec.replica());
        return new WorkloadRecord(
                spec.name(),
                spec.address(),
                WorkloadRecord.SERVICE,
                new WorkloadRecord.Edit(SpecJson.of(spec), version, NOW.minusSeconds(3600)),
                wanted,
                WorkloadRecord.ScalingMemory.NONE,
                Optional.empty(),
                Optional.of(new WorkloadRecord.StableVersion(
                        version, SpecJson.of(spec.replica()), Optional.of(SpecJson.of(spec)))),
                spec.protect(),
                NOW.minusSeconds(3600),
                "");
    }

    public static ReplicaRecord replica(Declared service, int ordinal, Lifecycle lifecycle, Offer offer) {
        String version = SpecJson.version(service.spec().replica());
        String name = "chat-" + ordinal;
        ReplicaRecord decided = ReplicaRecord.decided(
                new ReplicaKey("chat", name, 1),
                version,
                offer,
                LaunchTokens.derive(LINEAGE, name, 1, offer, version),
                new Machine.Rental(NOW.minusSeconds(60), "", ""),
                0);
        ReplicaRecord placed =
                lifecycle == Lifecycle.REQUESTED ? decided : decided.onInstance("i-" + ordinal, Optional.empty());
        ReplicaRecord now = placed.in(lifecycle, NOW.minusSeconds(30), "");
        return lifecycle == Lifecycle.READY ? now.proven(NOW.minusSeconds(20)) : now;
    }
}
