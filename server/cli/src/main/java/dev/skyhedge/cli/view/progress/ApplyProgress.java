package dev.skyhedge.cli.view.progress;

import dev.skyhedge.cli.view.progress.ProgressEvent.Kind;
import dev.skyhedge.cli.view.progress.ProgressEvent.Operation;
import dev.skyhedge.engine.reconcile.Step;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.ReplicaKey;
import dev.skyhedge.state.records.ReplicaRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Follows replicas from transition to transition and says what is worth a line. Remembers only what is in
/// progress. Not thread-safe.
public final class ApplyProgress {
    private static final Duration REMIND_EVERY = Duration.ofSeconds(10);

    private final SequencedMap<ReplicaKey, Flight> flights = new LinkedHashMap<>();
    private final Map<String, Tally> tallies = new TreeMap<>();

    private static final class Flight {
        final Operation operation;
        final Instant since;
        ReplicaRecord replica;
        long reminders;

        Flight(Operation operation, Instant since, ReplicaRecord replica) {
            this.operation = operation;
            this.since = since;
            this.replica = replica;
        }

        ProgressEvent event(Kind kind, Instant at) {
            Duration elapsed = Duration.between(since, at);
            return new ProgressEvent(kind, operation, replica, elapsed.isNegative() ? Duration.ZERO : elapsed);
        }
    }

    private static final class Tally {
        /// Those whose launch was seen to begin, whatever became of it.
        final Set<ReplicaKey> begun = new HashSet<>();
        final Set<ReplicaKey> came = new HashSet<>();
        /// Of those that were there before.
        int went;
        /// Of those that came.
        int wentAgain;
        int imported;
    }

    /// What a transition means; often nothing.
    public List<ProgressEvent> on(Step.Transition transition) {
        ReplicaRecord after = transition.after();
        Flight known = flights.get(ReplicaKey.of(after));
        if (known != null) {
            known.replica = after;
        }
        List<ProgressEvent> events = new ArrayList<>();
        switch (after.lifecycle()) {
            case REQUESTED, PROVISIONING, STARTING -> {
                if (known == null && isImported(transition)) {
                    start(events, Operation.IMPORT, after.since(), after);
                } else if (known == null) {
                    start(events, Operation.CREATE, after.requestedAt(), after);
                }
            }
            case READY -> {
                finish(events, after, Operation.CREATE);
                finish(events, after, Operation.IMPORT);
            }
            case DRAINING, STOPPING -> ending(events, transition, known);
            case GONE, FAILED, PREEMPTED -> ended(events, transition, known);
            case FORGOTTEN -> {
                flights.remove(ReplicaKey.of(after));
                events.add(new ProgressEvent(Kind.FORGOTTEN, Operation.DELETE, after, Duration.ZERO));
            }
        }
        return List.copyOf(events);
    }

    /// A launch begins with a request; what was there before it was recorded has been taken over.
    private static boolean isImported(Step.Transition transition) {
        return transition.after().lifecycle() != Lifecycle.REQUESTED
                && transition
                        .before()
                        .filter(replica -> replica.lifecycle() != Lifecycle.FORGOTTEN)
                        .isEmpty();
    }

    private void start(List<ProgressEvent> events, Operation operation, Instant since, ReplicaRecord replica) {
        Flight flight = new Flight(operation, since, replica);
        flights.put(ReplicaKey.of(replica), flight);
        if (operation == Operation.CREATE) {
            tally(replica).begun.add(ReplicaKey.of(replica));
        }
        events.add(flight.event(Kind.STARTED, since));
    }

    private void finish(List<ProgressEvent> events, ReplicaRecord after, Operation operation) {
        Flight flight = flights.get(ReplicaKey.of(after));
        if (flight != null && flight.operation == operation) {
            flights.remove(ReplicaKey.of(after));
            events.add(flight.event(Kind.COMPLETE, after.since()));
            Tally tally = tally(after);
            switch (operation) {
                case CREATE -> tally.came.add(ReplicaKey.of(after));
                case IMPORT -> tally.imported++;
                case DELETE -> went(tally, after);
            }
        }
    }

