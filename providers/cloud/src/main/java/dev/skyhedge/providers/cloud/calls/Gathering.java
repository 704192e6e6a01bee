package dev.skyhedge.providers.cloud.calls;

import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Outcome;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Makes one call of many that come at about the same time, such as terminations. The first of them waits a
/// moment for the others and then calls for all; each gets its own outcome. Thread-safe.
///
/// @param <K> what is asked about
/// @param <V> what success gives
public final class Gathering<K, V> {
    private final Duration window;
    private final int most;
    private final Pause pause;
    private final Function<List<K>, Map<K, Outcome<V>>> call;
    private @Nullable SequencedMap<K, CompletableFuture<Outcome<V>>> open;

    /// @param window how long the first waits for others
    /// @param most the most keys of one call, at least 1
    /// @param call gives an outcome for each key; one that it leaves out counts as unknown
    public Gathering(Duration window, int most, Pause pause, Function<List<K>, Map<K, Outcome<V>>> call) {
        this.window = window;
        this.most = most;
        this.pause = pause;
        this.call = call;
    }

    /// The outcome for this key, together with others or alone.
    public Outcome<V> ask(K key) {
        CompletableFuture<Outcome<V>> mine;
        SequencedMap<K, CompletableFuture<Outcome<V>>> batch;
        boolean leads;
        synchronized (this) {
            leads = open == null;
            batch = open == null ? new LinkedHashMap<>() : open;
            mine = batch.computeIfAbsent(key, unknown -> new CompletableFuture<>());
            open = batch.size() < most ? batch : null;
        }
        try {
            if (leads) {
                lead(batch);
            }
            return mine.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Outcome.failed(new Failure.OutcomeUnknown("interrupted while waiting for other calls"));
        } catch (ExecutionException e) {
            throw new IllegalStateException("A gathered call threw instead of failing", e.getCause());
        }
    }

    /// How many keys wait for the next call.
    synchronized int waiting() {
        return open == null ? 0 : open.size();
    }

    private void lead(SequencedMap<K, CompletableFuture<Outcome<V>>> batch) {
        boolean interrupted = false;
        try {
            pause.pass(window);
        } catch (InterruptedException e) {
            // The others must not wait for ever: the call is made at once.
            interrupted = true;
        }
        List<K> keys;
        synchronized (this) {
            if (open == batch) {
                open = null;
            }
            keys = List.copyOf(batch.keySet());
        }
        try {
            Map<K, Outcome<V>> outcomes = call.apply(keys);
            batch.forEach((key, waiting) -> waiting.complete(outcomes.getOrDefault(
                    key, Outcome.failed(new Failure.OutcomeUnknown("the cloud did not mention it in its answer")))));
        } catch (RuntimeException bug) {
            batch.values().forEach(waiting -> waiting.completeExceptionally(bug));
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
