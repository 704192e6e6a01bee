package dev.skyhedge.engine.reconcile;

import dev.skyhedge.engine.fleet.Adoption;
import dev.skyhedge.engine.workload.Workloads;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.InstanceTags;
import dev.skyhedge.spi.Observation;
import dev.skyhedge.spi.ProviderLimits;
import dev.skyhedge.state.records.Change;
import dev.skyhedge.state.records.Intent;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.ReplicaRecord;
import dev.skyhedge.state.records.WorkloadRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Compares what a provider shows with what is recorded. An instance with our tags and without a live record, a
/// stray, is adopted if the state is older than it, and ended as a leftover, an orphan, once it is certain that
/// nobody wants it.
final class ObservationNews {
    private final Draft draft;
    private final CallsInFlight calls;
    private final Workloads declared;
    private final ProviderLimits limits;

    ObservationNews(Draft draft, CallsInFlight calls, Workloads declared, ProviderLimits limits) {
        this.draft = draft;
        this.calls = calls;
        this.declared = declared;
        this.limits = limits;
    }

    void read(String provider, Observation observation) {
        Set<String> seen = new HashSet<>();
        List<Instance> strays = new ArrayList<>();
        for (Instance instance : observation.instances()) {
            seen.add(instance.id());
            read(instance);
            boolean owned = recorded(instance)
                    .filter(replica -> replica.lifecycle().isLive())
                    .isPresent();
            if (instance.isLive() && !owned) {
                strays.add(instance);
            }
        }
        draft.model().strays(provider, strays);
        for (ReplicaRecord replica : draft.model().replicas()) {
            if (replica.offer().location().cloud().equals(provider)
                    && replica.instanceId().filter(id -> !seen.contains(id)).isPresent()) {
                unseen(provider, replica, observation);
            }
        }
    }

    private void unseen(String provider, ReplicaRecord replica, Observation observation) {
        if (!replica.lifecycle().isLive() || !observation.covers(replica.offer().location())) {
            return;
        }
        Instant visible = launchedBy(replica).plus(limits.visibilityDelay());
        if (observation.at().isAfter(visible)) {
            InstanceNews.vanished(draft, replica);
        } else {
            draft.model().secondLooks().after(provider, visible);
        }
    }

    /// A time at which its instance had been launched for certain. What has served was there before it served.
    private static Instant launchedBy(ReplicaRecord replica) {
        return replica.readyAt().filter(at -> at.isBefore(replica.since())).orElse(replica.since());
    }

    /// One instance, from an observation or an event.
    void read(Instance instance) {
        InstanceTags tags = instance.tags();
        Optional<ReplicaRecord> recorded = recorded(instance);
        if (recorded.isPresent()) {
            ReplicaRecord replica = recorded.orElseThrow();
            if (replica.lifecycle() == Lifecycle.REQUESTED) {
                // The news is faster than the launch's answer, and it would not be told again.
                launchOf(tags).ifPresent(intent -> new CallNews(draft, calls).launched(intent, instance));
            } else if (replica.lifecycle().isLive()) {
                InstanceNews.reflect(draft, replica, instance);
            } else if (instance.isLive() && isLeftover(replica) && !isToBeImported(instance)) {
                terminate(instance, replica.version(), "its replica has ended");
            }
        } else if (instance.isLive() && launchOf(tags).isEmpty() && !isToBeImported(instance)) {
            unrecorded(instance, draft.model().replicaNamed(tags.replica()));
        }
    }

    private Optional<ReplicaRecord> recorded(Instance instance) {
        InstanceTags tags = instance.tags();
        return draft.model().replica(tags.replica(), tags.generation(), tags.token());
    }

    /// What was forgotten is nobody's to end.
    private boolean isLeftover(ReplicaRecord replica) {
        return replica.lifecycle() != Lifecycle.FORGOTTEN && isSettled(replica.since());
    }

    private boolean isToBeImported(Instance instance) {
        return declared.wants(instance, name -> draft.model().service(name));
    }

    /// An instance with our tags that nobody recorded. If the state is older than it, the state is what is
    /// wrong: the replica is adopted. Otherwise the instance is a leftover, and is ended once that is certain.
    private void unrecorded(Instance instance, Optional<ReplicaRecord> recorded) {
        InstanceTags tags = instance.tags();
        boolean newer = recorded.map(replica -> replica.generation() < tags.generation()
                        && !replica.lifecycle().isLive())
                .orElse(true);
        // A replica that is known by name belongs to the service that has it now, whatever the tags say.
        String service = recorded.map(ReplicaRecord::service).orElse(tags.service());
        Optional<String> version = versionOf(service);
        if (newer && version.isPresent()) {
            adopt(instance, service, version.orElseThrow());
        } else if (isSettled(instance.launchedAt())) {
            terminate(instance, "", "no record of it is live");
        }
    }

    /// The version that is recorded; for a service that is not recorded, the one that is declared.
    private Optional<String> versionOf(String service) {
        return draft.model().service(service).map(WorkloadRecord::version).or(() -> declared.version(service));
    }

    private void adopt(Instance instance, String service, String version) {
        ReplicaRecord replica = Adoption.record(
                instance,
                service,
                Adoption.versionOf(instance, version),
                "adopted: found running with the tags of this state",
                draft.now());
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

    private Optional<Intent> launchOf(InstanceTags tags) {
        return draft.model().intent(Intents.launchId(tags.token()));
    }

    private boolean isSettled(Instant since) {
        return draft.now().isAfter(since.plus(limits.visibilityDelay()).plus(limits.callTimeout()));
    }
}
