package dev.skyhedge.providers.kubernetes;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Tells a pod whose image does not come. A kubelet tries for ever; whoever pays for the node does not want to wait
/// until the replica's time to become ready is over.
final class ImagePull {
    /// Reasons that no other try changes.
    private static final Set<String> NEVER = Set.of("InvalidImageName", "ErrImageNeverPull");

    private static final Set<String> AGAIN = Set.of("ErrImagePull", "ImagePullBackOff", "RegistryUnavailable");

    /// What registries say of an image that is not there, or not for us.
    private static final Pattern CERTAIN = Pattern.compile(
            "(?i)not found|manifest unknown|does not exist|denied|unauthorized|forbidden|no basic auth");

    /// A registry that is busy for a moment costs no replica.
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private ImagePull() {}

    /// Why the image will not come; empty if it still may.
    static Optional<String> failure(Pod pod, Instant now) {
        return PodReader.container(pod)
                .map(ContainerStatus::getState)
                .map(ContainerState::getWaiting)
                .filter(waiting -> isOver(pod, waiting, now))
                .map(waiting -> "image "
                        + PodReader.container(pod)
                                .map(ContainerStatus::getImage)
                                .orElse("")
                        + " cannot be pulled: " + waiting.getReason()
                        + (waiting.getMessage() == null ? "" : ": " + waiting.getMessage()));
    }

    private static boolean isOver(Pod pod, ContainerStateWaiting waiting, Instant now) {
        String reason = Objects.requireNonNullElse(waiting.getReason(), "");
        if (NEVER.contains(reason)) {
            return true;
        }
        if (!AGAIN.contains(reason)) {
            return false;
        }
        boolean certain = CERTAIN.matcher(Objects.requireNonNullElse(waiting.getMessage(), ""))
                .find();
        Instant begun = Absent.time(PodReader.status(pod).getStartTime())
                .or(() -> Absent.time(pod.getMetadata().getCreationTimestamp()))
                .orElse(now);
        return certain || !begun.plus(PATIENCE).isAfter(now);
    }
}
