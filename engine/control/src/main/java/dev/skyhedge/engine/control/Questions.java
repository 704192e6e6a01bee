package dev.skyhedge.engine.control;

import dev.skyhedge.specs.schema.Durations;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.Provider;
import java.time.Duration;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Questions to providers, each with a limit in time: what one cloud does not say holds up nobody for longer. What is
/// answered later is heard by nobody.
public final class Questions {
    private static final Logger LOG = LoggerFactory.getLogger(Questions.class);

    private Questions() {}

    /// Asks every provider the same, side by side, and waits for each for as long as its calls may take.
    ///
    /// @return by name what each said, or that it did not answer
    public static <T> SortedMap<String, Outcome<T>> askAll(
            SortedMap<String, Provider> providers, Function<Provider, Outcome<T>> question) {
        SortedMap<String, CompletableFuture<Outcome<T>>> asked = new TreeMap<>();
        providers.forEach((name, provider) -> asked.put(name, ask(name, provider, question)));
        SortedMap<String, Outcome<T>> answers = new TreeMap<>();
        asked.forEach((name, answer) -> answers.put(name, answer.join()));
        return Collections.unmodifiableSortedMap(answers);
    }

    /// Asks a provider, for as long as its calls may take.
    ///
    /// @return is always completed with a value
    public static <T> CompletableFuture<Outcome<T>> ask(
            String name, Provider provider, Function<Provider, Outcome<T>> question) {
        return ask(name, provider.limits().callTimeout(), () -> question.apply(provider));
    }

    /// Asks something on a thread of its own.
    ///
    /// @param name of the provider, for people
    /// @param limit after this time there was no answer
    /// @return is always completed with a value
    public static <T> CompletableFuture<Outcome<T>> ask(String name, Duration limit, Supplier<Outcome<T>> question) {
        var answer = new CompletableFuture<Outcome<T>>();
        Thread.startVirtualThread(() -> answer.complete(guarded(name, question)));
        return within(name, limit, answer);
    }

    /// Waits no longer than the limit.
    static <T> CompletableFuture<Outcome<T>> within(String name, Duration limit, CompletableFuture<Outcome<T>> answer) {
        return answer.completeOnTimeout(
                Outcome.failed(unanswered(name, limit)), limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    static Failure unanswered(String name, Duration limit) {
        return new Failure.OutcomeUnknown(name + " did not answer within " + Durations.text(limit));
    }

    /// A provider does not throw; if one does all the same, nobody knows what it did before.
    static <T> Outcome<T> guarded(String name, Supplier<Outcome<T>> call) {
        try {
            return call.get();
        } catch (RuntimeException e) {
            LOG.error("Provider {} failed in a way that it should not", name, e);
            return Outcome.failed(new Failure.OutcomeUnknown(name + ": " + e));
        }
    }
}
