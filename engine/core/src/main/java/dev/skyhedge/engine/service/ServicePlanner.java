package dev.skyhedge.engine.service;

import dev.skyhedge.engine.declared.Declaration;
import dev.skyhedge.engine.fleet.Arbiter;
import dev.skyhedge.engine.fleet.Demand;
import dev.skyhedge.engine.fleet.Draining;
import dev.skyhedge.engine.fleet.LaunchLimits;
import dev.skyhedge.engine.fleet.Launches;
import dev.skyhedge.engine.fleet.PartedLaunches;
import dev.skyhedge.engine.fleet.QuotaRoom;
import dev.skyhedge.engine.fleet.Slots;
import dev.skyhedge.engine.fleet.TakenNames;
import dev.skyhedge.engine.plan.Action;
import dev.skyhedge.engine.plan.Barred;
import dev.skyhedge.engine.plan.Economy;
import dev.skyhedge.engine.plan.Plan;
import dev.skyhedge.engine.plan.PlanOptions;
import dev.skyhedge.engine.plan.Signals;
import dev.skyhedge.engine.plan.World;
import dev.skyhedge.engine.scaling.Autoscaler;
import dev.skyhedge.engine.workload.WorkloadPlan;
import dev.skyhedge.engine.workload.WorkloadPlanner;
import dev.skyhedge.specs.AllocationSpec;
import dev.skyhedge.specs.ServiceSpec;
import dev.skyhedge.spi.Accelerator;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.state.records.ReplicaRecord;
import dev.skyhedge.state.records.WorkloadRecord;
import dev.skyhedge.state.records.WorkloadRecord.ScalingMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

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
    /// Present if its allocation is a computed one.
    private final Optional<ComputedMix> mix;
    private final Autoscaler.Decision scale;
    /// What is given up of it for a budget.
    private final Economy economy;

    private final Findings findings = new Findings();
    private final ServiceParts parts;
    private final Prerequisites prerequisites;
    private List<String> notReady = List.of();
    private Optional<Placed> placed = Optional.empty();

    /// What may be launched, and what of it is.
    private record Placed(
            List<Offer> permitted, List<String> shortages, LaunchLimits limits, List<PartedLaunches.Turn> launches) {}

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
        this.fleet = sorted(world.replicasOf(spec.name()));
        this.mix = mix();
        this.scale = orders.scale(scale());
        this.economy = declared.spec().protect() ? Economy.NONE : options.economy();
        this.parts = new ServiceParts(
                demand(),
                new PartPlanner.Setting(spec, rollOut, orders, economy, world, signals, findings),
                fleet,
                this::sorted);
        this.prerequisites = new Prerequisites(spec, declared.json(), before, fleet.all());
    }

    private Autoscaler.Decision scale() {
        return switch (spec.allocation()) {
            case AllocationSpec.Any _ ->
                Autoscaler.decide(
                        spec.scaling(),
                        new Autoscaler.Input(
                                before.map(WorkloadRecord::wanted),
                                before.map(WorkloadRecord::scaling).orElse(ScalingMemory.NONE),
                                signals.requestsPerSecond(),
                                signals.heldRequests(),
                                signals.allInFlight(),
                                world.now()));
            case AllocationSpec.Fixed fixed ->
                new Autoscaler.Decision(
                        fixed.total(), ScalingMemory.NONE, Optional.empty(), "fixed by the spec: " + fixed.text());
            case AllocationSpec.Mixed _ -> {
                ComputedMix computed = mix.orElseThrow();
                yield new Autoscaler.Decision(
                        computed.total(),
                        computed.asked().load().memory(),
                        computed.asked().load().wakeAt(),
                        computed.reason());
            }
        };
    }

    private Optional<ComputedMix> mix() {
        if (!(spec.allocation() instanceof AllocationSpec.Mixed mixed)) {
            return Optional.empty();
        }
        SortedMap<Accelerator, Integer> running = new TreeMap<>();
        List<Offer> offers = new ArrayList<>(world.offers());
        for (ReplicaRecord replica : fleet.all()) {
            if (replica.lifecycle().isRising()) {
                running.merge(replica.offer().accelerator(), 1, Integer::sum);
                // A cloud that does not say what it offers just now still has what runs there.
                offers.add(replica.offer());
            }
        }
        List<Offer> permitted = offers.stream().filter(fleet::mayLaunch).toList();
        PlannedLoad load = PlannedLoad.of(
                mixed,
                MixProblem.prices(mixed, permitted),
                before.map(WorkloadRecord::scaling).orElse(ScalingMemory.NONE),
                signals,
                world.now());
        return Optional.of(ComputedMix.of(mixed, load, permitted, running));
    }

    private Replicas sorted(List<ReplicaRecord> replicas) {
        return new Replicas(
                rollOut.inForce(),
                rollOut.launchVersion(),
                replica -> Fitness.isOutOfSight(replica, spec, signals, world.now()),
                replica -> options.isToBeReplaced(replica)
                        || orders.replacedBecause(replica).isPresent(),
                signals,
                world.supply(),
                replicas);
    }

    private Demand demand() {
        return orders.isPaused() || !economy.minimum()
                ? Demand.ofAny(0, 0)
                : switch (spec.allocation()) {
                    case AllocationSpec.Any _ ->
                        Demand.ofAny(afforded(), spec.scaling().minReplicas());
                    case AllocationSpec.Fixed fixed ->
                        Demand.ofEach(fixed.replicas(), spec.resources().accelerators()::contains);
                    case AllocationSpec.Mixed _ ->
                        Demand.ofEach(
                                mix.orElseThrow().replicas(), spec.resources().accelerators()::contains);
                };
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
        return missing() == 0 && !orders.isPaused();
    }

    /// How many of the wanted replicas there is money for.
    private int afforded() {
        return switch (spec.allocation()) {
            case AllocationSpec.Any _ ->
                economy.afforded(scale.wanted(), spec.scaling().minReplicas());
            case AllocationSpec.Fixed _, AllocationSpec.Mixed _ -> economy.afforded(scale.wanted(), scale.wanted());
        };
    }

    /// How many more have to serve, of all parts.
    private int missing() {
        return parts.sum(PartPlanner::missing);
    }

    @Override
    public String name() {
        return spec.name();
    }

    @Override
    public Arbiter.Precedence first() {
        return Launches.precedence(declared.spec().protect(), parts.belowFloor());
    }

    @Override
    public Arbiter.Claims decide() {
        if (!prerequisites.failed().isEmpty()) {
            return Arbiter.NOTHING;
        }
        noteWhatIsKnown();
        parts.all().forEach(PartPlanner::endUnfit);
        List<Offer> permitted = world.offers().stream().filter(fleet::mayLaunch).toList();
        findings.notes().addAll(RuledOut.notes(spec.resources(), fleet, world.offers()));
        List<String> shortages = quotas.shortages(permitted);
        var limits = new LaunchLimits(world, spec.name(), rollOut.launchVersion(), afforded(), quotas, options);
        parts.place(permitted, limits, slots(), seed());
        noteSilence();
        findings.wakes().addAll(limits.barsEnd());
        findings.notes().addAll(limits.barred(permitted));
        List<PartedLaunches.Turn> launches = parts.launches(spec.update(), this::purpose);
        placed = Optional.of(new Placed(permitted, shortages, limits, launches));
        return PartedLaunches.of(launches);
    }

    private Slots slots() {
        return new Slots(
                spec.name(),
                rollOut.launchVersion(),
                rollOut.editedAt(),
                fleet.all(),
                taken,
                orders.toStartAgain(fleet.all()),
                options.begunAt(),
                world.now());
    }

    private Launches.Purpose purpose(PartPlanner part) {
        return new Launches.Purpose(
                spec.name(),
                rollOut.launchVersion(),
                declared.spec().protect(),
                part.belowFloor(),
                notReady,
                name -> orders.launchedBecause(name, fleet.all()));
    }

    private void noteWhatIsKnown() {
        if (!notReady.isEmpty()) {
            findings.notes()
                    .add("waits until " + String.join(" and ", notReady) + (notReady.size() == 1 ? " is" : " are")
                            + " ready, as depends_on says");
        }
        mix.filter(_ -> !orders.isPaused()).ifPresent(computed -> {
            findings.notes().addAll(computed.hopeless());
            findings.hopeless().addAll(computed.hopeless());
        });
        scale.wakeAt().ifPresent(findings.wakes()::add);
        orders.note(spec.name()).ifPresent(findings.notes()::add);
        rollOut.note().ifPresent(findings.notes()::add);
        rollOut.note().ifPresent(findings.hopeless()::add);
    }

    @Override
    public WorkloadPlan plan() {
        return placed.map(this::plan).orElseGet(() -> WorkloadPlan.stoppedBy(prerequisites.failed()));
    }

    private WorkloadPlan plan(Placed to) {
        to.launches().forEach(turn -> turn.launches().report(findings.notes()::add, findings.wakes()::add));
        if (parts.decisions().stream()
                .anyMatch(decision ->
                        !decision.choices().isEmpty() || !decision.blocked().isEmpty())) {
            to.shortages().stream()
                    .filter(shortage -> findings.notes().stream().noneMatch(note -> note.contains(shortage)))
                    .forEach(findings.notes()::add);
            to.limits()
                    .avoided(to.permitted())
                    .forEach(place -> findings.notes().add(place.text()));
        }
        parts.all().forEach(PartPlanner::retire);
        for (ReplicaRecord replica : fleet.draining()) {
            Draining.step(
                    replica,
                    declared.spec().update().drainTimeout(),
                    signals,
                    world.now(),
                    findings.actions()::add,
                    findings.wakes()::add);
        }
        putService();
        if (!findings.actions().isEmpty()) {
            mix.ifPresent(computed -> findings.notes().addAll(0, computed.why()));
        }
        return new WorkloadPlan(
                prerequisites.await(findings.actions()),
                Optional.of(summary()),
                parts.learnt(),
                List.of(),
                findings.wakeAt());
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
                findings.notes()
                        .add(replica.offer().location() + " does not answer: nobody can see what became of "
                                + replica.name());
            }
            if (signals.isUnanswered(replica)) {
                findings.notes()
                        .add(replica.offer().location() + " does not answer: whether " + replica.name()
                                + " was launched there is not known, and another one takes its place");
            }
        }
    }

    private void putService() {
        boolean settled = !rollOut.isRecordedAsStable() && fleet.outdated().isEmpty() && afforded() > 0 && isSeasoned();
        WorkloadRecord after = rollOut.record(before, scale, settled, world.now());
        if (before.isEmpty() || !before.get().equals(after)) {
            // First of all, so that everything that follows is about a recorded service.
            findings.actions().addFirst(new Action.PutWorkload(before, after, scale.reason()));
        }
    }

    /// Asks each: all of them say when they will be.
    private boolean isSeasoned() {
        boolean all = true;
        for (PartPlanner part : parts.all()) {
            all &= part.isSeasoned();
        }
        return all;
    }

    private Plan.WorkloadSummary summary() {
        return new Plan.WorkloadSummary(
                spec.name(),
                afforded(),
                afforded() < scale.wanted()
                        ? scale.reason() + "; of " + scale.wanted() + ", so many are within the budget"
                        : scale.reason(),
                parts.sum(part -> part.decision().spotTarget()),
                parts.sum(part -> part.decision().onDemandTarget()),
                fleet.serving(),
                missing(),
                parts.sum(part -> part.outdated().size()),
                parts.cost(findings.actions()),
                findings.notes(),
                findings.hopeless());
    }
}
