package dev.skyhedge.engine.sweeping;

import dev.skyhedge.engine.fleet.Arbiter;
import dev.skyhedge.engine.fleet.Costs;
import dev.skyhedge.engine.fleet.Draining;
import dev.skyhedge.engine.fleet.LaunchLimits;
import dev.skyhedge.engine.fleet.Launches;
import dev.skyhedge.engine.fleet.PartedLaunches;
import dev.skyhedge.engine.fleet.QuotaRoom;
import dev.skyhedge.engine.fleet.Retirement;
import dev.skyhedge.engine.fleet.Slots;
import dev.skyhedge.engine.fleet.TakenNames;
import dev.skyhedge.engine.placement.PlacementDecision.Choice;
import dev.skyhedge.engine.placement.PlacementDecision.Role;
import dev.skyhedge.engine.plan.Action;
import dev.skyhedge.engine.plan.Plan;
import dev.skyhedge.engine.plan.PlanOptions;
import dev.skyhedge.engine.plan.ReplicaNames;
import dev.skyhedge.engine.plan.World;
import dev.skyhedge.engine.workload.WorkloadPlan;
import dev.skyhedge.engine.workload.WorkloadPlanner;
import dev.skyhedge.specs.SweepSpec;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.ReplicaRecord;
import dev.skyhedge.state.records.WorkloadRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// Plans one sweep: tells its scheduler what became of machines, ends the machines of trials that are not to run, and
/// claims one for each trial that is. An object plans once.
final class SweepPlanner implements WorkloadPlanner {
    private final Declared sweep;
    private final World world;
    private final PlanOptions options;
    private final QuotaRoom quotas;
    private final Optional<WorkloadRecord> before;
    private final WorkloadRecord recorded;
    private final long at;
    /// The newest machine of each trial of this edit.
    private final Map<Integer, ReplicaRecord> machines = new HashMap<>();
    private final Replay replay;
    private final List<Action> actions = new ArrayList<>();
    private final List<Instant> wakes = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final List<Replay.Started> chosen = new ArrayList<>();
    private final List<PartedLaunches.Turn> launches = new ArrayList<>();
    private SweepMemory memory;

    SweepPlanner(Declared sweep, World world, PlanOptions options, QuotaRoom quotas) {
        this.sweep = sweep;
        this.world = world;
        this.options = options;
        this.quotas = quotas;
        this.before = world.service(name());
        this.recorded = record();
        this.at = Declared.at(recorded, world.now());
        this.memory = sweep.memory(before);
        this.replay = Replay.of(sweep.spec(), memory);
        for (ReplicaRecord machine : world.replicasOf(name())) {
            sweep.trial(machine, recorded).ifPresent(trial -> machines.put(trial, machine));
        }
    }

    /// As it is recorded from now on, but for what it remembers.
    private WorkloadRecord record() {
        Optional<WorkloadRecord> same = sweep.recorded(before);
        return new WorkloadRecord(
                name(),
                sweep.spec().address(),
                SweepSpec.KIND,
                new WorkloadRecord.Edit(
                        sweep.edit().json(),
                        sweep.edit().version(),
                        same.map(WorkloadRecord::editedAt).orElse(world.now())),
                sweep.spec().pool().atoms(),
                WorkloadRecord.ScalingMemory.NONE,
                Optional.empty(),
                Optional.empty(),
                false,
                before.map(WorkloadRecord::createdAt).orElse(world.now()),
                "");
    }

    @Override
    public String name() {
        return sweep.spec().name();
    }

    @Override
    public Arbiter.Precedence first() {
        return Launches.precedence(false, 0);
    }

    private boolean isOver() {
        return at >= Replay.end(sweep.spec());
    }

    @Override
    public Arbiter.Claims decide() {
        if (replay.isBroken() || !sweep.spec().preconditions().isEmpty()) {
            return Arbiter.NOTHING;
        }
        for (Map.Entry<Integer, Replay.Standing> trial :
                List.copyOf(replay.standings().entrySet())) {
            if (trial.getValue().status() == Replay.Status.RUNNING) {
                settle(trial.getKey());
            }
        }
        endMachines();
        if (isOver()) {
            return Arbiter.NOTHING;
        }
        wakes.add(recorded.editedAt().plusMillis(Replay.end(sweep.spec())));
        choose();
        claim();
        return launches.isEmpty() ? Arbiter.NOTHING : PartedLaunches.of(launches);
    }

    // --- what became of machines