    private Tally tally(ReplicaRecord replica) {
        return tallies.computeIfAbsent(replica.service(), _ -> new Tally());
    }

    /// Whatever was begun here and is not needed any more took nobody's place, ready or not; if it was rented it has
    /// come.
    private static void went(Tally tally, ReplicaRecord after) {
        ReplicaKey key = ReplicaKey.of(after);
        boolean unneeded = after.lifecycle() == Lifecycle.GONE && tally.begun.contains(key);
        if (unneeded && after.instanceId().isPresent()) {
            tally.came.add(key);
        }
        if (tally.came.contains(key)) {
            tally.wentAgain++;
        } else if (!unneeded) {
            tally.went++;
        }
    }

    private void ending(List<ProgressEvent> events, Step.Transition transition, @Nullable Flight known) {
        ReplicaRecord after = transition.after();
        if (known != null && known.operation == Operation.DELETE) {
            return;
        }
        if (known != null && after.endsAs() != Lifecycle.GONE) {
            events.add(known.event(Kind.ERRORED, after.since()));
        } else if (after.endsAs() != Lifecycle.GONE) {
            events.add(new ProgressEvent(Kind.LOST, Operation.DELETE, after, Duration.ZERO));
        }
        start(events, Operation.DELETE, after.since(), after);
    }

    private void ended(List<ProgressEvent> events, Step.Transition transition, @Nullable Flight known) {
        ReplicaRecord after = transition.after();
        boolean hadEnded =
                transition.before().filter(r -> !r.lifecycle().isLive()).isPresent();
        if (hadEnded) {
            if (!after.logTail().isEmpty()) {
                events.add(new ProgressEvent(Kind.LOG_READ, Operation.CREATE, after, Duration.ZERO));
            }
        } else if (known == null && wasToEnd(transition)) {
            flights.put(ReplicaKey.of(after), new Flight(Operation.DELETE, begun(transition), after));
            finish(events, after, Operation.DELETE);
        } else if (known == null) {
            events.add(new ProgressEvent(Kind.LOST, Operation.DELETE, after, Duration.ZERO));
        } else if (known.operation == Operation.DELETE) {
            finish(events, after, Operation.DELETE);
        } else {
            flights.remove(ReplicaKey.of(after));
            events.add(known.event(Kind.ERRORED, after.since()));
        }
    }

    /// Whether its end was decided by another process, which did not live to see it.
    private static boolean wasToEnd(Step.Transition transition) {
        return transition.after().lifecycle() == Lifecycle.GONE
                && transition
                        .before()
                        .map(ReplicaRecord::lifecycle)
                        .filter(before -> before == Lifecycle.DRAINING || before == Lifecycle.STOPPING)
                        .isPresent();
    }

    private static Instant begun(Step.Transition transition) {
        return transition.before().orElse(transition.after()).since();
    }

    /// Reminders of what has been in progress for another ten seconds.
    public List<ProgressEvent> reminders(Instant now) {
        List<ProgressEvent> events = new ArrayList<>();
        for (Flight flight : flights.values()) {
            long due = Math.max(0, Duration.between(flight.since, now).dividedBy(REMIND_EVERY));
            if (due > flight.reminders) {
                flight.reminders = due;
                events.add(flight.event(Kind.STILL_RUNNING, now));
            }
        }
        return List.copyOf(events);
    }

    /// What has been done so far.
    public ApplyTotals totals() {
        int launched = 0;
        int replaced = 0;
        int terminated = 0;
        int imported = 0;
        for (Tally tally : tallies.values()) {
            // What came and went, such as a stand-in, took nobody's place.
            int both = Math.min(tally.came.size(), tally.went);
            launched += tally.came.size() - both;
            replaced += both;
            terminated += tally.went + tally.wentAgain - both;
            imported += tally.imported;
        }
        return new ApplyTotals(launched, replaced, terminated, imported);
    }
}
