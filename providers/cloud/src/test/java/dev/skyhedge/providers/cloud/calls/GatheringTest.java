package dev.skyhedge.providers.cloud.calls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class GatheringTest {
    private final List<List<String>> calls = new ArrayList<>();

    private Map<String, Outcome<String>> answer(List<String> keys) {
        synchronized (calls) {
            calls.add(keys);
        }
        return keys.stream().collect(Collectors.toMap(key -> key, key -> Outcome.done(key + "!")));
    }

    @Test
    void makesOneCallOfAllThatComeWithinTheWindow() throws Exception {
        var others = new CountDownLatch(1);
        var leading = new CountDownLatch(1);
        var gathering = new Gathering<String, String>(
                Duration.ofMillis(100),
                500,
                window -> {
                    leading.countDown();
                    if (!others.await(20, TimeUnit.SECONDS)) {
                        throw new AssertionError("The others never came");
                    }
                },
                this::answer);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Outcome<String>> first = threads.submit(() -> gathering.ask("a"));
            leading.await();
            Future<Outcome<String>> second = threads.submit(() -> gathering.ask("b"));
            Future<Outcome<String>> same = threads.submit(() -> gathering.ask("a"));
            while (gathering.waiting() < 2) {
                Thread.onSpinWait();
            }
            others.countDown();

            assertThat(first.get()).isEqualTo(Outcome.done("a!"));
            assertThat(second.get()).isEqualTo(Outcome.done("b!"));
            assertThat(same.get()).isEqualTo(Outcome.done("a!"));
        }
        assertThat(calls).first().isEqualTo(List.of("a", "b"));
    }

    @Test
    void callsUnknownWhatTheCloudLeavesOut() {
        var gathering = new Gathering<String, String>(Duration.ZERO, 1, Pause.REAL, keys -> Map.of());

        assertThat(gathering.ask("a"))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.failure()).isInstanceOf(Failure.OutcomeUnknown.class));
    }

    @Test
    void startsANewCallOnceTheFirstIsFull() {
        var gathering = new Gathering<String, String>(Duration.ZERO, 1, Pause.REAL, this::answer);

        gathering.ask("a");
        gathering.ask("b");

        assertThat(calls).containsExactly(List.of("a"), List.of("b"));
    }
}
