package dev.skyhedge.providers.cloud.calls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Outcome;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CallRepeaterTest {
    private static final ApiGroup GROUP = new ApiGroup("1", "us-east-1", "run");
    private static final Duration LONG = Duration.ofHours(1);

    private final VirtualTime time = new VirtualTime();
    private final CallPacing pacing = new CallPacing(group -> new CallRate(1_000, 1_000), time, time);
    private final CallRepeater repeater = new CallRepeater(pacing, time, time, new SplittableRandom(1));
    private int calls;

    private Outcome<String> always(Failure failure, Duration limit) {
        return repeater.call(GROUP, limit, () -> {
            calls++;
            return Outcome.failed(failure);
        });
    }

    @Test
    void waitsAsLongAsTheCloudSays() {
        Queue<Outcome<String>> answers = new ArrayDeque<>(
                List.of(Outcome.failed(new Failure.Throttled(Duration.ofSeconds(7), "slow down")), Outcome.done("ok")));

        assertThat(repeater.call(GROUP, LONG, answers::remove)).isEqualTo(Outcome.done("ok"));
        assertThat(time.pauses).contains(Duration.ofSeconds(7));
    }

    @Test
    void givesUpAfterFiveUnknownOutcomesWithGrowingWaits() {
        assertThat(always(new Failure.OutcomeUnknown("?"), LONG)).isInstanceOf(Outcome.Failed.class);

        assertThat(calls).isEqualTo(5);
        assertThat(time.pauses).hasSize(4).allMatch(pause -> pause.compareTo(Duration.ofSeconds(8)) <= 0);
    }

    @Test
    void givesUpAfterEightThrottledTries() {
        always(new Failure.Throttled(Duration.ZERO, "slow down"), LONG);

        assertThat(calls).isEqualTo(8);
    }

    @Test
    void startsNoTryAfterTheLimit() {
        always(new Failure.Throttled(Duration.ofSeconds(30), "slow down"), Duration.ofSeconds(10));

        assertThat(calls).isEqualTo(1);
    }

    @Test
    void neverRepeatsADefiniteFailure() {
        always(new Failure.InvalidRequest("no"), LONG);
        always(new Failure.Denied("no"), LONG);
        always(new Failure.Conflict("no"), LONG);

        assertThat(calls).isEqualTo(3);
        assertThat(time.pauses).isEmpty();
    }

    @Test
    void keepsTheInterruptAndCallsTheOutcomeUnknown() {
        Pause interrupted = wait -> {
            throw new InterruptedException();
        };
        var impatient = new CallRepeater(pacing, time, interrupted, new SplittableRandom(1));

        Outcome<String> outcome =
                impatient.call(GROUP, LONG, () -> Outcome.failed(new Failure.Throttled(Duration.ofSeconds(1), "slow")));

        assertThat(outcome).isInstanceOf(Outcome.Failed.class);
        assertThat(Thread.interrupted()).isTrue();
    }
}
