package dev.skyhedge.engine.service;

import dev.skyhedge.engine.declared.Declaration;
import dev.skyhedge.engine.fleet.Arbiter;
import dev.skyhedge.engine.fleet.ColdStart;
import dev.skyhedge.engine.fleet.Costs;
import dev.skyhedge.engine.fleet.Draining;
import dev.skyhedge.engine.fleet.LaunchLimits;
import dev.skyhedge.engine.fleet.Launches;
import dev.skyhedge.engine.fleet.QuotaRoom;
import dev.skyhedge.engine.fleet.Slots;
import dev.skyhedge.engine.fleet.TakenNames;
import dev.skyhedge.engine.placement.Closures;
import dev.skyhedge.engine.placement.HeldFleet;
import dev.skyhedge.engine.placement.HeldReplica;
import dev.skyhedge.engine.placement.PlacementDecision;
import dev.skyhedge.engine.placement.PlacementPolicy;
import dev.skyhedge.engine.placement.PlacementRequest;
import dev.skyhedge.engine.plan.Action;
import dev.skyhedge.engine.plan.Barred;
import dev.skyhedge.engine.plan.Plan;
import dev.skyhedge.engine.plan.PlanOptions;
import dev.skyhedge.engine.plan.Signals;
import dev.skyhedge.engine.plan.World;
import dev.skyhedge.engine.scaling.Autoscaler;
import dev.skyhedge.engine.workload.WorkloadPlan;
import dev.skyhedge.engine.workload.WorkloadPlanner;
import dev.skyhedge.specs.ServiceSpec;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.ReplicaRecord;
import dev.skyhedge.state.records.WorkloadRecord;
import dev.skyhedge.state.records.WorkloadRecord.ScalingMemory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Plans one declared service. An object plans once.
final class ServicePlanner implements WorkloadPlanner {
    private final Declaration declared;
    /// As it is in force: while the declared edit does not work, the one before.
    private final ServiceSpec spec;
    private final TakenNames taken;
    private final World world;
    private final PlanOptions options;
    private final Optional<WorkloadRecord> before;
    private final Signals signals;
    private final QuotaRoom quotas;
    private final RollOut rollOut;
    private final Replicas fleet;
    private final ServiceOrders orders;
    private final Autoscaler.Decision scale;

    private final List<Action> actions = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final List<String> hopeless = new ArrayList<>();
    private final List<Instant> wakes = new ArrayList<>();
    private final Retirements retirements;
    private final Prerequisites prerequisites;
    private List<String> notReady = List.of();
    private Optional<Placed> placed = Optional.empty();

    /// Where its replicas are to be.
    private record Placed(
            PlacementDecision decision,
            List<Offer> permitted,
            List<String> shortages,
            LaunchLimits limits,
            Launches launches) {}

    /// @param taken names of replicas that other services have
    /// @param quotas what is left of the account's quotas, for all services together
    ServicePlanner(Declaration declared, World world, PlanOptions options, QuotaRoom quotas, TakenNames taken) {
        this.quotas = quotas;
        this.declared = declared;
        this.taken = taken;
        this.world = world;
        this.options = options;
        String name = declared.spec().name();
        this.before = world.service(name);
        this.signals = world.signalsOf(name);
        this.rollOut =
                RollOut.of(declared, before, world.replicasOf(name), signals, isInvalid(declared, world), world.now());
        this.spec = rollOut.inForce().spec();
        this.orders = ServiceOrders.of(world, name);
        this.fleet = new Replicas(
                rollOut.inForce(),
                rollOut.launchVersion(),
                replica -> Fitness.isOutOfSight(replica, spec, signals, world.now()),
                replica -> options.isToBeReplaced(replica)
                        || orders.replacedBecause(replica).isPresent(),
                signals,
                world.supply(),
                world.replicasOf(spec.name()));
        this.scale = orders.scale(Autoscaler.decide(
                spec.scaling(),
                new Autoscaler.Input(
                        before.map(WorkloadRecord::wanted),
                        before.map(WorkloadRecord::scaling).orElse(ScalingMemory.NONE),
                        signals.requestsPerSecond(),
                        signals.heldRequests(),
                        signals.allInFlight(),
                        world.now())));
        this.retirements = new Retirements(spec, rollOut, fleet, scale.wanted(), actions::add);
        this.prerequisites = new Prerequisites(spec, declared.json(), before, fleet.all());
    }

