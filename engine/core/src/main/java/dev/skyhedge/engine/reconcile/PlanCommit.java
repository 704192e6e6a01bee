package dev.skyhedge.engine.reconcile;

import dev.skyhedge.engine.fleet.Adoption;
import dev.skyhedge.engine.plan.Action;
import dev.skyhedge.engine.plan.Plan;
import dev.skyhedge.engine.workload.Workloads;
import dev.skyhedge.specs.ReplicaSpec;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.state.records.Change;
import dev.skyhedge.state.records.Intent;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.Machine;
import dev.skyhedge.state.records.PlacedOrder;
import dev.skyhedge.state.records.ReplicaKey;
import dev.skyhedge.state.records.ReplicaRecord;
import java.util.Optional;

/// Turns a plan's actions into changes to be committed and calls to be made after that: every call has its
/// intent in the same commit.
final class PlanCommit {
    private final Draft draft;
    private final CallsInFlight calls;
    private final Workloads declared;

    PlanCommit(Draft draft, CallsInFlight calls, Workloads declared) {
        this.draft = draft;
        this.calls = calls;
        this.declared = declared;
    }

    void commit(Plan plan) {
        plan.learnt().forEach(zone -> draft.change(new Change.PutZoneHealth(zone)));
        plan.actions().forEach(this::commit);
    }

    void commit(Action action) {
        switch (action) {
            case Action.PutWorkload put -> put(put);
            case Action.RemoveWorkload(String service, String reason) -> remove(service, reason);
            case Action.Launch launch -> launch(launch);
            case Action.Drain drain ->
                replica(drain.service(), drain.replica(), drain.generation())
                        .ifPresent(replica -> drain(replica, drain));
            case Action.Terminate terminate ->
                replica(terminate.service(), terminate.replica(), terminate.generation())
                        .ifPresent(replica -> terminate(replica, terminate));
            case Action.MoveService move -> move(move);
            case Action.Adopt adopt -> adopt(adopt);
            case Action.Forget forget ->
                replica(forget.service(), forget.replica(), forget.generation())
                        .ifPresent(replica -> forget(replica, forget.reason()));
            case Action.Later _ -> {}
        }
    }

    /// All in one commit: whoever reads the state sees the service under one name.
    private void move(Action.MoveService move) {
        String from = move.before().name();
        if (draft.model().service(from).isEmpty()) {
            return;
        }
        draft.change(new Change.PutWorkload(move.after()));
        for (ReplicaRecord replica : draft.model().replicas(from)) {
            draft.change(new Change.PutReplica(replica.ofService(move.service())));
            draft.change(new Change.ForgetReplica(from, replica.name()));
        }
        draft.model().orders().inForce().forEach(placed -> follow(placed, from, move.service()));
        Accounts.moved(draft, from, move.service());
        draft.change(new Change.RemoveWorkload(from));
        draft.event(move.service(), "service_moved", move.reason());
    }

    private void follow(PlacedOrder placed, String from, String to) {
        PlacedOrder moved = placed.afterMove(from, to);
        if (!moved.equals(placed)) {
            draft.change(new Change.PutOrder(moved));
        }
    }

    private void adopt(Action.Adopt adopt) {
        Optional<Instance> found = draft.model().stray(adopt.offer().location().cloud(), adopt.instanceId());
        if (found.isEmpty()) {
            draft.event(adopt.service(), "import_skipped", "instance " + adopt.instanceId() + " is not there any more");
            return;
        }
        Instance instance = found.orElseThrow();
        draft.model()
                .replicaNamed(adopt.replica())
                .filter(other -> !other.service().equals(adopt.service()))
                .ifPresent(other -> draft.change(new Change.ForgetReplica(other.service(), other.name())));
        ReplicaRecord replica =
                Adoption.record(instance, adopt.service(), adopt.version(), adopt.reason(), draft.now());
        draft.put(replica);
        draft.event(replica, "imported", "instance " + instance.id() + " runs already");
        Accounts.imported(draft, replica, instance);
        InstanceNews.reflect(draft, replica, instance);
    }

    private void forget(ReplicaRecord replica, String why) {
        if (replica.lifecycle().isLive() && replica.lifecycle() != Lifecycle.REQUESTED) {
            Accounts.ended(draft, replica, draft.now());
            draft.put(replica.in(Lifecycle.FORGOTTEN, draft.now(), why));
            draft.event(
                    replica, "forgotten", "instance " + replica.instanceId().orElse("unknown") + " runs on: " + why);
        }
    }

    private void put(Action.PutWorkload put) {
        draft.change(new Change.PutWorkload(put.after()));
        if (put.isVisible()) {
            draft.event(put.service(), "service_changed", put.after().wanted() + " wanted: " + put.reason());
        }
    }

    /// A service goes when its last replica has ended; until then a later plan will say so again.
    private void remove(String service, String reason) {
        boolean live = draft.model().replicas(service).stream()
                .anyMatch(replica -> replica.lifecycle().isLive());
        if (live || draft.model().service(service).isEmpty()) {
            return;
        }
        draft.model().spend().of(service).forEach(entry -> Accounts.end(draft, entry, draft.now()));
        draft.event(service, "service_removed", reason);
        draft.change(new Change.RemoveWorkload(service));
    }

    private void launch(Action.Launch launch) {
        Optional<ReplicaSpec> replicaSpec = declared.replica(
                launch.service(), launch.version(), draft.model().service(launch.service()));
        if (replicaSpec.isEmpty()) {
            draft.event(
                    launch.service(),
                    "launch_skipped",
                    "version " + launch.version() + " is not known any more, as it had sensitive values");
            return;
        }
        var replica = ReplicaRecord.decided(
                new ReplicaKey(launch.service(), launch.replica(), launch.generation()),
                launch.version(),
                launch.offer(),
                launch.token(),
                new Machine.Rental(draft.now(), launch.role(), launch.reason()),
                launch.failures());
        draft.put(replica);
        Intent intent = Intents.launch(draft, replica);
        draft.change(new Change.OpenIntent(intent));
        calls.started(intent.id());
        draft.effect(new Effect.Launch(intent, replicaSpec.orElseThrow()));
    }

    private void drain(ReplicaRecord replica, Action.Drain drain) {
        if (replica.lifecycle().isRising()) {
            draft.put(replica.endingAs(drain.endsAs()).in(Lifecycle.DRAINING, draft.now(), drain.reason()));
        }
    }

    private void terminate(ReplicaRecord replica, Action.Terminate terminate) {
        if (!replica.lifecycle().isLive() || replica.lifecycle() == Lifecycle.STOPPING) {
            return;
        }
        ReplicaRecord stopping =
                replica.endingAs(terminate.endsAs()).in(Lifecycle.STOPPING, draft.now(), terminate.reason());
        draft.put(stopping);
        replica.instanceId().ifPresent(id -> {
            Intent intent = Intents.terminate(draft, stopping, id);
            draft.change(new Change.OpenIntent(intent));
            calls.started(intent.id());
            draft.effect(new Effect.Terminate(intent));
        });
    }

    private Optional<ReplicaRecord> replica(String service, String name, int generation) {
        return draft.model().replica(new ReplicaKey(service, name, generation));
    }
}
