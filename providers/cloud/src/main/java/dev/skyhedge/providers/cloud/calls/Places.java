package dev.skyhedge.providers.cloud.calls;

import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.LocationPattern;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.Unreachable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/// Asks many places (regions, zones, projects) the same thing side by side, each on a virtual thread. A place
/// that fails or does not answer in time is named; the others count.
public final class Places {
    private Places() {}

    /// What the places answered.
    ///
    /// @param values answers, in the order in which the places were given
    /// @param failures why places gave none, in the same order
    public record Answers<K, V>(SequencedMap<K, V> values, SequencedMap<K, Failure> failures) {
        /// The places without an answer.
        public List<Unreachable> unreachable(Function<K, LocationPattern> locations) {
            return failures.entrySet().stream()
                    .map(gap -> new Unreachable(locations.apply(gap.getKey()), gap.getValue()))
                    .toList();
        }

        /// All answers made into one; fails, with the first failure, only if no place answered though some were
        /// asked.
        public <R> Outcome<R> combine(Function<Answers<K, V>, R> combination) {
            return values.isEmpty() && !failures.isEmpty()
                    ? Outcome.failed(failures.firstEntry().getValue())
                    : Outcome.done(combination.apply(this));
        }
    }

    /// Asks them all.
    ///
    /// @param places what to ask, each once
    /// @param parallel how many at once, at least 1
    /// @param limit how long to wait for all of them, in real time; calls that are still under way are
    ///     interrupted
    public static <K, V> Answers<K, V> ask(
            List<K> places, int parallel, Duration limit, Function<K, Outcome<V>> question) {
        long deadline = System.nanoTime() + limit.toNanos();
        var turns = new Semaphore(parallel);
        SequencedMap<K, Future<Outcome<V>>> calls = new LinkedHashMap<>();
        SequencedMap<K, V> values = new LinkedHashMap<>();
        SequencedMap<K, Failure> failures = new LinkedHashMap<>();
        // Shutting down instead of closing: closing would wait for calls that ignore the interrupt.
        var threads = Executors.newVirtualThreadPerTaskExecutor();
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        try {
            for (K place : new LinkedHashSet<>(places)) {
                calls.put(place, threads.submit(() -> {
                    Thread.currentThread().setContextClassLoader(context);
                    turns.acquire();
                    try {
                        return question.apply(place);
                    } finally {
                        turns.release();
                    }
                }));
            }
            for (var call : new ArrayList<>(calls.entrySet())) {
                switch (answer(call.getValue(), deadline - System.nanoTime(), limit)) {
                    case Outcome.Done<V>(V value) -> values.put(call.getKey(), value);
                    case Outcome.Failed<V>(Failure failure) -> failures.put(call.getKey(), failure);
                }
            }
        } finally {
            threads.shutdownNow();
        }
        return new Answers<>(values, failures);
    }

    private static <V> Outcome<V> answer(Future<Outcome<V>> call, long nanos, Duration limit) {
        try {
            return call.get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return Outcome.failed(new Failure.OutcomeUnknown("no answer within " + limit.toMillis() + " ms"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Outcome.failed(new Failure.OutcomeUnknown("interrupted while waiting for an answer"));
        } catch (ExecutionException e) {
            throw new IllegalStateException("A question to a cloud threw instead of failing", e.getCause());
        }
    }
}