    private static boolean isInvalid(Declaration declared, World world) {
        return !world.refused().barred().isEmpty()
                && world.refused()
                        .isInvalidEverywhere(
                                new Barred.Edit(declared.spec().name(), declared.version()),
                                world.offers().stream()
                                        .filter(declared::permits)
                                        .toList());
    }

    /// Its launches wait for those of the services that it depends on which are not ready.
    void waitsFor(Map<String, ServicePlanner> all) {
        notReady = prerequisites.notReady(name -> Optional.ofNullable(all.get(name))
                .filter(ServicePlanner::isReady)
                .isPresent());
    }

    private boolean isReady() {
        return fleet.serving() >= scale.wanted() && !orders.isPaused();
    }

    @Override
    public String name() {
        return spec.name();
    }

    @Override
    public Arbiter.Precedence first() {
        return Launches.precedence(declared.spec().protect(), belowFloor());
    }

    /// How many replicas it has less than it is to have at least.
    private int belowFloor() {
        return Math.min(scale.wanted(), spec.scaling().minReplicas())
                - fleet.rising().size();
    }

    @Override
    public Arbiter.Claims decide() {
        if (!prerequisites.failed().isEmpty()) {
            return Arbiter.NOTHING;
        }
        noteWhatIsKnown();
        retirements.ordered(orders);
        retirements.unfit(signals, world.now(), wakes::add);
        List<Offer> permitted = world.offers().stream().filter(fleet::mayLaunch).toList();
        var limits = new LaunchLimits(world, spec.name(), rollOut.launchVersion(), scale.wanted(), quotas, options);
        Closures closures = limits.closures(permitted);
        if (permitted.isEmpty() && spec.resources().hasMinimum()) {
            long tooSmall = world.offers().stream().filter(fleet::permits).count();
            notes.add("min_vcpus and min_memory_gb rule out all " + tooSmall + " offers");
        }
        List<String> shortages = quotas.shortages(permitted);
        var slots = new Slots(
                spec.name(),
                rollOut.launchVersion(),
                rollOut.editedAt(),
                fleet.all(),
                taken,
                orders.toStartAgain(fleet.all()),
                options.begunAt(),
                world.now());
        PlacementDecision decision = place(permitted, closures, slots);
        Doubt doubt = rollOut.doubt(fleet.all(), signals);
        noteShortfalls(new Shortfalls(fleet, retirements, permitted, decision), permitted, limits, doubt);
        var launches = new Launches(
                purpose(), world, limits, launchable(decision, doubt), decision.learnt(), slots, actions::add);
        placed = Optional.of(new Placed(decision, permitted, shortages, limits, launches));
        return launches;
    }

    private Launches.Purpose purpose() {
        return new Launches.Purpose(
                spec.name(),
                rollOut.launchVersion(),
                declared.spec().protect(),
                belowFloor(),
                notReady,
                name -> orders.launchedBecause(name, fleet.all()));
    }

    /// What an update leaves of the choices.
    private List<PlacementDecision.Choice> launchable(PlacementDecision decision, Doubt doubt) {
        Headroom headroom = Headroom.of(spec.update(), fleet, retirements, decision, doubt);
        return rollOut.launchable()
                ? decision.choices().stream()
                        .filter(choice -> headroom.take(choice.offer().market()))
                        .toList()
                : List.of();
    }

    private void noteWhatIsKnown() {
        if (!notReady.isEmpty()) {
            notes.add("waits until " + String.join(" and ", notReady) + (notReady.size() == 1 ? " is" : " are")
                    + " ready, as depends_on says");
        }
        scale.wakeAt().ifPresent(wakes::add);
        orders.note(spec.name()).ifPresent(notes::add);
        rollOut.note().ifPresent(notes::add);
        rollOut.note().ifPresent(hopeless::add);
    }

    private void noteShortfalls(Shortfalls shortfalls, List<Offer> permitted, LaunchLimits limits, Doubt doubt) {
        hopeless.addAll(shortfalls.unoffered());
        if (doubt.isHopeless()) {
            hopeless.add(doubt.text());
            notes.add(doubt.text());
        }
        hopeless.addAll(shortfalls.placeless(limits, world));
        noteSilence();
        wakes.addAll(limits.barsEnd());
        notes.addAll(limits.barred(permitted));
    }

    @Override
    public WorkloadPlan plan() {
        return placed.map(this::plan).orElseGet(() -> WorkloadPlan.stoppedBy(prerequisites.failed()));
    }

