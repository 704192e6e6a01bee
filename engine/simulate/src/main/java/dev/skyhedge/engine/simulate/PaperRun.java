package dev.skyhedge.engine.simulate;

import dev.skyhedge.engine.declared.Declarations;
import dev.skyhedge.engine.kinds.Kinds;
import dev.skyhedge.engine.placement.ZoneLearning;
import dev.skyhedge.engine.plan.Action;
import dev.skyhedge.engine.plan.Plan;
import dev.skyhedge.engine.plan.PlanOptions;
import dev.skyhedge.engine.plan.RefusedLaunches;
import dev.skyhedge.engine.plan.Supply;
import dev.skyhedge.engine.plan.World;
import dev.skyhedge.engine.workload.Planner;
import dev.skyhedge.specs.ServiceSpec;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.spi.Scope;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.WorkloadRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Plays a window of a market by the paper's protocol. Each tick the production planner sees the world as the
/// last tick left it and its plan takes effect at once: what it ends is gone, what it launches is there if the
/// market has room, on-demand always. Then the market takes what it has no room for any more, newest first.
/// What was refused or taken back is known at the next tick, as a lack of capacity or a preemption like any
/// other.
///
/// An object plays once. Not thread-safe.
public final class PaperRun {
    /// A tick is the only pause that the protocol knows.
    private static final PlanOptions AS_PUBLISHED = PlanOptions.DEFAULT.unpaced();

    private final Declarations declared;
    private final String service;
    private final MarketWindow window;
    private final PaperProtocol protocol;
    private final String lineage;
    private final List<Offer> offers;

    private final Map<Location, Integer> zoneIndex = new HashMap<>();
    private final List<ZoneFleet> zones = new ArrayList<>();
    private final ZoneFleet onDemand;
    private final ReplicaBook replicas;
    private final ZoneBook health = new ZoneBook();
    private final TreeMap<String, WorkloadRecord> services = new TreeMap<>();
    private final Recorder recorder;

    private PaperRun(ServiceSpec service, MarketWindow window, PaperProtocol protocol, long seed) {
        this.service = service.name();
        this.declared = Declarations.of(PaperWorld.spec(service, window, protocol));
        this.offers = PaperWorld.offers(service, window, protocol);
        this.window = window;
        this.protocol = protocol;
        this.lineage = "simulated-" + seed;
        this.replicas = new ReplicaBook(service.name());
        this.recorder = new Recorder(window.zones().size(), protocol);
        this.onDemand = new ZoneFleet(protocol.coldStartTicks());
        for (Location zone : window.zones()) {
            zoneIndex.put(zone, zones.size());
            zones.add(new ZoneFleet(protocol.coldStartTicks()));
        }
    }

    /// Plays the service's placement in the window.
    ///
    /// @param service what is declared; its zones, accelerators and numbers of replicas give way to the
    ///     protocol's
    /// @param seed makes the random choices of policies that have any
    public static Run of(ServiceSpec service, MarketWindow window, PaperProtocol protocol, long seed) {
        if (window.ticks() < protocol.ticks()) {
            throw new IllegalArgumentException("A window of " + window.ticks() + " ticks for " + protocol.ticks());
        }
        return new PaperRun(service, window, protocol, seed).play();
    }

    private Run play() {
        for (int tick = 0; tick < protocol.ticks(); tick++) {
            step(tick);
        }
        Timeline timeline = recorder.timeline();
        List<Occurrence> occurrences = recorder.occurrences();
        return new Run(window, protocol, timeline, occurrences, Outcome.of(protocol, timeline, occurrences));
    }

