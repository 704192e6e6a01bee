package dev.skyhedge.engine.simulate.workload;

import java.util.List;
import java.util.random.RandomGenerator;

/// What is asked of a service over time.
public sealed interface Workload {
    /// Opens the requests from the beginning.
    ///
    /// @param arrivals draws when they come
    /// @param lengths draws how long they are, apart from when they come, so that two policies compared with one
    ///     seed see the same requests
    RequestSource open(RandomGenerator arrivals, RandomGenerator lengths);

    /// Requests per second in the long run.
    double meanRate();

    /// A Poisson process.
    ///
    /// @param rate requests per second, above 0
    record Poisson(double rate, Lengths of) implements Workload {
        @Override
        public RequestSource open(RandomGenerator arrivals, RandomGenerator lengths) {
            return new Drawn(() -> arrivals.nextExponential() / rate, of, lengths);
        }

        @Override
        public double meanRate() {
            return rate;
        }
    }

    /// Requests at equal distances.
    ///
    /// @param rate requests per second, above 0
    record Constant(double rate, Lengths of) implements Workload {
        @Override
        public RequestSource open(RandomGenerator arrivals, RandomGenerator lengths) {
            return new Drawn(() -> 1 / rate, of, lengths);
        }

        @Override
        public double meanRate() {
            return rate;
        }
    }

    /// Bursts and lulls: distances between requests are log-normal with the mean kept and a standard deviation of
    /// their logarithm of 2, as heavy-tailed as the arrivals at Chatbot Arena that the SkyServe paper plots.
    ///
    /// @param rate requests per second, above 0
    record Bursty(double rate, Lengths of) implements Workload {
        private static final double SCALE = 2;

        @Override
        public RequestSource open(RandomGenerator arrivals, RandomGenerator lengths) {
            double mu = -Math.log(rate) - SCALE * SCALE / 2;
            return new Drawn(() -> Math.exp(mu + SCALE * arrivals.nextGaussian()), of, lengths);
        }

        @Override
        public double meanRate() {
            return rate;
        }
    }

    /// A Poisson process whose rate follows a curve; drawn by thinning (Lewis and Shedler, 1979).
    record Varying(RateCurve curve, Lengths of) implements Workload {
        @Override
        public RequestSource open(RandomGenerator arrivals, RandomGenerator lengths) {
            return new Thinned(curve, of, arrivals, lengths);
        }

        @Override
        public double meanRate() {
            return curve.mean();
        }
    }

    /// Requests that were recorded, begun anew at the end of the recording.
    ///
    /// @param requests in order of arrival, at least one
    /// @param lengthNanos of the recording, beyond the last arrival
    record Recorded(List<Request> requests, long lengthNanos) implements Workload {
        public Recorded {
            requests = List.copyOf(requests);
        }

        @Override
        public RequestSource open(RandomGenerator arrivals, RandomGenerator lengths) {
            return new Repeated(requests, lengthNanos);
        }

        @Override
        public double meanRate() {
            return requests.size() / (lengthNanos / 1e9);
        }
    }
}
