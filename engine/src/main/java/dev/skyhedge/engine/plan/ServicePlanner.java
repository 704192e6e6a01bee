package dev.skyhedge.engine.plan;

import dev.skyhedge.engine.placement.HeldReplica;
import dev.skyhedge.engine.placement.PlacementDecision;
import dev.skyhedge.engine.placement.PlacementPolicy;
import dev.skyhedge.engine.placement.PlacementRequest;
import dev.skyhedge.engine.scaling.Autoscaler;
import dev.skyhedge.specs.CheckResult;
import dev.skyhedge.specs.ServiceSpec;
import dev.skyhedge.specs.UpdateSpec;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.state.Lifecycle;
import dev.skyhedge.state.ReplicaRecord;
import dev.skyhedge.state.ServiceRecord;
import dev.skyhedge.state.ServiceRecord.ScalingMemory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Plans one declared service. An object plans once.
final class ServicePlanner {
    private final ServiceSpec spec;
    private final List<String> imported;
    private final Set<String> taken;
    private final World world;
    private final PlanOptions options;
    private final Optional<ServiceRecord> before;
    private final Signals signals;
    private final QuotaRoom quotas;
    private final RollOut rollOut;
    private final Fleet fleet;
    private final Autoscaler.Decision scale;

    private final List<Action> actions = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final List<String> hopeless = new ArrayList<>();
    private final List<Instant> wakes = new ArrayList<>();
    private final Set<String> retired = new HashSet<>();
    private int servingLeft;

    /// @param imported ids of the instances that the spec gives to the service
    /// @param taken names of replicas that other services have
    /// @param quotas what is left of the account's quotas, for all services together
    ServicePlanner(
            ServiceSpec spec,
            List<String> imported,
            World world,
            PlanOptions options,
            QuotaRoom quotas,
            Set<String> taken) {
        this.quotas = quotas;
        this.spec = spec;
        this.imported = imported;
        this.taken = taken;
        this.world = world;
        this.options = options;
        this.before = world.service(spec.name());
        this.signals = world.signalsOf(spec.name());
        this.rollOut = RollOut.of(spec, before, world.replicasOf(spec.name()), signals);
        this.fleet = new Fleet(
                spec, rollOut.launchVersion(), options, signals, world.supply(), world.replicasOf(spec.name()));
        this.scale = Autoscaler.decide(
                spec.scaling(),
                new Autoscaler.Input(
                        before.map(ServiceRecord::wanted),
                        before.map(ServiceRecord::scaling).orElse(ScalingMemory.NONE),
                        signals.requestsPerSecond(),
                        signals.heldRequests(),
                        world.now()));
        this.servingLeft = fleet.serving();
    }

    /// Names of the services that this one has to wait for. Only a service that has never been launched waits:
    /// one that runs must not suffer when another one is degraded.
    List<String> notReady(Map<String, ServicePlanner> all) {
        return hasBegun()
                ? List.of()
                : spec.dependsOn().stream()
                        .filter(name -> Optional.ofNullable(all.get(name))
                                .filter(ServicePlanner::isReady)
                                .isEmpty())
                        .toList();
    }

    private boolean isReady() {
        return fleet.serving() >= scale.wanted();
    }

    private boolean hasBegun() {
        return fleet.all().stream()
                .anyMatch(replica -> replica.lifecycle().isLive()
                        || before.filter(record -> !replica.requestedAt().isBefore(record.createdAt()))
                                .isPresent());
    }

    /// @param notReady names of services that a launch waits for
    ServicePlan plan(List<String> notReady) {
        List<CheckResult> open = isNews() ? spec.preconditions() : List.of();
        List<Plan.Problem> failed = open.stream()
                .filter(one -> one.status() == CheckResult.Status.FAIL)
                .map(one ->
                        new Plan.Problem(spec.name(), "Service precondition failed", String.join("\n", one.messages())))
                .toList();
        if (!failed.isEmpty()) {
            return ServicePlan.stoppedBy(failed);
        }
        ServicePlan plan = planFreely(notReady);
        if (open.isEmpty()) {
            return plan;
        }
        var until = new Awaited.Checked(spec.name());
        return plan.with(plan.actions().stream()
                .<Action>map(action -> new Action.Later(action, until))
                .toList());
    }

