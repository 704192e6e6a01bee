package dev.skyhedge.providers.kubernetes;

import dev.skyhedge.spi.EndCause;
import dev.skyhedge.spi.Endpoint;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.Instance.End;
import dev.skyhedge.spi.InstanceState;
import dev.skyhedge.spi.InstanceTags;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Offer;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the cluster's description of a pod. Whatever is missing in it is done without.
final class PodReader {
    private static final String DISRUPTED = "DisruptionTarget";

    /// The node ran short because of what runs on it; that is not the cloud taking it back.
    private static final String NODE_PRESSURE = "Evicted";

    /// Reasons of failed pods whose node went away under them.
    private static final Set<String> NODE_GONE =
            Set.of("NodeShutdown", "Shutdown", "Terminated", "NodeLost", "Preempting");

    private final boolean hostPort;

    PodReader(boolean hostPort) {
        this.hostPort = hostPort;
    }

    /// What a pod says.
    ///
    /// @param instance the instance that it is
    /// @param disruption what ends it without our having asked; empty if nothing does
    /// @param placed whether it has, or had, a node
    record Sighting(Instance instance, Optional<Disruption> disruption, boolean placed) {}

    /// The pod; empty if it is not ours.
    ///
    /// @param seenAt when it was found, for descriptions that do not say when it was created
    Optional<Sighting> read(Pod pod, Nodes.View nodes, Instant seenAt) {
        Optional<InstanceTags> tags = Labels.tags(pod.getMetadata());
        Optional<Offer> offer = Labels.offer(pod.getMetadata());
        if (tags.isEmpty() || offer.isEmpty()) {
            return Optional.empty();
        }
        Optional<NodeView> node =
                nodes.find(pod.getSpec() == null ? null : pod.getSpec().getNodeName());
        Optional<Disruption> disruption =
                disruption(pod, seenAt).or(() -> node.flatMap(NodeView::doom).map(Disruption::of));
        Optional<String> unpulled = ImagePull.failure(pod, seenAt);
        InstanceState state = unpulled.isPresent() ? InstanceState.ENDED : state(pod);
        Optional<End> end = state == InstanceState.ENDED
                ? Optional.of(unpulled.map(why -> new End(seenAt, EndCause.FAILED_TO_START, why))
                        .orElseGet(() -> end(pod, offer.get(), disruption, seenAt)))
                : Optional.empty();
        Instance instance = new Instance(
                pod.getMetadata().getName(),
                offer.get(),
                tags.get(),
                state,
                state == InstanceState.RUNNING || state == InstanceState.STOPPING
                        ? endpoint(pod, node)
                        : Optional.empty(),
                Absent.time(pod.getMetadata().getCreationTimestamp()).orElse(seenAt),
                end);
        return Optional.of(new Sighting(instance, disruption, isPlaced(pod)));
    }

    private static boolean isPlaced(Pod pod) {
        return pod.getSpec() != null
                && pod.getSpec().getNodeName() != null
                && !pod.getSpec().getNodeName().isEmpty();
    }

    private static InstanceState state(Pod pod) {
        PodStatus status = status(pod);
        String phase = Objects.requireNonNullElse(status.getPhase(), "Pending");
        if (phase.equals("Succeeded") || phase.equals("Failed")) {
            return InstanceState.ENDED;
        }
        if (pod.getMetadata().getDeletionTimestamp() != null) {
            return InstanceState.STOPPING;
        }
        return phase.equals("Pending") ? InstanceState.PENDING : InstanceState.RUNNING;
    }

    static PodStatus status(Pod pod) {
        return Objects.requireNonNullElseGet(pod.getStatus(), PodStatus::new);
    }

    /// Whether nothing of the pod runs any more though the cluster keeps it.
    static boolean isOver(Pod pod) {
        return state(pod) == InstanceState.ENDED;
    }

    private Optional<Endpoint> endpoint(Pod pod, Optional<NodeView> node) {
        PodStatus status = status(pod);
        Optional<String> host = hostPort
                ? node.flatMap(NodeView::address).or(() -> Optional.ofNullable(status.getHostIP()))
                : Optional.ofNullable(status.getPodIP());
        return host.filter(address -> !address.isEmpty())
                .flatMap(address -> Labels.port(pod.getMetadata()).map(port -> new Endpoint(address, port)));
    }

    private static Optional<Disruption> disruption(Pod pod, Instant seenAt) {
        PodStatus status = status(pod);
        if (NODE_PRESSURE.equals(status.getReason())) {
            return Optional.empty();
        }
        Optional<PodCondition> condition = status.getConditions().stream()
                .filter(one -> DISRUPTED.equals(one.getType()) && "True".equals(one.getStatus()))
                .findFirst();
        if (condition.isPresent()) {
            Instant since = Absent.time(condition.get().getLastTransitionTime()).orElse(seenAt);
            // A pod's deletion time is when it will be gone, not when that was decided.
            Instant deadline =
                    Absent.time(pod.getMetadata().getDeletionTimestamp()).orElse(since.plus(Disruption.NOTICE));
            return Optional.of(new Disruption(
                    since,
                    deadline,
                    words(condition.get().getReason(), condition.get().getMessage()),
                    false));
        }
        if (status.getReason() != null && NODE_GONE.contains(status.getReason())) {
            return Optional.of(new Disruption(seenAt, seenAt, words(status.getReason(), status.getMessage()), false));
        }
        return Optional.empty();
    }

    private static End end(Pod pod, Offer offer, Optional<Disruption> disruption, Instant seenAt) {
        PodStatus status = status(pod);
        Optional<ContainerStateTerminated> stopped =
                container(pod).map(ContainerStatus::getState).map(state -> state.getTerminated());
        Instant at = stopped.flatMap(one -> Absent.time(one.getFinishedAt())).orElse(seenAt);
        Optional<Disruption> taken = disruption.filter(Disruption::takes);
        if (taken.isPresent()) {
            return taken.get().end(at, taken(offer));
        }
        String why = stopped.map(one ->
                        "exit code " + one.getExitCode() + (one.getReason() == null ? "" : ", " + one.getReason()))
                .orElseGet(() ->
                        words(Objects.requireNonNullElse(status.getReason(), status.getPhase()), status.getMessage()));
        boolean ran = stopped.isPresent() || status.getStartTime() != null;
        return new End(at, ran ? EndCause.EXITED : EndCause.FAILED_TO_START, why);
    }

    /// How a pod ended that was not asked to. One that is not spot was not taken back by a market: its node was
    /// drained, or something more important came.
    static EndCause taken(Offer offer) {
        return offer.market() == Market.SPOT ? EndCause.PREEMPTED : EndCause.TERMINATED;
    }

    static Optional<ContainerStatus> container(Pod pod) {
        return status(pod).getContainerStatuses().stream()
                .filter(one -> PodOrder.CONTAINER.equals(one.getName()))
                .findFirst();
    }

    private static String words(@Nullable String reason, @Nullable String message) {
        String why = Objects.requireNonNullElse(reason, "");
        String text = Objects.requireNonNullElse(message, "");
        return why.isEmpty() || text.isEmpty() ? why + text : why + ": " + text;
    }
}
