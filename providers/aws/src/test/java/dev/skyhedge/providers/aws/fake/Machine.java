package dev.skyhedge.providers.aws.fake;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// An instance as the fake keeps it. Guarded by its region.
final class Machine {
    enum State {
        PENDING(0, "pending"),
        RUNNING(16, "running"),
        SHUTTING_DOWN(32, "shutting-down"),
        TERMINATED(48, "terminated");

        final int code;
        final String word;

        State(int code, String word) {
            this.code = code;
            this.word = word;
        }
    }

    final String id;
    final String reservation;
    final RunOrder order;
    final Instant launchedAt;
    final Instant visibleFrom;
    final Instant runningFrom;
    final String address;
    final Map<String, String> tags = new TreeMap<>();

    /// Present exactly for spot.
    final Optional<String> spotRequest;

    State state = State.PENDING;

    /// When it is taken back; set by a notice.
    @Nullable
    Instant takenAt;

    /// When it is gone; set once it is shutting down.
    @Nullable
    Instant goneAt;

    String reasonCode = "";
    String reasonMessage = "";
    String transition = "";

    /// What it wrote to its console.
    String console = "";

    /// When its spot request got its present status.
    Instant noticedAt;

    Machine(
            String id,
            String reservation,
            RunOrder order,
            Instant launchedAt,
            Instant visibleFrom,
            Instant runningFrom,
            String address,
            Optional<String> spotRequest) {
        this.id = id;
        this.reservation = reservation;
        this.order = order;
        this.launchedAt = launchedAt;
        this.visibleFrom = visibleFrom;
        this.runningFrom = runningFrom;
        this.address = address;
        this.spotRequest = spotRequest;
        this.noticedAt = launchedAt;
        this.tags.putAll(order.tags("instance"));
    }

    boolean isLive() {
        return state == State.PENDING || state == State.RUNNING;
    }

    boolean isSpot() {
        return spotRequest.isPresent();
    }

    boolean isVisible(Instant now) {
        return !visibleFrom.isAfter(now);
    }
}
