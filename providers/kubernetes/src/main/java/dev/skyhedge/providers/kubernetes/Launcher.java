package dev.skyhedge.providers.kubernetes;

import dev.skyhedge.providers.cloud.naming.CloudNames;
import dev.skyhedge.providers.kubernetes.pool.Pool;
import dev.skyhedge.spi.BackOff;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.LaunchRequest;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.Scope;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.Secret;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// Launches: a pod under a name that follows from the token, then its secret, then a wait until it has a
/// node. The name keeps a repeated launch from a second pod, for as long as the first is there.
final class Launcher {
    private static final BackOff LOOKS = new BackOff(Duration.ofMillis(500), Duration.ofSeconds(4));
    private static final Duration AFTER_CONFLICT = Duration.ofSeconds(1);
    private static final String SCHEDULED = "PodScheduled";

    /// Reasons for which a pod without a node waits for room; others are about the scheduler itself.
    private static final Set<String> NO_ROOM = Set.of("Unschedulable", "SchedulingGated");

    private final ClusterCalls calls;
    private final Pools pools;
    private final PodReader reader;
    private final KnownPods known;
    private final PodSettings settings;
    private final Duration scheduleTimeout;
    private final InstantSource clock;

    /// What the namespace is known to take.
    private volatile PodSecurity taken = PodSecurity.BASELINE;

    Launcher(
            ClusterCalls calls,
            Pools pools,
            PodReader reader,
            KnownPods known,
            KubernetesSettings settings,
            InstantSource clock) {
        this.calls = calls;
        this.pools = pools;
        this.reader = reader;
        this.known = known;
        this.settings = settings.pods();
        this.scheduleTimeout = settings.scheduleTimeout();
        this.clock = clock;
    }

    /// Launches, or finds what an earlier launch with this token made.
    Outcome<Instance> launch(LaunchRequest request) {
        Optional<String> unfit = PodOrder.unfit(request.workload());
        if (unfit.isPresent()) {
            return Outcome.failed(new Failure.InvalidRequest(unfit.get()));
        }
        String name = CloudNames.machine(request.tags());
        Optional<Instance> past =
                known.find(name).map(KnownPods.Known::instance).filter(one -> !one.isLive());
        if (past.isPresent()) {
            return Outcome.done(past.get());
        }
        known.expect(name);
        // A look first: the pool that an earlier launch chose may be gone by now.
        return switch (calls.pod(name)) {
            case Outcome.Done<Pod>(Pod found) -> adopt(request, found);
            case Outcome.Failed<Pod>(Failure.NotFound absent) -> create(request, name);
            case Outcome.Failed<Pod>(Failure failure) -> Outcome.failed(failure);
        };
    }

    private Outcome<Instance> create(LaunchRequest request, String name) {
        return switch (pools.find(request.offer())) {
            case Outcome.Failed<Pool>(Failure failure) -> Outcome.failed(failure);
            case Outcome.Done<Pool>(Pool pool) ->
                switch (create(request, name, pool)) {
                    case Outcome.Done<Pod>(Pod made) -> complete(request, made);
                    case Outcome.Failed<Pod>(Failure.Conflict conflict) -> afterConflict(request, name, conflict);
                    case Outcome.Failed<Pod>(Failure.NotFound missing) ->
                        Outcome.failed(new Failure.InvalidRequest(missing.message()));
                    case Outcome.Failed<Pod>(Failure failure) -> Outcome.failed(failure);
                };
        };
    }

    /// A namespace that takes only pods that may do little says so when it refuses one; it is asked again with such a
    /// pod, unless the settings say what pods may do.
    private Outcome<Pod> create(LaunchRequest request, String name, Pool pool) {
        Scope scope = Scope.of(request.offer());
        PodSecurity first = settings.security().orElse(taken);
        Outcome<Pod> made = calls.create(PodOrder.of(request, name, pool, settings, first), scope);
        boolean again = settings.security().isEmpty()
                && first != PodSecurity.RESTRICTED
                && made instanceof Outcome.Failed<Pod>(Failure failure)
                && PodSecurity.isRefusal(failure.message());
        if (!again) {
            return made;
        }
        Outcome<Pod> less = calls.create(PodOrder.of(request, name, pool, settings, PodSecurity.RESTRICTED), scope);
        if (less instanceof Outcome.Done<Pod>) {
            taken = PodSecurity.RESTRICTED;
        }
        return less;
    }

    /// Either the pod exists, or the cluster's own book-keeping was in each other's way: then nothing was made.
    private Outcome<Instance> afterConflict(LaunchRequest request, String name, Failure.Conflict conflict) {
        return switch (calls.pod(name)) {
            case Outcome.Done<Pod>(Pod found) -> adopt(request, found);
            case Outcome.Failed<Pod>(Failure.NotFound absent) ->
                Outcome.failed(new Failure.Throttled(AFTER_CONFLICT, conflict.message() + "; nothing was made"));
            case Outcome.Failed<Pod>(Failure failure) ->
                Outcome.failed(new Failure.OutcomeUnknown(
                        conflict.message() + "; it could not be looked at: " + failure.message()));
        };
    }

