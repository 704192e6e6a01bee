package dev.skyhedge.providers.kubernetes;

import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.Outcome;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeList;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The nodes of the cluster. They are read again after some seconds only, however many ask. Thread-safe.
final class Nodes {
    /// A node is marked tens of seconds before it is taken.
    private static final Duration FRESH = Duration.ofSeconds(10);

    private static final int MAX_PAGES = 40;
    private static final int MAX_RESTARTS = 3;

    private final ClusterCalls calls;
    private final InstantSource clock;
    private final ReentrantLock reading = new ReentrantLock();
    private @Nullable Outcome<View> last;
    private Instant readAt = Instant.MIN;

    /// The nodes as they were at one time, by name.
    record View(SortedMap<String, NodeView> byName) {
        /// Of a cluster whose nodes we may not see.
        static final View NOTHING = new View(new TreeMap<>());

        View {
            byName = Collections.unmodifiableSortedMap(byName);
        }

        Optional<NodeView> find(@Nullable String name) {
            return name == null ? Optional.empty() : Optional.ofNullable(byName.get(name));
        }

        /// Places whose nodes are all there but do not report: what runs on them is unknown.
        SortedSet<Location> silent() {
            SortedSet<Location> silent = new TreeSet<>();
            byName.values().stream().filter(node -> !node.answers()).forEach(node -> silent.add(node.location()));
            byName.values().stream().filter(NodeView::answers).forEach(node -> silent.remove(node.location()));
            return silent;
        }
    }

    Nodes(ClusterCalls calls, InstantSource clock) {
        this.calls = calls;
        this.clock = clock;
    }

    /// The nodes; fails if they cannot be listed, as is so for whoever may only see a namespace.
    Outcome<View> read() {
        reading.lock();
        try {
            Outcome<View> before = last;
            if (before != null && readAt.plus(FRESH).isAfter(clock.instant())) {
                return before;
            }
            Outcome<View> read = list();
            last = read;
            readAt = clock.instant();
            return read;
        } finally {
            reading.unlock();
        }
    }

    /// The nodes, or none if they cannot be listed.
    View orNothing() {
        return switch (read()) {
            case Outcome.Done<View>(View view) -> view;
            case Outcome.Failed<View> unseen -> View.NOTHING;
        };
    }

    private Outcome<View> list() {
        return Pages.read(MAX_PAGES, MAX_RESTARTS, calls::nodes, NodeList::getItems, NodeList::getMetadata)
                .map(pages -> {
                    SortedMap<String, NodeView> byName = new TreeMap<>();
                    Instant now = clock.instant();
                    List<Node> nodes = new ArrayList<>(pages.items());
                    nodes.forEach(node -> byName.put(node.getMetadata().getName(), NodeReader.read(node, now)));
                    return new View(byName);
                });
    }

    /// Why the nodes cannot be seen; empty if they can.
    Optional<Failure> trouble() {
        return read() instanceof Outcome.Failed<View>(Failure failure) ? Optional.of(failure) : Optional.empty();
    }
}
