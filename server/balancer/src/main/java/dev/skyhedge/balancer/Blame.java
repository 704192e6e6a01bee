package dev.skyhedge.balancer;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Where one request failed, until it is known who is to blame: the replicas if another one answers it, the
/// request itself if it fails at two of them. Nothing is counted against a replica before. Thread-safe.
///
/// @param <R> a replica
final class Blame<R> {
    private final Set<R> failedAt = new LinkedHashSet<>();

    synchronized void failed(R replica) {
        failedAt.add(replica);
    }

    /// A replica serves it: those that did not are to blame.
    synchronized List<R> served() {
        return take();
    }

    /// It ends without being served. One that failed everywhere it was is to blame itself; failed at one replica
    /// only, it counts as one error there and is judged by how the peers do.
    synchronized List<R> unserved() {
        List<R> all = take();
        return all.size() == 1 ? all : List.of();
    }

    private List<R> take() {
        List<R> all = List.copyOf(failedAt);
        failedAt.clear();
        return all;
    }
}
