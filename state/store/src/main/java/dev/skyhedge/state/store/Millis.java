package dev.skyhedge.state.store;

import dev.skyhedge.state.records.Change;
import dev.skyhedge.state.records.ClosedScope;
import dev.skyhedge.state.records.Event;
import dev.skyhedge.state.records.Health;
import dev.skyhedge.state.records.Intent;
import dev.skyhedge.state.records.IntentOutcome;
import dev.skyhedge.state.records.PlacedOrder;
import dev.skyhedge.state.records.ReplicaRecord;
import dev.skyhedge.state.records.ServiceRecord;
import dev.skyhedge.state.records.SpecInForce;
import dev.skyhedge.state.records.SpendEntry;
import dev.skyhedge.state.records.ZoneHealth;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// Cuts the times of what is committed to whole milliseconds, which is what a store keeps: what is read back
/// equals what was committed.
final class Millis {
    private Millis() {}

    static Change cut(Change change) {
        return switch (change) {
            case Change.PutService(var service) -> new Change.PutService(cut(service));
            case Change.RemoveService remove -> remove;
            case Change.PutReplica(var replica) -> new Change.PutReplica(cut(replica));
            case Change.ForgetReplica forget -> forget;
            case Change.OpenIntent(var intent) -> new Change.OpenIntent(cut(intent));
            case Change.CloseIntent(var id, var o) ->
                new Change.CloseIntent(id, new IntentOutcome(o.kind(), o.instanceId(), o.detail(), cut(o.at())));
            case Change.PutZoneHealth(var h) -> new Change.PutZoneHealth(cut(h));
            case Change.PutClosedScope(var c) -> new Change.PutClosedScope(cut(c));
            case Change.ForgetClosedScope forget -> forget;
            case Change.PutAccount put -> put;
            case Change.PutSpec(var s) ->
                new Change.PutSpec(new SpecInForce(s.digest(), s.services(), s.source(), cut(s.at()), s.removing()));
            case Change.PutOrder(var order) -> new Change.PutOrder(cut(order));
            case Change.AppendEvent(var e) ->
                new Change.AppendEvent(new Event(cut(e.at()), e.service(), e.replica(), e.kind(), e.message()));
            case Change.MoveSpend move -> move;
            case Change.PutSpend(var s) ->
                new Change.PutSpend(new SpendEntry(
                        s.service(), s.kind(), s.subject(), s.price(), cut(s.from()), cut(s.until()), s.total()));
        };
    }

    static Instant cut(Instant time) {
        return time.truncatedTo(ChronoUnit.MILLIS);
    }

    /// Answers are cut with the rest of the row.
    static PlacedOrder cut(PlacedOrder placed) {
        return OrderJson.read(OrderJson.write(placed));
    }

    private static Optional<Instant> cut(Optional<Instant> time) {
        return time.map(Millis::cut);
    }

    private static ServiceRecord cut(ServiceRecord s) {
        ServiceRecord.ScalingMemory scaling = s.scaling();
        return new ServiceRecord(
                s.name(),
                s.address(),
                s.specJson(),
                s.version(),
                s.wanted(),
                new ServiceRecord.ScalingMemory(
                        cut(scaling.moreSince()), cut(scaling.lessSince()), cut(scaling.contrarySince())),
                s.failedVersion(),
                s.stable(),
                s.protect(),
                cut(s.createdAt()),
                cut(s.editedAt()));
    }

    private static ReplicaRecord cut(ReplicaRecord r) {
        return new ReplicaRecord(
                r.service(),
                r.name(),
                r.generation(),
                r.version(),
                r.lifecycle(),
                r.offer(),
                r.token(),
                r.instanceId(),
                r.endpoint(),
                cut(r.requestedAt()),
                cut(r.since()),
                cut(r.readyAt()),
                cut(r.atRiskSince()),
                cut(r.preemptionAt()),
                r.endsAs(),
                r.health().map(Millis::cut),
                cut(r.provenAt()),
                r.failures(),
                r.reason(),
                r.logTail());
    }

    private static Health cut(Health health) {
        return new Health(health.passing(), cut(health.since()), health.detail());
    }

    private static Intent cut(Intent i) {
        return new Intent(
                i.id(),
                i.epoch(),
                i.operation(),
                i.service(),
                i.replica(),
                i.generation(),
                i.token(),
                i.version(),
                i.offer(),
                i.instanceId(),
                cut(i.createdAt()));
    }

    private static ZoneHealth cut(ZoneHealth h) {
        return new ZoneHealth(
                h.location(),
                h.accelerator(),
                h.market(),
                h.status(),
                h.failures(),
                cut(h.since()),
                cut(h.retryAt()),
                h.evidence(),
                cut(h.history()));
    }

    private static ClosedScope cut(ClosedScope c) {
        return new ClosedScope(c.scope(), c.held(), c.failures(), cut(c.since()), cut(c.retryAt()), c.evidence());
    }

    private static ZoneHealth.TrackRecord cut(ZoneHealth.TrackRecord r) {
        return new ZoneHealth.TrackRecord(
                r.heldSince().map(Millis::cut),
                Duration.ofMillis(r.calmBefore().toMillis()),
                r.troubledAt().map(Millis::cut),
                r.lostAt().map(Millis::cut),
                r.leftSurvivors(),
                r.wholeLosses(),
                r.partialLosses());
    }
}
