package dev.skyhedge.balancer;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/// One attempt's place in the in-flight count of its replica. Every way out closes it; exactly one close counts.
final class Flight {

    /// How an attempt ended.
    sealed interface Outcome {
        /// The replica gave a whole answer.
        record Answered() implements Outcome {}

        /// Nothing was learnt about the replica: the client went away, or the content was refused.
        record Abandoned() implements Outcome {}

        /// The replica failed.
        record Failed(FailureKind kind) implements Outcome {}
    }

    static final Outcome ANSWERED = new Outcome.Answered();
    static final Outcome ABANDONED = new Outcome.Abandoned();

    private final Replica replica;
    private final AtomicBoolean open = new AtomicBoolean(true);

    private Flight(Replica replica) {
        this.replica = replica;
    }

    /// Counts a request in flight, before it connects.
    static Flight begin(Replica replica) {
        replica.began();
        return new Flight(replica);
    }

    Replica replica() {
        return replica;
    }

    /// Counts it out.
    ///
    /// @return what the breaker made of it; empty if it was closed before
    Optional<Breaker.Change> close(Outcome outcome, long now) {
        if (!open.compareAndSet(true, false)) {
            return Optional.empty();
        }
        Breaker.Change change = record(outcome, now);
        replica.ended();
        return Optional.of(change);
    }

    private Breaker.Change record(Outcome outcome, long now) {
        return switch (outcome) {
            case Outcome.Answered() -> {
                replica.responses.increment();
                yield replica.breaker.succeeded(now);
            }
            case Outcome.Abandoned() -> {
                replica.breaker.neutral();
                yield Breaker.Change.NONE;
            }
            case Outcome.Failed(FailureKind kind) -> {
                replica.failures.increment();
                yield replica.breaker.failed(kind, now);
            }
        };
    }
}
