package dev.skyhedge.balancer;

import java.util.concurrent.atomic.AtomicReference;

/// Errors as load: each keeps the place of a request for about as long as a good answer would have, so that a
/// replica does not get more requests for failing them quickly. Thread-safe, without locks.
final class ErrorLoad {
    private static final double NEGLIGIBLE = 0.01;
    private static final State NONE = new State(0, 0);

    private final AtomicReference<State> state = new AtomicReference<>(NONE);

    private record State(double load, long at) {
        double at(long now, double answerNanos) {
            return load == 0 ? 0 : load * Math.exp(-Math.max(0, now - at) / answerNanos);
        }
    }

    /// @param answerNanos how long a good answer takes, above 0
    void add(long now, double answerNanos) {
        state.updateAndGet(before -> new State(before.at(now, answerNanos) + 1, now));
    }

    /// In requests.
    double load(long now, double answerNanos) {
        State seen = state.get();
        double load = seen.at(now, answerNanos);
        if (load > 0 && load < NEGLIGIBLE) {
            state.compareAndSet(seen, NONE);
            return 0;
        }
        return load;
    }
}
