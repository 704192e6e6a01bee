package dev.skyhedge.engine.service;

import dev.skyhedge.engine.fleet.ColdStart;
import dev.skyhedge.engine.fleet.Costs;
import dev.skyhedge.engine.fleet.Demand;
import dev.skyhedge.engine.fleet.LaunchLimits;
import dev.skyhedge.engine.fleet.Launches;
import dev.skyhedge.engine.fleet.PartedLaunches;
import dev.skyhedge.engine.fleet.Slots;
import dev.skyhedge.engine.placement.Closures;
import dev.skyhedge.engine.placement.HeldFleet;
import dev.skyhedge.engine.placement.HeldReplica;
import dev.skyhedge.engine.placement.PlacementDecision;
import dev.skyhedge.engine.placement.PlacementPolicy;
import dev.skyhedge.engine.placement.PlacementRequest;
import dev.skyhedge.engine.plan.Action;
import dev.skyhedge.engine.plan.Economy;
import dev.skyhedge.engine.plan.Plan;
import dev.skyhedge.engine.plan.Signals;
import dev.skyhedge.engine.plan.World;
import dev.skyhedge.specs.ServiceSpec;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.ReplicaRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Plans one part of what a service wants: as many replicas of these machines as it is to have, with their spares and
/// stand-ins. An object plans once.
final class PartPlanner {
    private final Demand.Part part;
    private final Setting setting;
    private final Replicas fleet;
    private final Retirements retirements;
    private Optional<Placed> placed = Optional.empty();

    /// What all parts of a service have in common.
    ///
    /// @param spec as it is in force
    /// @param economy what is given up for a budget
    record Setting(
            ServiceSpec spec,
            RollOut rollOut,
            ServiceOrders orders,
            Economy economy,
            World world,
            Signals signals,
            Findings findings) {}

    /// Where its replicas are to be.
    ///
    /// @param permitted what may be launched
    private record Placed(PlacementDecision decision, List<Offer> permitted, LaunchLimits limits, Slots slots) {}

    /// @param fleet those of the service's replicas that are of this part
    /// @param othersServe whether every other part has as many that serve as it is to have
    PartPlanner(Demand.Part part, Setting setting, Replicas fleet, boolean othersServe) {
        this.part = part;
        this.setting = setting;
        this.fleet = fleet;
        this.retirements = new Retirements(
                setting.spec(),
                setting.rollOut(),
                fleet,
                part.wanted(),
                othersServe,
                setting.findings().actions()::add);
    }

    PlacementDecision decision() {
        return placement().decision();
    }

    private Placed placement() {
        return placed.orElseThrow(() -> new IllegalStateException("Not placed yet: " + part));
    }

    /// How many replicas it has less than it is to have in any case.
    int belowFloor() {
        return part.floor() - fleet.rising().size();
    }

    /// Its replicas that are to be replaced and stay for now.
    List<ReplicaRecord> outdated() {
        return retirements.remaining(fleet.outdated());
    }

    /// How many more have to serve.
    int missing() {
        return Math.max(0, part.wanted() - fleet.serving());
    }

    /// Ends what does not work.
    void endUnfit() {
        retirements.ordered(setting.orders());
        retirements.unfit(
                setting.signals(), setting.world().now(), setting.findings().wakes()::add);
    }

    /// Decides where its replicas are to be.
    ///
    /// @param permitted what of its machines may be launched
    /// @param seed makes random choices; another one for each part
    void place(List<Offer> permitted, LaunchLimits limits, Slots slots, long seed) {
        Closures closures = limits.closures(permitted);
        Economy economy = setting.economy();
        var decision = PlacementPolicy.of(economy.placement(setting.spec().placement()))
                .decide(new PlacementRequest(
                        part.wanted(),
                        held(slots),
                        permitted,
                        setting.world().zoneHealth(),
                        closures,
                        setting.world().now(),
                        fleet.launches(),
                        ColdStart.of(fleet.all()),
                        economy.standInsFor(part.floor()),
                        seed));
        Findings findings = setting.findings();
        slots.nextRetry().ifPresent(findings.wakes()::add);
        decision.retryAt().ifPresent(findings.wakes()::add);
        decision.blocked().forEach(text -> findings.notes().add(part.says(text)));
        decision.notes().forEach(text -> findings.notes().add(part.says(text)));
        placed = Optional.of(new Placed(decision, permitted, limits, slots));
        noteShortfalls();
    }

