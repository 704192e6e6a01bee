package dev.skyhedge.providers.cloud.calls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.LocationPattern;
import dev.skyhedge.spi.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlacesTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    @Test
    void answersInTheOrderOfThePlacesAndNamesThoseThatFailed() {
        var answers = Places.<String, Integer>ask(
                List.of("c", "a", "b"),
                3,
                LONG,
                place -> place.equals("a") ? Outcome.failed(new Failure.Denied("no")) : Outcome.done(place.length()));

        assertThat(answers.values().keySet()).containsExactly("c", "b");
        assertThat(answers.unreachable(region -> new LocationPattern("aws", region, "*")))
                .singleElement()
                .satisfies(gap -> assertThat(gap.locations()).hasToString("aws/a/*"));
        assertThat(answers.combine(all -> all.values().size())).isEqualTo(Outcome.done(2));
    }

    @Test
    void failsOnlyIfNoPlaceAnswered() {
        var none = Places.<String, Integer>ask(
                List.of("a", "b"), 2, LONG, place -> Outcome.failed(new Failure.Denied(place)));

        assertThat(none.combine(all -> 1)).isEqualTo(Outcome.failed(new Failure.Denied("a")));
        assertThat(Places.<String, Integer>ask(List.of(), 1, LONG, place -> Outcome.done(1))
                        .combine(all -> 1))
                .isEqualTo(Outcome.done(1));
    }

    @Test
    void givesUpOnAPlaceThatDoesNotAnswer() {
        var never = new CountDownLatch(1);

        var answers = Places.<String, Integer>ask(List.of("slow", "fast"), 2, Duration.ofMillis(300), place -> {
            if (place.equals("slow")) {
                try {
                    never.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            return Outcome.done(1);
        });

        assertThat(answers.values().keySet()).containsExactly("fast");
        assertThat(answers.failures().get("slow")).isInstanceOf(Failure.OutcomeUnknown.class);
    }

    @Test
    void neverAsksMoreAtOnceThanAllowed() {
        var running = new AtomicInteger();
        var most = new AtomicInteger();

        Places.<Integer, Integer>ask(IntStream.range(0, 50).boxed().toList(), 4, LONG, place -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            Thread.yield();
            running.decrementAndGet();
            return Outcome.done(place);
        });

        assertThat(most.get()).isBetween(1, 4);
    }

    @Test
    void handsItsClassLoaderOn() {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        ClassLoader plugin = new ClassLoader(before) {};
        Thread.currentThread().setContextClassLoader(plugin);
        try {
            var answers = Places.<String, Boolean>ask(
                    List.of("a"),
                    1,
                    LONG,
                    place -> Outcome.done(Thread.currentThread().getContextClassLoader() == plugin));

            assertThat(answers.values().get("a")).isTrue();
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }
}