    private Outcome<Instance> adopt(LaunchRequest request, Pod found) {
        String name = found.getMetadata().getName();
        boolean ours = Labels.tags(found.getMetadata())
                .filter(tags -> tags.equals(request.tags()))
                .isPresent();
        if (!ours) {
            return Outcome.failed(new Failure.Conflict("Pod " + name + " exists and is not of this launch"));
        }
        if (!Labels.fingerprint(found.getMetadata()).equals(Labels.fingerprint(request))) {
            return Outcome.failed(new Failure.Conflict("Pod " + name + " exists, made for another request"));
        }
        return complete(request, found);
    }

    private Outcome<Instance> complete(LaunchRequest request, Pod pod) {
        Optional<Failure> failure = secret(request, pod);
        if (failure.isPresent()) {
            return failure.get() instanceof Failure.OutcomeUnknown
                    ? Outcome.failed(failure.get())
                    : givenBack(pod, failure.get());
        }
        return untilScheduled(request, pod);
    }

    /// Makes the pod's secret, unless that is done or not needed; says what went wrong.
    private Optional<Failure> secret(LaunchRequest request, Pod pod) {
        boolean waits = pod.getMetadata().getDeletionTimestamp() == null
                && Objects.requireNonNullElse(PodReader.status(pod).getPhase(), "Pending")
                        .equals("Pending");
        if (!waits || request.workload().environment().isEmpty()) {
            return Optional.empty();
        }
        return switch (calls.create(SecretOrder.of(request, pod), Scope.of(request.offer()))) {
            case Outcome.Done<Secret> made -> Optional.empty();
            case Outcome.Failed<Secret>(Failure.Conflict exists) -> Optional.empty();
            case Outcome.Failed<Secret>(Failure failure) -> Optional.of(failure);
        };
    }

    private Outcome<Instance> untilScheduled(LaunchRequest request, Pod made) {
        Pod pod = made;
        Duration waited = Duration.ZERO;
        Duration wait = LOOKS.first();
        while (isWaiting(pod)) {
            if (waited.compareTo(scheduleTimeout) >= 0) {
                Optional<String> noRoom = noRoom(pod);
                if (noRoom.isPresent()) {
                    return givenBack(pod, new Failure.NoCapacity(Scope.of(request.offer()), noRoom.get()));
                }
                break;
            }
            if (!calls.rest(wait)) {
                return Outcome.failed(new Failure.OutcomeUnknown("interrupted while the pod waited for a node"));
            }
            waited = waited.plus(wait);
            wait = LOOKS.longer(wait);
            switch (calls.pod(pod.getMetadata().getName())) {
                case Outcome.Done<Pod>(Pod next) -> pod = next;
                case Outcome.Failed<Pod>(Failure.NotFound gone) -> {
                    return lost(request, pod);
                }
                case Outcome.Failed<Pod>(Failure failure) -> {
                    return Outcome.failed(new Failure.OutcomeUnknown("Made, then: " + failure.message()));
                }
            }
        }
        return seen(request, pod);
    }

    private static boolean isWaiting(Pod pod) {
        boolean pending = Objects.requireNonNullElse(PodReader.status(pod).getPhase(), "Pending")
                .equals("Pending");
        String node = pod.getSpec() == null ? null : pod.getSpec().getNodeName();
        return pending && (node == null || node.isEmpty()) && pod.getMetadata().getDeletionTimestamp() == null;
    }

    /// What the scheduler says about a pod for which it has no node; empty if it does not say anything.
    private static Optional<String> noRoom(Pod pod) {
        return PodReader.status(pod).getConditions().stream()
                .filter(one -> SCHEDULED.equals(one.getType()) && "False".equals(one.getStatus()))
                .filter(one -> one.getReason() != null && NO_ROOM.contains(one.getReason()))
                .map(PodCondition::getMessage)
                .map(message -> Objects.requireNonNullElse(message, "no node has room"))
                .findFirst();
    }

    /// Deletes the pod, and only then tells why: a definite failure leaves nothing behind.
    private Outcome<Instance> givenBack(Pod pod, Failure why) {
        String name = pod.getMetadata().getName();
        // Before it is deleted, so that nobody who looks meanwhile takes it for a pod that ended.
        known.abandon(name);
        return switch (calls.deletePod(name)) {
            case Outcome.Done<Boolean> deleted -> {
                // Its owner is gone, so the cluster deletes the secret; this is only sooner.
                var _ = calls.deleteSecret(name);
                yield Outcome.failed(why);
            }
            case Outcome.Failed<Boolean>(Failure kept) -> {
                known.expect(name);
                yield Outcome.failed(new Failure.OutcomeUnknown(
                        why.message() + "; the pod could not be deleted: " + kept.message()));
            }
        };
    }

    /// Somebody deleted the pod while it waited.
    private Outcome<Instance> lost(LaunchRequest request, Pod pod) {
        return seen(request, pod).map(before -> known.gone(before.id(), clock.instant()));
    }

    private Outcome<Instance> seen(LaunchRequest request, Pod pod) {
        return reader.read(pod, Nodes.View.NOTHING, clock.instant())
                .map(sighting -> Outcome.done(known.saw(sighting)))
                .orElseGet(() -> Outcome.failed(
                        new Failure.Conflict("Pod " + pod.getMetadata().getName() + " lost the labels of "
                                + request.tags().replica())));
    }
}