    private WorkloadPlan plan(Placed to) {
        PlacementDecision decision = to.decision();
        to.launches().report(notes::add, wakes::add);
        if (!decision.choices().isEmpty() || !decision.blocked().isEmpty()) {
            to.shortages().stream()
                    .filter(shortage -> notes.stream().noneMatch(note -> note.contains(shortage)))
                    .forEach(notes::add);
            to.limits().avoided(to.permitted()).forEach(place -> notes.add(place.text()));
        }
        retirements.outdated(decision, orders);
        retirements.surplus(decision, orders.surplusBecause(scale.wanted()));
        for (ReplicaRecord replica : fleet.draining()) {
            Draining.step(
                    replica, declared.spec().update().drainTimeout(), signals, world.now(), actions::add, wakes::add);
        }
        putService(decision);
        return new WorkloadPlan(
                prerequisites.await(actions),
                Optional.of(summary(decision, to.permitted())),
                decision.learnt(),
                List.of(),
                wakes.stream().min(Comparator.naturalOrder()));
    }

    private PlacementDecision place(List<Offer> offers, Closures closures, Slots slots) {
        var decision = PlacementPolicy.of(spec.placement())
                .decide(new PlacementRequest(
                        scale.wanted(),
                        held(slots),
                        offers,
                        world.zoneHealth(),
                        closures,
                        world.now(),
                        fleet.launches(),
                        ColdStart.of(fleet.all()),
                        seed()));
        slots.nextRetry().ifPresent(wakes::add);
        decision.retryAt().ifPresent(wakes::add);
        notes.addAll(decision.blocked());
        notes.addAll(decision.notes());
        return decision;
    }

    private int delayed(Slots slots, Market market) {
        return slots.delayed(market) + orders.restarting(market, fleet.all());
    }

    private HeldFleet held(Slots slots) {
        List<ReplicaRecord> current = retirements.remaining(fleet.current());
        List<HeldReplica> held = new ArrayList<>(current.size());
        for (ReplicaRecord replica : current) {
            held.add(new HeldReplica(replica.offer(), phase(replica), replica.requestedAt()));
        }
        return new HeldFleet(held, fleet.servingSpot(), delayed(slots, Market.SPOT), delayed(slots, Market.ON_DEMAND));
    }

    private HeldReplica.Phase phase(ReplicaRecord replica) {
        if (fleet.isServing(replica)) {
            return HeldReplica.Phase.READY;
        }
        return replica.lifecycle() == Lifecycle.REQUESTED ? HeldReplica.Phase.ASKED : HeldReplica.Phase.STARTING;
    }

    /// Different for each decision, and the same whenever the same world is planned again.
    private long seed() {
        long lineage = ((long) world.lineage().hashCode() << Integer.SIZE)
                ^ spec.name().hashCode();
        return lineage * 31 + world.now().toEpochMilli();
    }

    private void noteSilence() {
        for (ReplicaRecord replica : fleet.all()) {
            if (signals.isUnseen(replica)) {
                notes.add(replica.offer().location() + " does not answer: nobody can see what became of "
                        + replica.name());
            }
            if (signals.isUnanswered(replica)) {
                notes.add(replica.offer().location() + " does not answer: whether " + replica.name()
                        + " was launched there is not known, and another one takes its place");
            }
        }
    }

    private void putService(PlacementDecision decision) {
        boolean settled = !rollOut.isRecordedAsStable()
                && fleet.outdated().isEmpty()
                && scale.wanted() > 0
                && Seasoning.count(fleet, signals, spec.update(), rollOut, world.now(), wakes::add)
                        >= Math.min(scale.wanted(), decision.target());
        WorkloadRecord after = rollOut.record(before, scale, settled, world.now());
        if (before.isEmpty() || !before.get().equals(after)) {
            // First of all, so that everything that follows is about a recorded service.
            actions.addFirst(new Action.PutWorkload(before, after, scale.reason()));
        }
    }

    private Plan.WorkloadSummary summary(PlacementDecision decision, List<Offer> offers) {
        Plan.Cost cost = Costs.of(
                retirements.remaining(fleet.rising()), actions, scale.wanted(), decision.onDemandSettled(), offers);
        return new Plan.WorkloadSummary(
                spec.name(),
                scale.wanted(),
                scale.reason(),
                decision.spotTarget(),
                decision.onDemandTarget(),
                fleet.serving(),
                retirements.remaining(fleet.outdated()).size(),
                cost,
                notes,
                hopeless);
    }
}
