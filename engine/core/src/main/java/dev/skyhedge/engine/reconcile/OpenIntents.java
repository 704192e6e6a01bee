package dev.skyhedge.engine.reconcile;

import dev.skyhedge.engine.workload.Workloads;
import dev.skyhedge.specs.ReplicaSpec;
import dev.skyhedge.spi.IdempotencyToken;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.Observation;
import dev.skyhedge.spi.ProviderLimits;
import dev.skyhedge.state.records.Intent;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.ReplicaRecord;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Settles intents that have no outcome and no call under way: those of a process that died, and those of calls
/// whose outcome is unknown. A launch is looked up by its token; if it is not there it is repeated under the
/// same token as long as it is wanted, and given up otherwise. A termination is repeated.
final class OpenIntents {
    private final Draft draft;
    private final CallsInFlight calls;
    private final Workloads declared;

    OpenIntents(Draft draft, CallsInFlight calls, Workloads declared) {
        this.draft = draft;
        this.calls = calls;
        this.declared = declared;
    }

    /// Settles what this observation can tell.
    void settle(String provider, Observation observation, ProviderLimits limits) {
        Map<IdempotencyToken, Instance> byToken = new HashMap<>();
        observation
                .instances()
                .forEach(instance -> byToken.putIfAbsent(instance.tags().token(), instance));
        for (Intent intent : draft.model().intents()) {
            boolean concerned = intent.offer().location().cloud().equals(provider);
            if (!concerned || calls.isUnderWay(intent.id())) {
                continue;
            }
            switch (intent.operation()) {
                case LAUNCH ->
                    settleLaunch(intent, Optional.ofNullable(byToken.get(intent.token())), observation, limits);
                case TERMINATE -> repeatTerminate(intent);
            }
        }
    }

    /// The provider cannot be observed now: what waits for an observation waits longer.
    void postpone(String provider) {
        for (Intent intent : draft.model().intents()) {
            boolean concerned = intent.offer().location().cloud().equals(provider);
            if (concerned) {
                postpone(intent);
            }
        }
    }

    private void postpone(Intent intent) {
        if (calls.isDue(intent.id(), draft.now())) {
            calls.retryLater(intent.id(), draft.now());
        }
    }

    /// Repeats calls whose pause is over, and asks to be woken for the others. A launch needs an observation
    /// first.
    void repeatDue() {
        for (Intent intent : draft.model().intents()) {
            calls.pausedUntil(intent.id())
                    .filter(until -> until.isAfter(draft.now()))
                    .ifPresent(draft::wakeAt);
            if (calls.isDue(intent.id(), draft.now())) {
                switch (intent.operation()) {
                    case LAUNCH ->
                        draft.effect(
                                new Effect.Observe(intent.offer().location().cloud()));
                    case TERMINATE -> repeatTerminate(intent);
                }
            }
        }
    }

    private void settleLaunch(Intent intent, Optional<Instance> found, Observation observation, ProviderLimits limits) {
        if (found.isPresent()) {
            calls.settled(intent.id());
            new CallNews(draft, calls).launched(intent, found.orElseThrow());
            return;
        }
        if (!observation.covers(intent.offer().location())) {
            postpone(intent);
            return;
        }
        Optional<ReplicaSpec> replica = wantedReplica(intent);
        if (replica.isPresent()) {
            if (calls.isDue(intent.id(), draft.now())) {
                calls.started(intent.id());
                draft.effect(new Effect.Launch(intent, replica.orElseThrow()));
            }
            return;
        }
        Instant certain = intent.createdAt().plus(limits.callTimeout()).plus(limits.visibilityDelay());
        if (observation.at().isAfter(certain)) {
            calls.settled(intent.id());
            new CallNews(draft, calls).abandon(intent, "not wanted any more, and never launched");
        } else {
            postpone(intent);
        }
    }

    private void repeatTerminate(Intent intent) {
        if (calls.isDue(intent.id(), draft.now())) {
            calls.started(intent.id());
            draft.effect(new Effect.Terminate(intent));
        }
    }

    private Optional<ReplicaSpec> wantedReplica(Intent intent) {
        return draft.model()
                .replicaOf(intent)
                .filter(replica -> replica.lifecycle() == Lifecycle.REQUESTED)
                .map(ReplicaRecord::service)
                .flatMap(service -> declared.replica(
                        service, intent.version(), draft.model().service(service)));
    }
}
