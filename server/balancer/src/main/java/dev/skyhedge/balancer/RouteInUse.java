package dev.skyhedge.balancer;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The route in use, or none before the first table. Shared by all who ask it: those who place requests, who let
/// waiting ones go, who eject, and who tell clients when to come back. Each question is answered by one route, even
/// if another one is put in its place meanwhile.
///
/// Thread-safe: readers take the reference once and need no lock. It is replaced under the router's lock only, which
/// keeps versions in order.
final class RouteInUse {
    private volatile @Nullable Route route;

    /// The route itself, for who asks more than once; null if there is none yet.
    @Nullable
    Route get() {
        return route;
    }

    void replace(Route newer) {
        route = newer;
    }

    String service() {
        Route current = route;
        return current == null ? "" : current.table.service();
    }

    /// Of the table; 0 if there is none.
    long version() {
        Route current = route;
        return current == null ? 0 : current.table.version();
    }

    /// See [Route#choose].
    @Nullable
    Pick choose(Set<Replica> tried, Subject subject) {
        Route current = route;
        return current == null ? null : current.choose(tried, subject, System.nanoTime());
    }

    /// Whether its policy goes by what is asked.
    boolean readsPrompts() {
        Route current = route;
        return current != null && current.table.policy().readsPrompts();
    }

    /// Sizes that its table tells apart.
    Optional<RequestSizes> sizes() {
        Route current = route;
        return current == null ? Optional.empty() : current.table.sizes();
    }

    /// See [Route#hasChoice].
    boolean hasChoice(Set<Replica> tried) {
        Route current = route;
        return current != null && current.hasChoice(tried, System.nanoTime());
    }

    /// Why a request that found no replica has to wait.
    Waits.Lack lack() {
        Route current = route;
        return current != null && current.isFull(System.nanoTime()) ? Waits.Lack.FULL : Waits.Lack.NOT_READY;
    }

    /// See [Route#room].
    int room(int perReplica) {
        Route current = route;
        return current == null ? 0 : current.room(perReplica, System.nanoTime());
    }

    /// See [Route#nextChance].
    Optional<Duration> nextChance(Instant wallClock, long now) {
        Route current = route;
        return current == null ? Optional.empty() : current.nextChance(wallClock, now);
    }
}
