package dev.skyhedge.balancer;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/// One attempt's place in the in-flight count of its replica. Every way out closes it; exactly one close counts.
final class Flight {
    /// From here on a status counts as load: to whomever it is due, it took less work than an answer.
    private static final int FIRST_ERROR_STATUS = 400;

    private static final int TOO_MANY_REQUESTS = 429;

    /// How an attempt ended.
    sealed interface Outcome {
        /// The replica gave a whole answer.
        ///
        /// @param status HTTP status, below 500
        record Answered(int status) implements Outcome {}

        /// Nothing was learnt about the replica: the client went away, or the content was refused.
        record Abandoned() implements Outcome {}

        /// The replica failed.
        record Failed(FailureKind kind) implements Outcome {}
    }

    static final Outcome ABANDONED = new Outcome.Abandoned();

    private final Replica replica;
    private final long begun;
    private final AtomicBoolean open = new AtomicBoolean(true);
    private final AtomicBoolean well = new AtomicBoolean();

    private final AtomicLong unreadTokens;

    private final long workNanos;

    private Flight(Replica replica, long unreadTokens, long workNanos, long begun) {
        this.replica = replica;
        this.workNanos = workNanos;
        this.unreadTokens = new AtomicLong(unreadTokens);
        this.begun = begun;
    }

    /// Counts a request in flight, before it connects.
    ///
    /// @param unreadTokens of its prompt, as far as they are known
    static Flight begin(Replica replica, long unreadTokens, long now) {
        return begin(replica, unreadTokens, 0, now);
    }

    /// The same, of a request whose work is known.
    ///
    /// @param workNanos that it takes the replica alone
    static Flight begin(Replica replica, long unreadTokens, long workNanos, long now) {
        replica.began();
        replica.reads(unreadTokens);
        replica.works(workNanos);
        return new Flight(replica, unreadTokens, workNanos, now);
    }

    /// Something of the answer is there: the prompt was read.
    void answers() {
        if (unreadTokens.get() != 0) {
            replica.reads(-unreadTokens.getAndSet(0));
        }
    }

    /// A long answer begins, and not with an error: that says enough, its end may be minutes away.
    void beginsWell(long now) {
        if (well.compareAndSet(false, true)) {
            replica.standing.record(false, now);
        }
    }

    /// Nanoseconds since it began.
    long age(long now) {
        return now - begun;
    }

    Replica replica() {
        return replica;
    }

    /// Counts it out. That a replica failed is held against it only when it is known that the request is not to
    /// blame, see [Blame]; that it serves badly counts as load at once.
    ///
    /// @param answerNanos how long good answers take
    /// @return what the breaker made of it; empty if it was closed before
    Optional<Breaker.Change> close(Outcome outcome, long now, double answerNanos) {
        if (!open.compareAndSet(true, false)) {
            return Optional.empty();
        }
        answers();
        replica.works(-workNanos);
        Breaker.Change change = record(outcome, now, answerNanos);
        replica.ended();
        return Optional.of(change);
    }

    private Breaker.Change record(Outcome outcome, long now, double answerNanos) {
        return switch (outcome) {
            case Outcome.Answered(int status) -> {
                replica.responses.increment();
                if (status >= FIRST_ERROR_STATUS) {
                    replica.errorLoad.add(now, answerNanos);
                }
                if (status != TOO_MANY_REQUESTS) {
                    beginsWell(now);
                }
                yield replica.breaker.answered();
            }
            case Outcome.Abandoned() -> {
                replica.breaker.neutral();
                yield Breaker.Change.NONE;
            }
            case Outcome.Failed(FailureKind kind) -> {
                replica.failures.increment();
                yield failed(kind, now, answerNanos);
            }
        };
    }

    private Breaker.Change failed(FailureKind kind, long now, double answerNanos) {
        return switch (kind) {
            case CONNECT_REFUSED, CONNECT_TIMEOUT ->
                replica.breaker.unreachable(kind == FailureKind.CONNECT_TIMEOUT, now);
            case BAD_STATUS -> {
                replica.errorLoad.add(now, answerNanos);
                yield replica.breaker.answered();
            }
            case RESET, TIMEOUT, BAD_RESPONSE -> {
                replica.errorLoad.add(now, answerNanos);
                replica.breaker.neutral();
                yield Breaker.Change.NONE;
            }
            case LOST -> {
                replica.breaker.neutral();
                yield Breaker.Change.NONE;
            }
        };
    }
}
