package dev.skyhedge.engine.plan;

import dev.skyhedge.engine.placement.PlacementDecision;
import dev.skyhedge.engine.placement.PlacementPolicy;
import dev.skyhedge.engine.placement.PlacementRequest;
import dev.skyhedge.engine.scaling.Autoscaler;
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
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Plans one declared service. An object plans once.
final class ServicePlanner {
    private final ServiceSpec spec;
    private final World world;
    private final Optional<ServiceRecord> before;
    private final Signals signals;
    private final QuotaRoom quotas;
    private final RollOut rollOut;
    private final Fleet fleet;
    private final Autoscaler.Decision scale;

    private final List<Action> actions = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final List<Instant> wakes = new ArrayList<>();
    private final Set<String> retired = new HashSet<>();
    private int servingLeft;

    ServicePlanner(ServiceSpec spec, World world, PlanOptions options, QuotaRoom quotas) {
        this.quotas = quotas;
        this.spec = spec;
        this.world = world;
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

    ServicePlan plan() {
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
        var slots = new Slots(spec.name(), rollOut.launchVersion(), fleet.all(), world.now());
        PlacementDecision decision = place(offers, slots);
        launch(decision, slots);
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
                summary(decision, offers),
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
                        world.now()));
        slots.nextRetry().ifPresent(wakes::add);
        decision.retryAt().ifPresent(wakes::add);
        notes.addAll(decision.blocked());
        return decision;
    }

    private void launch(PlacementDecision decision, Slots slots) {
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
            actions.add(new Action.Launch(
                    spec.name(),
                    slot.name(),
                    slot.generation(),
                    rollOut.launchVersion(),
                    choice.offer(),
                    LaunchTokens.derive(
                            world.lineage(), slot.name(), slot.generation(), choice.offer(), rollOut.launchVersion()),
                    choice.role().name().toLowerCase(Locale.ROOT),
                    slot.failures(),
                    reason(choice, slot)));
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
        ServiceRecord after = rollOut.record(spec, before, scale, settled, world.now());
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
                notes);
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
