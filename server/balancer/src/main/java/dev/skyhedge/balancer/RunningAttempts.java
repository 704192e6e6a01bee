package dev.skyhedge.balancer;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The open attempts at one replica, to be cut together when the replica is taken away. Thread-safe.
final class RunningAttempts {
    private final Set<Attempt> running = ConcurrentHashMap.newKeySet();
    private volatile boolean cut;

    void add(Attempt attempt) {
        running.add(attempt);
    }

    void remove(Attempt attempt) {
        running.remove(attempt);
    }

    /// Ends every attempt. One that chose the replica before it was taken away and begins later sees [#isCut()].
    void cut() {
        cut = true;
        running.forEach(Attempt::lose);
    }

    /// The replica was taken back.
    void open() {
        cut = false;
    }

    boolean isCut() {
        return cut;
    }
}
