package dev.skyhedge.engine.reconcile;

import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.state.records.Change;
import dev.skyhedge.state.records.Intent;
import dev.skyhedge.state.records.IntentOutcome;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.ReplicaKey;
import dev.skyhedge.state.records.ReplicaRecord;
import java.util.Optional;

/// Writes down how calls to providers ended: a launch that was refused is the end of its replica.
final class CallNews {
    private final Draft draft;
    private final CallsInFlight calls;

    CallNews(Draft draft, CallsInFlight calls) {
        this.draft = draft;
        this.calls = calls;
    }

    void launchEnded(String intentId, Outcome<Instance> outcome) {
        calls.ended(intentId);
        Optional<Intent> intent = draft.model().intent(intentId);
        if (intent.isEmpty()) {
            // Settled by an observation that was faster than the answer.
            return;
        }
        switch (outcome) {
            case Outcome.Done<Instance>(Instance instance) -> launched(intent.orElseThrow(), instance);
            case Outcome.Failed<Instance>(Failure failure) -> launchFailed(intent.orElseThrow(), failure);
        }
    }

    void launched(Intent intent, Instance instance) {
        draft.model().silence().launchAnswered(intent.offer().location());
        close(intent, IntentOutcome.Kind.DONE, Optional.of(instance.id()), "");
        ZoneNews.launched(draft, intent.offer(), key(intent));
        requested(intent).ifPresent(replica -> {
            ReplicaRecord accepted = replica.onInstance(instance.id(), instance.endpoint())
                    .in(Lifecycle.PROVISIONING, draft.now(), "instance " + instance.id() + " is being set up");
            draft.put(accepted);
            Accounts.opened(draft, accepted, instance);
            QuotaNews.accepted(draft, intent.offer(), replica.requestedAt());
            draft.model().refused().open(replica);
            InstanceNews.reflect(draft, accepted, instance);
        });
    }

    private void launchFailed(Intent intent, Failure failure) {
        if (failure instanceof Failure.OutcomeUnknown) {
            // The intent stays open: the next observation, or the same call again, will tell.
            Location location = intent.offer().location();
            draft.model().silence().launchUnanswered(location, draft.now());
            draft.wakeAt(draft.now().plus(Silence.PATIENCE));
            draft.effect(new Effect.Observe(location.cloud()));
            calls.retryLater(intent.id(), draft.now());
            return;
        }
        draft.model().silence().launchAnswered(intent.offer().location());
        String why = failure.kind() + ": " + failure.message();
        close(intent, IntentOutcome.Kind.FAILED, Optional.empty(), why);
        ZoneNews.failed(draft, intent.offer(), key(intent), failure);
        if (failure instanceof Failure.Quota quota) {
            QuotaNews.refused(draft, intent.offer(), quota, intent.createdAt());
        }
        requested(intent).ifPresent(replica -> {
            draft.model().refused().add(replica, draft.now());
            draft.model().refused().bar(replica, failure, draft.now());
            // It never ran: whatever was wrong, the place is closed, and the version is not to blame.
            Lifecycle end = failure instanceof Failure.PreemptedDuringLaunch ? Lifecycle.PREEMPTED : Lifecycle.FAILED;
            draft.put(replica.refused(failure.kind()).in(end, draft.now(), why));
            draft.event(replica, "launch_failed", replica.offer().location() + ": " + why);
        });
    }

    void terminateEnded(String intentId, Outcome<?> outcome) {
        calls.ended(intentId);
        Optional<Intent> intent = draft.model().intent(intentId);
        if (intent.isEmpty()) {
            return;
        }
        switch (outcome) {
            case Outcome.Done<?> _ ->
                close(
                        intent.orElseThrow(),
                        IntentOutcome.Kind.DONE,
                        intent.orElseThrow().instanceId(),
                        "");
            case Outcome.Failed<?>(Failure failure) -> {
                // Terminating is idempotent, so it is simply repeated until it is done.
                draft.event(
                        intent.orElseThrow().service(), "terminate_failed", failure.kind() + ": " + failure.message());
                calls.retryLater(intentId, draft.now());
            }
        }
    }

    void abandon(Intent intent, String why) {
        close(intent, IntentOutcome.Kind.ABANDONED, Optional.empty(), why);
        requested(intent).ifPresent(replica -> draft.put(replica.in(Lifecycle.GONE, draft.now(), why)));
    }

    private void close(Intent intent, IntentOutcome.Kind kind, Optional<String> instanceId, String detail) {
        calls.settled(intent.id());
        draft.change(new Change.CloseIntent(intent.id(), new IntentOutcome(kind, instanceId, detail, draft.now())));
    }

    private Optional<ReplicaRecord> requested(Intent intent) {
        return draft.model().replicaOf(intent).filter(replica -> replica.lifecycle() == Lifecycle.REQUESTED);
    }

    /// The replica that the intent is about, under the service that it belongs to now.
    private ReplicaKey key(Intent intent) {
        return draft.model()
                .replicaOf(intent)
                .map(ReplicaKey::of)
                .orElseGet(() -> new ReplicaKey(
                        intent.service(),
                        intent.machine().name(),
                        intent.machine().generation()));
    }
}
