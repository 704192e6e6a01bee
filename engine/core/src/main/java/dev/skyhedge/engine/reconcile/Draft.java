package dev.skyhedge.engine.reconcile;

import dev.skyhedge.state.records.Change;
import dev.skyhedge.state.records.Event;
import dev.skyhedge.state.records.ReplicaRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;

/// A step in the making. Changes show in the model at once, so that later messages of the same step see them.
final class Draft {
    private final Model model;
    private final Instant now;
    private final long epoch;
    private final List<Change> changes = new ArrayList<>();
    private final SequencedSet<Effect> effects = new LinkedHashSet<>();
    private final List<Step.Transition> transitions = new ArrayList<>();
    private final List<Instant> wakes = new ArrayList<>();

    Draft(Model model, Instant now, long epoch) {
        this.model = model;
        this.now = now;
        this.epoch = epoch;
    }

    Model model() {
        return model;
    }

    Instant now() {
        return now;
    }

    /// Of the lease under which the step is committed.
    long epoch() {
        return epoch;
    }

    void change(Change change) {
        changes.add(change);
        model.apply(change);
    }

    /// Puts a replica and notes the transition if it is one.
    void put(ReplicaRecord replica) {
        Optional<ReplicaRecord> before = model.replica(replica.service(), replica.name());
        change(new Change.PutReplica(replica));
        boolean sameGeneration =
                before.filter(old -> old.generation() == replica.generation()).isPresent();
        if (!sameGeneration || before.orElseThrow().lifecycle() != replica.lifecycle()) {
            transitions.add(new Step.Transition(sameGeneration ? before : Optional.empty(), replica));
            Accounts.turned(this, replica);
        }
    }

    void event(ReplicaRecord replica, String kind, String message) {
        change(new Change.AppendEvent(new Event(now, replica.service(), replica.name(), kind, message)));
    }

    void event(String service, String kind, String message) {
        change(new Change.AppendEvent(new Event(now, service, "", kind, message)));
    }

    void effect(Effect effect) {
        effects.add(effect);
    }

    void wakeAt(Instant at) {
        wakes.add(at);
    }

    List<Change> changes() {
        return changes;
    }

    List<Effect> effects() {
        return List.copyOf(effects);
    }

    List<Step.Transition> transitions() {
        return transitions;
    }

    List<Instant> wakes() {
        return wakes;
    }
}