    private void noteShortfalls() {
        Placed to = placement();
        Findings findings = setting.findings();
        var shortfalls = new Shortfalls(fleet, retirements, to.permitted(), to.decision());
        shortfalls.unoffered().forEach(text -> findings.hopeless().add(part.says(text)));
        Doubt doubt = setting.rollOut().doubt(fleet.all(), setting.signals());
        if (doubt.isHopeless()) {
            findings.hopeless().add(part.says(doubt.text()));
            findings.notes().add(part.says(doubt.text()));
        }
        shortfalls
                .placeless(to.limits(), setting.world())
                .forEach(text -> findings.hopeless().add(part.says(text)));
    }

    /// What it lacks of its target while an update goes on.
    int missingOfTarget() {
        return Headroom.missing(fleet, decision());
    }

    /// Its launches, as far as an update leaves room for them.
    PartedLaunches.Turn launches(Launches.Purpose purpose, Optional<Surge> updating) {
        Placed to = placement();
        Headroom headroom = Headroom.of(
                setting.spec().update().surge(),
                updating,
                fleet,
                retirements,
                to.decision(),
                setting.rollOut().doubt(fleet.all(), setting.signals()));
        List<PlacementDecision.Choice> wanted = setting.rollOut().launchable()
                ? to.decision().choices().stream()
                        .filter(choice -> headroom.take(choice.offer().market()))
                        .toList()
                : List.of();
        var launches = new Launches(
                purpose,
                setting.world(),
                to.limits(),
                wanted,
                to.decision().learnt(),
                to.slots(),
                setting.findings().actions()::add);
        return new PartedLaunches.Turn(launches, fleet.rising().size(), part.wanted());
    }

    /// Ends what is of an earlier version or beyond the targets.
    void retire() {
        retirements.outdated(decision(), setting.orders());
        retirements.surplus(decision(), setting.orders().surplusBecause(part, setting.economy()));
        int awaiting = retirements.awaiting();
        if (awaiting > 0) {
            setting.findings()
                    .notes()
                    .add(part.says(awaiting + (awaiting == 1 ? " replica stays" : " replicas stay")
                            + " until the replicas on other accelerators serve"));
        }
    }

    /// Whether so many have been healthy for so long that its edit is taken to work there.
    boolean isSeasoned() {
        return Seasoning.count(
                        fleet,
                        setting.signals(),
                        setting.spec().update(),
                        setting.rollOut(),
                        setting.world().now(),
                        setting.findings().wakes()::add)
                >= Math.min(part.wanted(), decision().target());
    }

    /// What it costs with everything that is planned.
    ///
    /// @param launches of this part
    Plan.Cost cost(List<Action> launches) {
        return Costs.of(
                retirements.remaining(fleet.rising()),
                launches,
                part.wanted(),
                decision().onDemandSettled(),
                placement().permitted());
    }

    private HeldFleet held(Slots slots) {
        List<ReplicaRecord> current = retirements.remaining(fleet.current());
        List<HeldReplica> held = new ArrayList<>(current.size());
        for (ReplicaRecord replica : current) {
            held.add(new HeldReplica(replica.offer(), phase(replica), replica.requestedAt()));
        }
        return new HeldFleet(held, fleet.servingSpot(), delayed(slots, Market.SPOT), delayed(slots, Market.ON_DEMAND));
    }

    private int delayed(Slots slots, Market market) {
        return slots.delayed(market) + setting.orders().restarting(market, fleet.all());
    }

    private HeldReplica.Phase phase(ReplicaRecord replica) {
        if (fleet.isServing(replica)) {
            return HeldReplica.Phase.READY;
        }
        return replica.lifecycle() == Lifecycle.REQUESTED ? HeldReplica.Phase.ASKED : HeldReplica.Phase.STARTING;
    }
}
