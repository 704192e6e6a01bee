package dev.skyhedge.state.store;

import dev.skyhedge.state.records.Change;
import dev.skyhedge.state.records.Machine;
import dev.skyhedge.state.records.PlacedOrder;
import dev.skyhedge.state.records.ReplicaRecord;
import dev.skyhedge.state.records.Task;
import dev.skyhedge.state.store.json.OrderJson;
import dev.skyhedge.state.store.json.RecordForms;
import dev.skyhedge.state.store.json.ReplicaForms;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// Cuts the times of what is committed to whole milliseconds, which is what a store keeps: what is read back
/// equals what was committed.
final class Millis {
    private Millis() {}

    static Change cut(Change change) {
        return switch (change) {
            case Change.PutWorkload(var service) -> new Change.PutWorkload(RecordForms.WORKLOAD.cut(service));
            case Change.RemoveWorkload remove -> remove;
            case Change.PutReplica(var replica) -> new Change.PutReplica(cut(replica));
            case Change.ForgetReplica forget -> forget;
            case Change.OpenIntent(var intent) -> new Change.OpenIntent(RecordForms.INTENT.cut(intent));
            case Change.CloseIntent(var id, var outcome) ->
                new Change.CloseIntent(id, RecordForms.OUTCOME.cut(outcome));
            case Change.PutZoneHealth(var health) -> new Change.PutZoneHealth(RecordForms.ZONE_HEALTH.cut(health));
            case Change.PutClosedScope(var closed) -> new Change.PutClosedScope(RecordForms.CLOSED_SCOPE.cut(closed));
            case Change.ForgetClosedScope forget -> forget;
            case Change.PutAccount put -> put;
            case Change.PutSpec(var spec) -> new Change.PutSpec(RecordForms.SPEC.cut(spec));
            case Change.PutOrder(var order) -> new Change.PutOrder(cut(order));
            case Change.KeepDecision(var at, var text) -> new Change.KeepDecision(cut(at), text);
            case Change.AppendEvent(var event) -> new Change.AppendEvent(RecordForms.EVENT.cut(event));
            case Change.MoveSpend move -> move;
            case Change.PutSpend(var entry) -> new Change.PutSpend(RecordForms.SPEND.cut(entry));
        };
    }

    static Instant cut(Instant time) {
        return time.truncatedTo(ChronoUnit.MILLIS);
    }

    /// Answers are cut with the rest of the row.
    static PlacedOrder cut(PlacedOrder placed) {
        return OrderJson.read(OrderJson.write(placed));
    }

    private static ReplicaRecord cut(ReplicaRecord replica) {
        Task task = ReplicaForms.TASK.cut(replica.task());
        Machine machine = ReplicaForms.MACHINE.cut(replica.machine());
        boolean isCut = task != replica.task() || machine != replica.machine();
        return isCut ? new ReplicaRecord(task, machine) : replica;
    }
}