    /// Whether it is about to be launched first, or changed. What was accepted once is not called into question
    /// when the figures change that a precondition asks for.
    private boolean isNews() {
        return !hasBegun()
                || before.filter(record -> record.specJson().equals(SpecJson.of(spec, imported)))
                        .isEmpty();
    }

    private ServicePlan planFreely(List<String> notReady) {
        if (!notReady.isEmpty()) {
            notes.add("waits until " + String.join(" and ", notReady) + (notReady.size() == 1 ? " is" : " are")
                    + " ready, as depends_on says");
        }
        scale.wakeAt().ifPresent(wakes::add);
        rollOut.note().ifPresent(notes::add);
        retireUnfit();
        List<Offer> permitted = world.offers().stream().filter(fleet::mayLaunch).toList();
        List<Offer> offers = permitted.stream().filter(quotas::hasRoomFor).toList();
        if (permitted.isEmpty() && spec.resources().hasMinimum()) {
            long tooSmall = world.offers().stream().filter(fleet::permits).count();
            notes.add("min_vcpus and min_memory_gb rule out all " + tooSmall + " offers");
        }
        List<String> shortages = quotas.shortages(permitted);
        var slots = new Slots(spec.name(), rollOut.launchVersion(), fleet.all(), taken, world.now());
        PlacementDecision decision = place(offers, slots);
        hopeless.addAll(unoffered(decision, permitted));
        List<String> refusals = Refusals.of(fleet.all(), rollOut.launchVersion(), options, world.now(), wakes::add);
        if (refusals.isEmpty()) {
            launch(decision, slots, notReady);
        } else {
            hopeless.addAll(refusals);
            notes.addAll(refusals);
        }
        if (!decision.choices().isEmpty() || !decision.blocked().isEmpty()) {
            notes.addAll(shortages);
        }
        retireOutdated(decision);
        retireSurplus(decision);
        for (ReplicaRecord replica : fleet.in(Lifecycle.DRAINING)) {
            Draining.step(replica, signals, world.now(), actions::add, wakes::add);
        }
        putService(decision);
        return new ServicePlan(
                actions,
                Optional.of(summary(decision, offers)),
                decision.learnt(),
                List.of(),
                wakes.stream().min(Comparator.naturalOrder()));
    }

    /// Ends replicas that never got ready in time, and ones whose probes have failed for too long.
    private void retireUnfit() {
        for (ReplicaRecord replica : fleet.rising()) {
            Fitness.unfitBecause(replica, spec.readiness(), signals, world.now(), wakes::add)
                    .ifPresent(why -> retire(replica, Lifecycle.FAILED, why));
        }
    }

    private PlacementDecision place(List<Offer> offers, Slots slots) {
        var decision = PlacementPolicy.of(spec.placement())
                .decide(new PlacementRequest(
                        scale.wanted(),
                        offersOf(remaining(fleet.current(Market.SPOT))),
                        offersOf(remaining(fleet.current(Market.ON_DEMAND))),
                        fleet.serving(replica -> replica.offer().market() == Market.SPOT),
                        slots.delayed(Market.SPOT),
                        slots.delayed(Market.ON_DEMAND),
                        offers,
                        world.zoneHealth(),
                        world.now(),
                        fleet.launches(),
                        heldReplicas(),
                        ColdStart.of(fleet.all()),
                        seed()));
        slots.nextRetry().ifPresent(wakes::add);
        decision.retryAt().ifPresent(wakes::add);
        notes.addAll(decision.blocked());
        return decision;
    }

    private List<HeldReplica> heldReplicas() {
        return remaining(fleet.current()).stream()
                .map(replica -> new HeldReplica(
                        replica.offer(),
                        fleet.isServing(replica)
                                ? HeldReplica.Phase.READY
                                : replica.lifecycle() == Lifecycle.REQUESTED
                                        ? HeldReplica.Phase.ASKED
                                        : HeldReplica.Phase.STARTING,
                        replica.requestedAt()))
                .toList();
    }