    /// A trial that is to run and has no machine is told to the scheduler, once all that it wrote has been heard and
    /// another launch would not be too early.
    private void settle(int number) {
        Optional<ReplicaRecord> machine = machine(number);
        if (machine.isEmpty()) {
            tell(new News.Interrupted(at, number));
            return;
        }
        ReplicaRecord ended = machine.get();
        TrialMemory trial = memory.trial(number);
        if (ended.lifecycle().isLive() || SweepUpkeep.unread(ended, trial).isPresent()) {
            return;
        }
        if (trial.settled() < ended.generation()) {
            boolean failed =
                    ended.lifecycle() == Lifecycle.FAILED && ended.instanceId().isPresent();
            memory = memory.with(number, trial.after(ended.generation(), failed));
        }
        if (memory.trial(number).failures() > sweep.spec().rules().maxFailures()
                || ended.lifecycle() == Lifecycle.FORGOTTEN) {
            tell(new News.Failed(at, number));
            return;
        }
        Slots slots = slots(number);
        if (slots.delayed(ended.offer().market()) == 0) {
            tell(new News.Interrupted(at, number));
        } else {
            slots.nextRetry().ifPresent(wakes::add);
        }
    }

    private Optional<ReplicaRecord> machine(int number) {
        return Optional.ofNullable(machines.get(number));
    }

    private void tell(News news) {
        replay.tell(news);
        memory = memory.with(List.of(news));
    }

    /// What has the name that a trial's machine is to have, whatever it runs.
    private Optional<ReplicaRecord> namesake(int number) {
        return machine(number).or(() -> recorded(nameOf(number)));
    }

    private Optional<ReplicaRecord> recorded(String machine) {
        return world.replicasOf(name()).stream()
                .filter(one -> one.name().equals(machine))
                .findFirst();
    }

    /// The number of the trial is in it, unless a machine that was left running has that name.
    private String nameOf(int number) {
        int ordinal = number;
        while (recorded(ReplicaNames.of(name(), ordinal))
                .filter(machine -> machine.lifecycle() == Lifecycle.FORGOTTEN)
                .isPresent()) {
            ordinal += sweep.spec().trials().size();
        }
        return ReplicaNames.of(name(), ordinal);
    }

    private Slots slots(int number) {
        return new Slots(
                name(),
                sweep.edit().of(number),
                recorded.editedAt(),
                namesake(number).stream().toList(),
                new TakenNames(world),
                List.of(namesake(number).map(ReplicaRecord::name).orElseGet(() -> nameOf(number))),
                options.begunAt(),
                world.now());
    }

    private void endMachines() {
        for (ReplicaRecord machine : world.replicasOf(name())) {
            OptionalInt trial = sweep.trial(machine, recorded);
            endedBecause(trial)
                    .flatMap(why -> Retirement.retire(machine, Lifecycle.GONE, why))
                    .ifPresent(actions::add);
            Draining.step(
                    machine,
                    sweep.spec().rules().grace(),
                    world.signalsOf(name()),
                    world.now(),
                    actions::add,
                    wakes::add);
        }
    }

    private Optional<String> endedBecause(OptionalInt trial) {
        if (trial.isEmpty()) {
            return Optional.of("the sweep was edited and begins anew");
        }
        if (isOver()) {
            return Optional.of("the deadline has come");
        }
        Replay.Standing standing = replay.standing(trial.getAsInt());
        return standing.status() == Replay.Status.RUNNING ? Optional.empty() : Optional.of(standing.reason());
    }

    // --- what is to run

    private int free() {
        int live = (int) world.replicasOf(name()).stream()
                .filter(machine -> machine.lifecycle().isLive())
                .count();
        return sweep.spec().pool().atoms() - live;
    }

    /// Whoever is next has to wait for what its last machine wrote, from which it goes on; others wait behind it.
    private void choose() {
        int free = free();
        while (chosen.size() < free) {
            Optional<Replay.Started> next = replay.next(at);
            if (next.isEmpty() || !mayStart(next.get().news().trial())) {
                return;
            }
            chosen.add(next.get());
        }
    }

    private boolean mayStart(int number) {
        return namesake(number)
                .filter(last -> last.lifecycle().isLive()
                        || last.lifecycle() == Lifecycle.FORGOTTEN
                        || (machine(number).isPresent()
                                && SweepUpkeep.unread(last, memory.trial(number))
                                        .isPresent())
                        || slots(number).delayed(last.offer().market()) > 0)
                .isEmpty();
    }

