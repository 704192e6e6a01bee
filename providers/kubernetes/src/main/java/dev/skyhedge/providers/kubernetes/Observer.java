package dev.skyhedge.providers.kubernetes;

import dev.skyhedge.providers.kubernetes.pool.Places;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.LocationPattern;
import dev.skyhedge.spi.Observation;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.Unreachable;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodList;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Looks at what is there: one list of pods, page by page, and a look at each pod that was there before and
/// is not listed. What nodes say tells which pods will be taken back, and of which places nothing is known.
final class Observer {
    private static final int MAX_PAGES = 100;
    private static final int MAX_RESTARTS = 3;

    /// How long a pod that is over is kept, for whoever wants to read its log.
    private static final Duration KEPT = Duration.ofMinutes(10);

    private final ClusterCalls calls;
    private final Nodes nodes;
    private final PodReader reader;
    private final KnownPods known;
    private final InstantSource clock;

    Observer(ClusterCalls calls, Nodes nodes, PodReader reader, KnownPods known, InstantSource clock) {
        this.calls = calls;
        this.nodes = nodes;
        this.reader = reader;
        this.known = known;
        this.clock = clock;
    }

    /// A look, and the names of pods that have been over for long, or wait for an image that does not come, but are
    /// still there.
    record Look(Observation observation, List<String> leftOvers) {}

    Outcome<Look> look(String lineage) {
        Instant asked = clock.instant();
        String selector = Labels.selector(lineage);
        return Pages.read(
                        MAX_PAGES,
                        MAX_RESTARTS,
                        next -> calls.pods(selector, next),
                        PodList::getItems,
                        PodList::getMetadata)
                .map(pages -> look(lineage, pages, asked));
    }

    private Look look(String lineage, Pages<Pod> pages, Instant asked) {
        Nodes.View view = nodes.orNothing();
        SortedMap<String, Instance> seen = new TreeMap<>();
        List<String> leftOvers = new ArrayList<>();
        List<Unreachable> gaps = new ArrayList<>();
        for (Pod pod : pages.items()) {
            remember(pod, view).filter(one -> isOf(one, lineage)).ifPresent(one -> {
                seen.put(one.id(), one);
                boolean isUnpulled = ImagePull.failure(pod, asked).isPresent();
                if (isUnpulled || (PodReader.isOver(pod) && isOld(one, asked))) {
                    leftOvers.add(one.id());
                }
            });
        }
        if (pages.missing().isPresent()) {
            gaps.add(new Unreachable(Places.EVERYWHERE, pages.missing().get()));
        } else {
            lookForMissing(lineage, view, seen, gaps);
        }
        for (Location silent : view.silent()) {
            gaps.add(new Unreachable(
                    LocationPattern.of(silent), new Failure.OutcomeUnknown("no node in " + silent + " reports")));
        }
        known.recentlyEnded(lineage, asked).forEach(ended -> seen.put(ended.id(), ended));
        return new Look(new Observation(List.copyOf(seen.values()), gaps, asked), List.copyOf(leftOvers));
    }

    /// Keeps the last that is heard of a pod, before it is gone.
    Optional<Instance> remember(Pod pod, Nodes.View view) {
        return reader.read(pod, view, clock.instant()).map(known::saw);
    }

    private static boolean isOld(Instance over, Instant now) {
        return over.end().filter(end -> end.at().plus(KEPT).isBefore(now)).isPresent();
    }

    private static boolean isOf(Instance one, String lineage) {
        return lineage.isEmpty() || one.tags().lineage().equals(lineage);
    }

    /// A pod may have been made after the list was, so that only a look at it tells whether it is gone.
    private void lookForMissing(
            String lineage, Nodes.View view, SortedMap<String, Instance> seen, List<Unreachable> gaps) {
        for (String name : known.missing(lineage, seen.keySet())) {
            switch (calls.pod(name)) {
                case Outcome.Done<Pod>(Pod found) -> remember(found, view).ifPresent(one -> seen.put(one.id(), one));
                case Outcome.Failed<Pod>(Failure.NotFound gone) -> {
                    var _ = known.gone(name, clock.instant());
                }
                case Outcome.Failed<Pod>(Failure failure) -> gaps.add(new Unreachable(Places.EVERYWHERE, failure));
            }
        }
    }
}
