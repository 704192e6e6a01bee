package dev.skyhedge.console.metrics;

import dev.skyhedge.engine.plan.Action;
import dev.skyhedge.engine.plan.Plan;
import dev.skyhedge.engine.reconcile.Step;
import dev.skyhedge.spi.Accelerator;
import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.spi.IdempotencyToken;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.state.records.Change;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.Machine;
import dev.skyhedge.state.records.ReplicaKey;
import dev.skyhedge.state.records.ReplicaRecord;
import dev.skyhedge.state.records.Snapshot;
import dev.skyhedge.state.records.SpendEntry;
import dev.skyhedge.state.records.WorkloadRecord;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Tells metrics what a reconciler would, on a clock that goes only when told.
final class Story implements InstantSource {
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    static final Snapshot NOTHING = Snapshot.of("lineage", 0, List.of(), List.of());

    private final EngineMetrics metrics = new EngineMetrics(this);
    private final List<Change> changes = new ArrayList<>();
    private final List<Step.Transition> transitions = new ArrayList<>();
    private final List<Action> actions = new ArrayList<>();
    private Instant now = START;

    static Story begun() {
        var story = new Story();
        story.metrics.lead(NOTHING, List.of(), 7);
        return story;
    }

    EngineMetrics metrics() {
        return metrics;
    }

    PrometheusText text() {
        return PrometheusText.parse(Exposition.text(List.of(metrics.snapshots())));
    }

    @Override
    public Instant instant() {
        return now;
    }

    Story after(Duration time) {
        now = now.plus(time);
        return this;
    }

    Story wants(int wanted) {
        return change(new Change.PutWorkload(new WorkloadRecord(
                "chat",
                "service.chat",
                WorkloadRecord.SERVICE,
                new WorkloadRecord.Edit("{}", "v1", START),
                wanted,
                WorkloadRecord.ScalingMemory.NONE,
                Optional.empty(),
                Optional.empty(),
                false,
                START,
                "")));
    }

    Story change(Change change) {
        changes.add(change);
        return this;
    }

    Story spends(SpendEntry.Kind kind, String subject, String usd, Instant from, Optional<Instant> until) {
        return change(new Change.PutSpend(new SpendEntry("chat", kind, subject, HourlyPrice.ofUsd(usd), from, until)));
    }

    ReplicaRecord launches(String name, int generation, Market market) {
        var replica = ReplicaRecord.decided(
                new ReplicaKey("chat", name, generation),
                "v1",
                offer(market),
                new IdempotencyToken("t" + generation),
                new Machine.Rental(now, "", "cheapest"),
                0);
        changes.add(new Change.PutReplica(replica));
        transitions.add(new Step.Transition(Optional.empty(), replica));
        return replica;
    }

    ReplicaRecord moves(ReplicaRecord replica, Lifecycle next, String why) {
        return becomes(replica, replica.in(next, now, why));
    }

    ReplicaRecord isNoticed(ReplicaRecord replica) {
        Instant deadline = now.plusSeconds(120);
        return becomes(replica, replica.preemptedAt(deadline).in(Lifecycle.DRAINING, now, "preemption notice"));
    }

    ReplicaRecord isDrained(ReplicaRecord replica) {
        actions.add(new Action.Drain(
                "chat", replica.name(), replica.generation(), replica.offer(), Lifecycle.GONE, "too many"));
        return moves(replica, Lifecycle.DRAINING, "too many");
    }

    /// A replica that has come to be ready within a second of each state, in a step of its own.
    ReplicaRecord ready(String name, int wanted) {
        ReplicaRecord replica = launches(name, 1, Market.SPOT);
        step(wanted, 0);
        after(Duration.ofSeconds(1));
        replica = moves(replica, Lifecycle.PROVISIONING, "");
        replica = moves(replica, Lifecycle.STARTING, "");
        replica = moves(replica, Lifecycle.READY, "");
        step(wanted, 1);
        return replica;
    }

    private ReplicaRecord becomes(ReplicaRecord before, ReplicaRecord after) {
        changes.add(new Change.PutReplica(after));
        transitions.add(new Step.Transition(Optional.of(before), after));
        return after;
    }

    /// Ends a step that began now and takes 3 ms.
    Step step(int wanted, int serving) {
        return step(List.of(summary(wanted, serving)));
    }

    Step step(List<Plan.WorkloadSummary> services) {
        var plan = new Plan(now, "lineage", 0, actions, services, List.of(), List.of(), Optional.empty());
        var step = new Step(changes, List.of(), transitions, plan, Optional.empty());
        after(Duration.ofMillis(3));
        metrics.stepped(step);
        changes.clear();
        transitions.clear();
        actions.clear();
        return step;
    }

    static Plan.WorkloadSummary summary(int wanted, int serving) {
        return new Plan.WorkloadSummary("chat", wanted, "fixed", wanted, 0, serving, Plan.Cost.ZERO, List.of());
    }

    static Offer offer(Market market) {
        return new Offer(
                "g6.xlarge",
                Accelerator.parse("L4:1"),
                Location.parse("aws/us-east-1/us-east-1a"),
                market,
                HourlyPrice.ofUsd("0.36"));
    }
}
