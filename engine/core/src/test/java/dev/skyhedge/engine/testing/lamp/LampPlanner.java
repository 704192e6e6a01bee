package dev.skyhedge.engine.testing.lamp;

import dev.skyhedge.engine.fleet.Arbiter;
import dev.skyhedge.engine.fleet.Costs;
import dev.skyhedge.engine.fleet.Draining;
import dev.skyhedge.engine.fleet.LaunchLimits;
import dev.skyhedge.engine.fleet.Launches;
import dev.skyhedge.engine.fleet.QuotaRoom;
import dev.skyhedge.engine.fleet.Retirement;
import dev.skyhedge.engine.fleet.Slots;
import dev.skyhedge.engine.fleet.TakenNames;
import dev.skyhedge.engine.placement.PlacementDecision.Choice;
import dev.skyhedge.engine.placement.PlacementDecision.Role;
import dev.skyhedge.engine.plan.Action;
import dev.skyhedge.engine.plan.Plan;
import dev.skyhedge.engine.plan.PlanOptions;
import dev.skyhedge.engine.plan.World;
import dev.skyhedge.engine.workload.WorkloadPlan;
import dev.skyhedge.engine.workload.WorkloadPlanner;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.ReplicaRecord;
import dev.skyhedge.state.records.WorkloadRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Plans one lamp: as many machines as it wants, of the cheapest spot offer that is open.
final class LampPlanner implements WorkloadPlanner {
    private final Lamp lamp;
    private final World world;
    private final PlanOptions options;
    private final QuotaRoom quotas;
    private final List<ReplicaRecord> tasks;
    private final List<ReplicaRecord> shining;
    private final List<Action> actions = new ArrayList<>();
    private final List<Instant> wakes = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private Optional<Launches> launches = Optional.empty();

    LampPlanner(Lamp lamp, World world, PlanOptions options, QuotaRoom quotas) {
        this.lamp = lamp;
        this.world = world;
        this.options = options;
        this.quotas = quotas;
        this.tasks = world.replicasOf(lamp.name());
        this.shining = tasks.stream()
                .filter(task -> task.lifecycle().isRising() && task.version().equals(lamp.colour()))
                .toList();
    }

    @Override
    public String name() {
        return lamp.name();
    }

    @Override
    public Arbiter.Precedence first() {
        return Launches.precedence(false, 0);
    }

    @Override
    public Arbiter.Claims decide() {
        Optional<WorkloadRecord> before = world.service(name());
        Instant editedAt = before.filter(record -> record.version().equals(lamp.colour()))
                .map(WorkloadRecord::editedAt)
                .orElse(world.now());
        record(before, editedAt);
        retire();
        var slots = new Slots(
                name(),
                lamp.colour(),
                editedAt,
                tasks,
                new TakenNames(world),
                List.of(),
                options.begunAt(),
                world.now());
        slots.nextRetry().ifPresent(wakes::add);
        var limits = new LaunchLimits(world, name(), lamp.colour(), lamp.machines(), quotas, options);
        int missing = lamp.machines() - shining.size() - slots.delayed(Market.SPOT);
        var purpose = new Launches.Purpose(name(), lamp.colour(), false, 0, List.of(), _ -> Optional.empty());
        launches = Optional.of(
                new Launches(purpose, world, limits, choices(limits, missing), List.of(), slots, actions::add));
        return launches.get();
    }

    private List<Choice> choices(LaunchLimits limits, int missing) {
        List<Offer> offers = world.offers().stream()
                .filter(offer -> offer.market() == Market.SPOT)
                .toList();
        var closures = limits.closures(offers);
        return offers.stream()
                .filter(offer -> closures.of(offer).isEmpty())
                .min(Comparator.comparing(Offer::price))
                .map(offer ->
                        Collections.nCopies(Math.max(0, missing), new Choice(offer, Role.TARGET, "the cheapest offer")))
                .orElse(List.of());
    }

    private void record(Optional<WorkloadRecord> before, Instant editedAt) {
        var after = new WorkloadRecord(
                name(),
                lamp.address(),
                Lamps.KIND,
                new WorkloadRecord.Edit("{}", lamp.colour(), editedAt),
                lamp.machines(),
                WorkloadRecord.ScalingMemory.NONE,
                Optional.empty(),
                Optional.empty(),
                false,
                before.map(WorkloadRecord::createdAt).orElse(world.now()),
                "");
        if (!before.equals(Optional.of(after))) {
            actions.add(new Action.PutWorkload(before, after, "declared"));
        }
    }

    private void retire() {
        for (ReplicaRecord task : tasks) {
            if (!shining.contains(task)) {
                Retirement.retire(task, Lifecycle.GONE, "of another colour").ifPresent(actions::add);
            }
            Draining.step(task, Lamps.DRAIN, world.signalsOf(name()), world.now(), actions::add, wakes::add);
        }
        shining.stream()
                .skip(lamp.machines())
                .forEach(task -> Retirement.retire(task, Lifecycle.GONE, "more than wanted")
                        .ifPresent(actions::add));
    }

    @Override
    public WorkloadPlan plan() {
        launches.orElseThrow().report(notes::add, wakes::add);
        int serving = (int) tasks.stream().filter(ReplicaRecord::isServing).count();
        Plan.Cost cost = Costs.of(shining, actions, lamp.machines(), 0, world.offers());
        return new WorkloadPlan(
                actions,
                Optional.of(new Plan.WorkloadSummary(
                        name(), lamp.machines(), "declared", lamp.machines(), 0, serving, cost, notes)),
                List.of(),
                List.of(),
                wakes.stream().min(Comparator.naturalOrder()));
    }
}