    /// Different for each decision, and the same whenever the same world is planned again.
    private long seed() {
        long lineage = ((long) world.lineage().hashCode() << Integer.SIZE)
                ^ spec.name().hashCode();
        return lineage * 31 + world.now().toEpochMilli();
    }

    /// What waiting does not bring: replicas that nobody offers anything for.
    private List<String> unoffered(PlacementDecision decision, List<Offer> offers) {
        List<String> unoffered = new ArrayList<>();
        for (Market market : Market.values()) {
            int target = market == Market.SPOT ? decision.spotTarget() : decision.onDemandTarget();
            int missing = target - remaining(fleet.current(market)).size();
            if (missing > 0 && offers.stream().noneMatch(offer -> offer.market() == market)) {
                unoffered.add(missing + " " + market.word().replace('_', '-')
                        + (missing == 1 ? " replica" : " replicas")
                        + " cannot be placed: no permitted location offers the accelerators");
            }
        }
        return unoffered;
    }

    private void launch(PlacementDecision decision, Slots slots, List<String> notReady) {
        Headroom headroom = headroom(decision);
        List<Offer> launched = new ArrayList<>();
        List<Offer> beyondQuota = new ArrayList<>();
        for (PlacementDecision.Choice choice : decision.choices()) {
            if (!headroom.take(choice.offer().market())) {
                continue;
            }
            if (!quotas.take(choice.offer())) {
                // The next plan sees the quota used up, and places what is missing elsewhere.
                beyondQuota.add(choice.offer());
                continue;
            }
            launched.add(choice.offer());
            Slots.Slot slot = slots.take();
            Action launch = new Action.Launch(
                    spec.name(),
                    slot.name(),
                    slot.generation(),
                    rollOut.launchVersion(),
                    choice.offer(),
                    LaunchTokens.derive(
                            world.lineage(), slot.name(), slot.generation(), choice.offer(), rollOut.launchVersion()),
                    choice.role().name().toLowerCase(Locale.ROOT),
                    slot.failures(),
                    reason(choice, slot));
            actions.add(notReady.isEmpty() ? launch : new Action.Later(launch, new Awaited.Serving(notReady)));
        }
        notes.addAll(PriceAge.warnings(launched, world.supply(), world.now()));
        if (!beyondQuota.isEmpty()) {
            notes.add(beyondQuota.size() + (beyondQuota.size() == 1 ? " launch waits" : " launches wait") + ": "
                    + String.join("; ", quotas.shortages(beyondQuota)));
        }
    }

    private String reason(PlacementDecision.Choice choice, Slots.Slot slot) {
        return slot.failures() == 0
                ? choice.reason()
                : choice.reason() + "; attempt " + (slot.failures() + 1) + " after failures";
    }

    private Headroom headroom(PlacementDecision decision) {
        if (remaining(fleet.outdated()).isEmpty() || spec.update().mode() == UpdateSpec.Mode.BLUE_GREEN) {
            return Headroom.unlimited();
        }
        List<Market> rising = remaining(fleet.rising()).stream()
                .map(replica -> replica.offer().market())
                .toList();
        return Headroom.ofUpdate(decision, spec.update().surge(), rising);
    }

    /// Ends replicas of an earlier version as far as newer ones serve in their place.
    private void retireOutdated(PlacementDecision decision) {
        List<ReplicaRecord> outdated = remaining(fleet.outdated());
        if (outdated.isEmpty()) {
            return;
        }
        int servingCurrent = fleet.serving(fleet::isCurrent);
        int keep = switch (spec.update().mode()) {
            case ROLLING -> Math.max(0, attainable(decision) - servingCurrent);
            case BLUE_GREEN -> servingCurrent >= attainable(decision) ? 0 : outdated.size();
        };
        retireLeastMissed(outdated, outdated.size() - keep, replica -> rollOut.outdatedBecause(fleet, replica));
    }

