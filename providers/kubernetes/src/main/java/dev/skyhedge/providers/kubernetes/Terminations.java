package dev.skyhedge.providers.kubernetes;

import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.Provider.Ended;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodList;
import java.util.regex.Pattern;

/// Gives pods back. The secret goes with its pod. With the last pod of a lineage go those that are over and were kept
/// for their logs: nobody may look any more who would tidy them away.
final class Terminations {
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    private final ClusterCalls calls;
    private final KnownPods known;

    Terminations(ClusterCalls calls, KnownPods known) {
        this.calls = calls;
        this.known = known;
    }

    /// Deletes the pod. One that is not there has ended, and so has one that is not ours: it only has our
    /// pod's name.
    Outcome<Ended> terminate(String name) {
        if (!NAME.matcher(name).matches()) {
            return Outcome.done(Ended.ENDED);
        }
        return switch (calls.pod(name)) {
            case Outcome.Failed<Pod>(Failure.NotFound gone) -> secretToo(name);
            case Outcome.Failed<Pod>(Failure failure) -> Outcome.failed(failure);
            case Outcome.Done<Pod>(Pod found) ->
                Labels.tags(found.getMetadata())
                        .map(tags -> delete(name).map(ended -> {
                            leftOvers(tags.lineage());
                            return ended;
                        }))
                        .orElseGet(() -> Outcome.done(Ended.ENDED));
        };
    }

    /// If it fails they stay, for whoever looks next.
    private void leftOvers(String lineage) {
        if (known.isEnding(lineage)
                && calls.pods(Labels.selector(lineage), "") instanceof Outcome.Done<PodList>(PodList pods)) {
            pods.getItems().stream()
                    .filter(PodReader::isOver)
                    .map(pod -> pod.getMetadata().getName())
                    .forEach(calls::deletePod);
        }
    }

    private Outcome<Ended> delete(String name) {
        known.terminating(name);
        return switch (calls.deletePod(name)) {
            case Outcome.Done<Boolean> deleted -> secretToo(name);
            case Outcome.Failed<Boolean>(Failure.NotFound gone) -> secretToo(name);
            case Outcome.Failed<Boolean>(Failure failure) -> Outcome.failed(failure);
        };
    }

    /// The cluster deletes the secret of a pod that is gone; here it goes at once. Whether that works does not
    /// matter: without permission for it the cluster still does.
    private Outcome<Ended> secretToo(String name) {
        if (known.find(name).isPresent()) {
            var _ = calls.deleteSecret(name);
        }
        return Outcome.done(Ended.ENDED);
    }
}