    private void claim() {
        List<Offer> permitted = Pool.permitted(sweep.spec().pool(), world.offers());
        var limits = new LaunchLimits(
                world, name(), sweep.edit().version(), sweep.spec().pool().atoms(), quotas, options);
        var closures = limits.closures(permitted);
        Optional<Offer> offer = permitted.stream().filter(closures::isOpen).min(Pool.CHEAPEST);
        if (offer.isEmpty() && !chosen.isEmpty()) {
            notes.add(Pool.shortage(sweep.spec().pool(), permitted, closures));
            permitted.stream()
                    .flatMap(closed -> closures.of(closed).stream())
                    .flatMap(closed -> closed.reopensAt().stream())
                    .forEach(wakes::add);
        }
        offer.ifPresent(cheapest -> chosen.forEach(start -> {
            int number = start.news().trial();
            var purpose = new Launches.Purpose(
                    name(), sweep.edit().of(number), false, 0, List.of(), _ -> Optional.of(start.reason()));
            launches.add(new PartedLaunches.Turn(
                    new Launches(
                            purpose,
                            world,
                            limits,
                            List.of(new Choice(cheapest, Role.TARGET, "trial " + number + " on the cheapest offer")),
                            List.of(),
                            slots(number),
                            actions::add),
                    0,
                    1));
        }));
    }

    // --- the plan

    @Override
    public WorkloadPlan plan() {
        if (replay.isBroken()) {
            return WorkloadPlan.stoppedBy(List.of(new Plan.Problem(
                    name(),
                    "The sweep was run by another scheduler",
                    "What the state remembers of " + sweep.spec().address() + " does not fit this version of Skyhedge."
                            + " Destroy it and apply it again.")));
        }
        launches.forEach(turn -> turn.launches().report(notes::add, wakes::add));
        memory = memory.with(begun());
        WorkloadRecord after = recorded.remembering(memory.equals(SweepMemory.NONE) ? "" : memory.text());
        if (Hearing.isFull(after)) {
            notes.add("it has reported more than a state keeps; what runs goes on until the deadline, unheard");
        }
        if (!before.equals(Optional.of(after))) {
            actions.addFirst(new Action.PutWorkload(before, after, "declared"));
        }
        return new WorkloadPlan(
                actions,
                Optional.of(summary()),
                List.of(),
                List.of(),
                wakes.stream().min(Comparator.naturalOrder()));
    }

    /// All that were chosen up to the last one that is launched: one before it that is not will be found to have no
    /// machine.
    private List<News> begun() {
        List<News> begun = new ArrayList<>();
        List<News> waiting = new ArrayList<>();
        for (Replay.Started start : chosen) {
            waiting.add(start.news());
            String version = sweep.edit().of(start.news().trial());
            if (actions.stream()
                    .anyMatch(action -> action instanceof Action.Launch launch
                            && launch.version().equals(version))) {
                begun.addAll(waiting);
                waiting.clear();
            }
        }
        return begun;
    }

    private Plan.WorkloadSummary summary() {
        var view = new SweepNotes(sweep, memory, sweep.recorded(before).map(WorkloadRecord::editedAt));
        List<String> all =
                new ArrayList<>(view.notes(Pool.permitted(sweep.spec().pool(), world.offers())));
        all.addAll(notes);
        List<ReplicaRecord> rising = world.replicasOf(name()).stream()
                .filter(machine -> machine.lifecycle().isRising())
                .filter(machine -> actions.stream().noneMatch(action -> ends(action, machine)))
                .toList();
        int serving = (int) rising.stream().filter(ReplicaRecord::isServing).count();
        int wanted = rising.size() + chosen.size();
        Plan.Cost cost = Costs.of(
                rising, actions, wanted, wanted, Pool.permitted(sweep.spec().pool(), world.offers()));
        boolean spot = sweep.spec().pool().market() == Market.SPOT;
        return new Plan.WorkloadSummary(
                name(),
                wanted,
                isOver() ? "the deadline has come" : "trials that are to run now",
                spot ? wanted : 0,
                spot ? 0 : wanted,
                serving,
                cost,
                all);
    }

    private static boolean ends(Action action, ReplicaRecord machine) {
        return switch (action) {
            case Action.Drain drain -> drain.replica().equals(machine.name());
            case Action.Terminate terminate -> terminate.replica().equals(machine.name());
            default -> false;
        };
    }
}
