package dev.skyhedge.engine.reconcile;

import dev.skyhedge.engine.plan.LaunchTokens;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.InstanceTags;
import dev.skyhedge.spi.Observation;
import dev.skyhedge.spi.ProviderLimits;
import dev.skyhedge.state.Change;
import dev.skyhedge.state.Intent;
import dev.skyhedge.state.Lifecycle;
import dev.skyhedge.state.ReplicaRecord;
import dev.skyhedge.state.ServiceRecord;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// Compares what a provider shows with what is recorded.
final class ObservationNews {
    private final Draft draft;
    private final ProviderLimits limits;

    ObservationNews(Draft draft, ProviderLimits limits) {
        this.draft = draft;
        this.limits = limits;
    }

    void read(String provider, Observation observation) {
        Set<String> seen = new HashSet<>();
        for (Instance instance : observation.instances()) {
            seen.add(instance.id());
            read(instance);
        }
        for (ReplicaRecord replica : draft.model().replicas()) {
            if (replica.offer().location().cloud().equals(provider)
                    && replica.instanceId().filter(id -> !seen.contains(id)).isPresent()
                    && isMissing(replica, observation)) {
                InstanceNews.vanished(draft, replica);
            }
        }
    }

    /// One instance, from an observation or an event.
    void read(Instance instance) {
        InstanceTags tags = instance.tags();
        Optional<ReplicaRecord> recorded = draft.model().replica(tags.service(), tags.replica());
        if (recorded.filter(replica -> isOf(replica, tags)).isPresent()) {
            ReplicaRecord replica = recorded.orElseThrow();
            if (replica.lifecycle().isLive()) {
                InstanceNews.reflect(draft, replica, instance);
            } else if (instance.isLive() && isSettled(replica.since())) {
                terminate(instance, replica.version(), "its replica has ended");
            }
        } else if (instance.isLive() && !isLaunching(tags)) {
            unrecorded(instance, recorded);
        }
    }

    /// An instance with our tags that nobody recorded. If the state is older than it, the state is what is
    /// wrong: the
    /// replica is adopted. Otherwise the instance is a leftover, and is ended once that is certain.
    private void unrecorded(Instance instance, Optional<ReplicaRecord> recorded) {
        InstanceTags tags = instance.tags();
        boolean newer = recorded.map(replica ->
                        replica.generation() < tags.generation() && !replica.lifecycle().isLive())
                .orElse(true);
        Optional<ServiceRecord> service = draft.model().service(tags.service());
        if (newer && service.isPresent()) {
            adopt(instance, service.orElseThrow());
        } else if (isSettled(instance.launchedAt())) {
            terminate(instance, "", "no record of it is live");
        }
    }

    private void adopt(Instance instance, ServiceRecord service) {
        InstanceTags tags = instance.tags();
        boolean current = LaunchTokens.derive(
                        draft.model().lineage(), tags.replica(), tags.generation(), instance.offer(), service.version())
                .equals(tags.token());
        var replica = new ReplicaRecord(
                tags.service(),
                tags.replica(),
                tags.generation(),
                current ? service.version() : "unknown",
                Lifecycle.PROVISIONING,
                instance.offer(),
                tags.token(),
                Optional.of(instance.id()),
                instance.endpoint(),
                instance.launchedAt(),
                draft.now(),
                Optional.empty(),
                Optional.empty(),
                Lifecycle.GONE,
                0,
                "adopted: found running with the tags of this state",
                "");
        draft.put(replica);
        draft.event(replica, "adopted", "instance " + instance.id() + " was running without a record");
        Accounts.opened(draft, replica, instance);
        InstanceNews.reflect(draft, replica, instance);
    }

    private void terminate(Instance instance, String version, String why) {
        boolean underWay = draft.model().intents().stream()
                .anyMatch(intent -> intent.operation() == Intent.Operation.TERMINATE
                        && intent.instanceId().equals(Optional.of(instance.id())));
        if (!underWay) {
            Intent intent = Intents.terminate(draft, instance, version);
            draft.change(new Change.OpenIntent(intent));
            draft.event(instance.tags().service(), "leftover", "instance " + instance.id() + " is ended: " + why);
            draft.effect(new Effect.Terminate(intent));
        }
    }

    private boolean isLaunching(InstanceTags tags) {
        return draft.model().intents().stream()
                .anyMatch(intent -> intent.operation() == Intent.Operation.LAUNCH
                        && intent.token().equals(tags.token()));
    }

    private boolean isMissing(ReplicaRecord replica, Observation observation) {
        return replica.lifecycle().isLive()
                && observation.covers(replica.offer().location())
                && observation.at().isAfter(replica.since().plus(limits.visibilityDelay()));
    }

    private boolean isSettled(Instant since) {
        return draft.now().isAfter(since.plus(limits.visibilityDelay()).plus(limits.callTimeout()));
    }

    private static boolean isOf(ReplicaRecord replica, InstanceTags tags) {
        return replica.generation() == tags.generation() && replica.token().equals(tags.token());
    }
}