    private void step(int tick) {
        Instant now = PaperWorld.instant(protocol, tick);
        // What this tick leads to is news at the next one.
        Instant known = PaperWorld.instant(protocol, tick + 1);
        World world = new World(
                now,
                lineage,
                tick,
                services,
                replicas.byService(),
                health.entries(),
                offers,
                Map.of(),
                List.of(),
                Supply.UNKNOWN,
                RefusedLaunches.NONE,
                List.of(),
                0);
        Plan plan = Planner.plan(Kinds.of(declared), world, AS_PUBLISHED);
        if (!plan.isApplicable()) {
            throw new IllegalStateException("A plan that may not be applied: " + plan.problems());
        }
        plan.learnt().forEach(health::put);
        List<Action.Launch> launches = new ArrayList<>();
        for (Action action : plan.actions()) {
            switch (action) {
                case Action.PutWorkload put -> services.put(service, put.after());
                case Action.RemoveWorkload _, Action.MoveService _, Action.Adopt _, Action.Forget _, Action.Later _ ->
                    throw new IllegalStateException("One declared service that stays gives no cause for " + action);
                case Action.Launch launch -> launches.add(launch);
                case Action.Drain drain -> end(tick, drain.replica(), drain.reason(), known);
                case Action.Terminate terminate -> end(tick, terminate.replica(), terminate.reason(), known);
            }
        }
        preempt(tick, known);
        launches.forEach(launch -> launch(tick, launch, now, known));
        settle(known);
        recorder.tick(zones, onDemand);
    }

    private void end(int tick, String replica, String reason, Instant known) {
        Offer offer = replicas.offer(replica);
        fleet(offer).remove(replica);
        ZoneLearning.left(health.entry(offer), offer, fleet(offer).size(), known)
                .ifPresent(health::put);
        recorder.add(tick, Occurrence.Kind.ENDED, replicas.end(replica, Lifecycle.GONE, known, reason), "", reason);
    }

    private void preempt(int tick, Instant known) {
        for (int zone = 0; zone < zones.size(); zone++) {
            ZoneFleet fleet = zones.get(zone);
            while (fleet.size() > window.capacity(zone, tick)) {
                String replica = fleet.removeNewest();
                Offer offer = replicas.offer(replica);
                String reason = "room for " + window.capacity(zone, tick) + " only";
                recorder.add(
                        tick,
                        Occurrence.Kind.PREEMPTED,
                        replicas.end(replica, Lifecycle.PREEMPTED, known, reason),
                        "",
                        reason);
                health.put(ZoneLearning.preempted(
                        health.entry(offer), offer, fleet.size(), known, replica + " was preempted"));
            }
        }
    }

    private void launch(int tick, Action.Launch launch, Instant now, Instant known) {
        Offer offer = launch.offer();
        boolean accepted = offer.market() == Market.ON_DEMAND || hasRoom(offer, tick);
        if (accepted) {
            int others = fleet(offer).size();
            fleet(offer).add(launch.replica());
            recorder.add(
                    tick,
                    Occurrence.Kind.LAUNCHED,
                    replicas.launch(launch, Lifecycle.PROVISIONING, now, "is being set up"),
                    launch.role(),
                    launch.reason());
            ZoneLearning.launched(health.entry(offer), offer, others, known).ifPresent(health::put);
        } else {
            var failure = new Failure.NoCapacity(Scope.of(offer), "no spot capacity in " + offer.location());
            recorder.add(
                    tick,
                    Occurrence.Kind.REFUSED,
                    replicas.launch(launch, Lifecycle.FAILED, known, failure.message()),
                    launch.role(),
                    launch.reason());
            ZoneLearning.failed(health.entry(offer), offer, fleet(offer).size(), known, failure)
                    .ifPresent(health::put);
        }
    }

    private boolean hasRoom(Offer offer, int tick) {
        int zone = zone(offer);
        return zones.get(zone).size() < window.capacity(zone, tick);
    }

    /// The end of the tick: counts what is held and lets the oldest that have been there long enough be ready.
    private void settle(Instant known) {
        for (ZoneFleet fleet : zones) {
            settle(fleet, known);
        }
        settle(onDemand, known);
    }

    private void settle(ZoneFleet fleet, Instant known) {
        fleet.sample();
        for (String replica : fleet.takeNewlyReady()) {
            replicas.ready(replica, known);
        }
    }

    private ZoneFleet fleet(Offer offer) {
        return offer.market() == Market.ON_DEMAND ? onDemand : zones.get(zone(offer));
    }

    private int zone(Offer offer) {
        Integer zone = zoneIndex.get(offer.location());
        if (zone == null) {
            throw new IllegalArgumentException("Not a zone of this market: " + offer.location());
        }
        return zone;
    }
}
