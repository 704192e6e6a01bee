package dev.skyhedge.balancer;

/// How many of a replica's latest outcomes were errors. Recent ones count more: each new outcome and each passing
/// minute lets the older ones fade. Not thread-safe; time comes in as `System.nanoTime()`-like values.
final class ErrorShare {
    /// How many outcomes it remembers, about.
    static final double MEMORY_OUTCOMES = 50;

    /// How long it remembers them, about.
    static final double MEMORY_NANOS = 120e9;

    private double outcomes;
    private double errors;
    private long last;

    /// The faded numbers at one instant.
    ///
    /// @param outcomes at most about [#MEMORY_OUTCOMES] for one replica
    /// @param errors at most as many
    record Sample(double outcomes, double errors) {
        static final Sample NOTHING = new Sample(0, 0);

        /// From 0 to 1; 0 if there was no outcome.
        double share() {
            return outcomes == 0 ? 0 : errors / outcomes;
        }

        Sample plus(Sample other) {
            return new Sample(outcomes + other.outcomes, errors + other.errors);
        }
    }

    void record(boolean error, long now) {
        fade(now);
        double kept = 1 - 1 / MEMORY_OUTCOMES;
        outcomes = outcomes * kept + 1;
        errors = errors * kept + (error ? 1 : 0);
    }

    Sample sample(long now) {
        fade(now);
        return new Sample(outcomes, errors);
    }

    /// Keeps what it says, but as something of which little was seen: a few new outcomes outweigh it.
    void doubt(double outcomesLeft) {
        if (outcomes > outcomesLeft) {
            errors *= outcomesLeft / outcomes;
            outcomes = outcomesLeft;
        }
    }

    /// Lets no time have passed since the last outcome.
    void resume(long now) {
        last = now;
    }

    void forget() {
        outcomes = 0;
        errors = 0;
    }

    private void fade(long now) {
        double kept = outcomes == 0 ? 0 : Math.exp(-Math.max(0, now - last) / MEMORY_NANOS);
        outcomes *= kept;
        errors *= kept;
        last = now;
    }
}
