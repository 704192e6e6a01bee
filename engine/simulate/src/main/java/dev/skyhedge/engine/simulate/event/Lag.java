package dev.skyhedge.engine.simulate.event;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// How long something takes.
public sealed interface Lag {
    Duration draw(RandomGenerator random);

    /// What it never falls short of.
    Duration least();

    /// Always the same.
    ///
    /// @param time not negative
    record Constant(Duration time) implements Lag {
        public Constant {
            if (time.isNegative()) {
                throw new IllegalArgumentException("A lag is not negative: " + time);
            }
        }

        @Override
        public Duration draw(RandomGenerator random) {
            return time;
        }

        @Override
        public Duration least() {
            return time;
        }
    }

    /// Anything between two times, each as likely.
    ///
    /// @param least not negative
    /// @param most not less
    record Uniform(Duration least, Duration most) implements Lag {
        public Uniform {
            if (least.isNegative() || most.compareTo(least) < 0) {
                throw new IllegalArgumentException("Not a range of lags: " + least + " to " + most);
            }
        }

        @Override
        public Duration draw(RandomGenerator random) {
            return least.plusNanos(
                    Math.round(random.nextDouble() * most.minus(least).toNanos()));
        }
    }

    /// A least time and an exponential rest, as of retries and queues.
    ///
    /// @param least not negative
    /// @param meanRest of what comes on top
    /// @param most where it is cut
    record Tailed(Duration least, Duration meanRest, Duration most) implements Lag {
        public Tailed {
            if (least.isNegative() || meanRest.isNegative() || most.compareTo(least) < 0) {
                throw new IllegalArgumentException("Not a lag: " + least + " and " + meanRest + ", at most " + most);
            }
        }

        @Override
        public Duration draw(RandomGenerator random) {
            Duration drawn = least.plusNanos(Math.round(random.nextExponential() * meanRest.toNanos()));
            return drawn.compareTo(most) > 0 ? most : drawn;
        }
    }
}
