package dev.skyhedge.state.records;

import java.time.Instant;

/// One change of the state; a commit is a list of them.
public sealed interface Change {
    /// Adds a service or replaces the one of this name.
    record PutWorkload(WorkloadRecord service) implements Change {}

    /// Forgets a service. Its replicas must have been forgotten or have ended.
    record RemoveWorkload(String name) implements Change {}

    /// Adds a generation of a replica or replaces it.
    record PutReplica(ReplicaRecord replica) implements Change {}

    /// Forgets all generations of a replica.
    record ForgetReplica(String service, String name) implements Change {}

    /// Writes an intent ahead of its call.
    record OpenIntent(Intent intent) implements Change {}

    /// Writes the outcome of an open intent.
    record CloseIntent(String intentId, IntentOutcome outcome) implements Change {}

    /// Writes what was learnt about a zone.
    record PutZoneHealth(ZoneHealth health) implements Change {}

    /// Writes down that a quota was found used up, or more of it.
    record PutClosedScope(ClosedScope closed) implements Change {}

    /// Forgets that a quota was used up.
    record ForgetClosedScope(ClosedScope closed) implements Change {}

    /// Writes what a provider is from now on.
    record PutAccount(ProviderAccount account) implements Change {}

    /// Writes which spec is in force from now on.
    record PutSpec(SpecInForce spec) implements Change {}

    /// Answers an order that was placed, or lets it follow what it is about.
    record PutOrder(PlacedOrder order) implements Change {}

    /// Keeps what led to the changes before it in the commit, if these raise the serial: what
    /// changed nothing needs no explanation.
    ///
    /// @param at when it was decided
    /// @param text of the decision
    record KeepDecision(Instant at, String text) implements Change {}

    /// Adds an event.
    record AppendEvent(Event event) implements Change {}

    /// What one service has cost, or would have, is another's from now on: the same service under a
    /// new name.
    record MoveSpend(String from, String to) implements Change {}

    /// Opens, prolongs or ends a spend entry; service, kind, subject and start identify it.
    record PutSpend(SpendEntry entry) implements Change {}
}