    /// The target, without what cannot be placed now: an update must not wait for a spare that nobody offers.
    private int attainable(PlacementDecision decision) {
        int possible = remaining(fleet.current()).size() + decision.choices().size();
        return Math.min(target(decision), Math.max(scale.wanted(), possible));
    }

    private void retireSurplus(PlacementDecision decision) {
        release(decision);
        List<ReplicaRecord> spot = remaining(fleet.current(Market.SPOT));
        retireLeastMissed(
                spot, spot.size() - decision.spotTarget(), _ -> "more than needed: " + scale.wanted() + " wanted");
        List<ReplicaRecord> onDemand = remaining(fleet.current(Market.ON_DEMAND));
        retireLeastMissed(
                onDemand,
                onDemand.size() - decision.onDemandTarget(),
                _ -> decision.spotTarget() > 0
                        ? "spot is ready, no stand-in is needed"
                        : "more than needed: " + scale.wanted() + " wanted");
    }

    /// Ends spot replicas in the places that the decision names, as far as there are more than wanted.
    private void release(PlacementDecision decision) {
        for (PlacementDecision.Release release : decision.releases()) {
            List<ReplicaRecord> spot = remaining(fleet.current(Market.SPOT));
            if (spot.size() <= decision.spotTarget()) {
                return;
            }
            List<ReplicaRecord> there = spot.stream()
                    .filter(replica ->
                            replica.offer().location().equals(release.offer().location())
                                    && replica.offer()
                                            .accelerator()
                                            .equals(release.offer().accelerator()))
                    .toList();
            retireLeastMissed(there, 1, _ -> release.reason());
        }
    }

    private void retireLeastMissed(List<ReplicaRecord> candidates, int count, Function<ReplicaRecord, String> why) {
        candidates.stream()
                .sorted(fleet.leastMissedFirst())
                .limit(Math.max(0, count))
                .forEach(replica -> retire(replica, Lifecycle.GONE, why.apply(replica)));
    }

    /// Retires unless that would take a serving replica while no more than the wanted number serve.
    private void retire(ReplicaRecord replica, Lifecycle endsAs, String why) {
        boolean serves = fleet.isServing(replica);
        if (serves && servingLeft <= scale.wanted()) {
            return;
        }
        Optional<Action> action = Retirement.retire(replica, endsAs, why);
        if (action.isPresent()) {
            actions.add(action.get());
            retired.add(replica.name());
            if (serves) {
                servingLeft--;
            }
        }
    }

    private void putService(PlacementDecision decision) {
        boolean settled = fleet.outdated().isEmpty()
                && scale.wanted() > 0
                && fleet.serving(fleet::isCurrent) >= Math.min(scale.wanted(), target(decision));
        ServiceRecord after = rollOut.record(spec, imported, before, scale, settled, world.now());
        if (before.isEmpty() || !before.get().equals(after)) {
            // First of all, so that everything that follows is about a recorded service.
            actions.addFirst(new Action.PutService(before, after, scale.reason()));
        }
    }

    private Plan.ServiceSummary summary(PlacementDecision decision, List<Offer> offers) {
        Plan.Cost cost =
                Costs.of(remaining(fleet.rising()), actions, scale.wanted(), decision.onDemandSettled(), offers);
        return new Plan.ServiceSummary(
                spec.name(),
                scale.wanted(),
                scale.reason(),
                decision.spotTarget(),
                decision.onDemandTarget(),
                fleet.serving(),
                cost,
                notes,
                hopeless);
    }

    private List<ReplicaRecord> remaining(List<ReplicaRecord> replicas) {
        return retired.isEmpty()
                ? replicas
                : replicas.stream()
                        .filter(replica -> !retired.contains(replica.name()))
                        .toList();
    }

    private static int target(PlacementDecision decision) {
        return decision.spotTarget() + decision.onDemandTarget();
    }

    private static List<Offer> offersOf(List<ReplicaRecord> replicas) {
        return replicas.stream().map(ReplicaRecord::offer).toList();
    }
}
