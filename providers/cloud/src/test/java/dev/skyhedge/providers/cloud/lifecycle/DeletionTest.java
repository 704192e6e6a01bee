package dev.skyhedge.providers.cloud.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.Provider.Ended;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class DeletionTest {
    private static final Outcome<String> BUSY = Outcome.failed(new Failure.Conflict("busy"));

    private final List<Duration> pauses = new ArrayList<>();
    private int tries;

    @Test
    void instanceThatIsGoneHasEnded() {
        assertThat(delete(() -> Outcome.failed(new Failure.NotFound("gone")), false))
                .isEqualTo(Outcome.done(Ended.ENDED));
        assertThat(pauses).isEmpty();
    }

    @Test
    void busyInstanceIsWaitedFor() {
        assertThat(delete(() -> tries < 3 ? BUSY : Outcome.done("accepted"), false))
                .isEqualTo(Outcome.done(Ended.ENDED));
        assertThat(pauses).hasSize(2);
    }

    @Test
    void instanceThatIsOnItsWayOutIsNotWaitedFor() {
        assertThat(delete(() -> BUSY, true)).isEqualTo(Outcome.done(Ended.ENDED));
        assertThat(pauses).isEmpty();
    }

    @Test
    void instanceThatStaysBusyIsGivenUpAfterAMinute() {
        assertThat(delete(() -> BUSY, false)).isEqualTo(BUSY);
        assertThat(pauses.stream().reduce(Duration.ZERO, Duration::plus)).isLessThan(Duration.ofMinutes(1));
        assertThat(tries).isEqualTo(12);
    }

    @Test
    void otherFailureIsTold() {
        Outcome<String> denied = Outcome.failed(new Failure.Denied("no"));

        assertThat(delete(() -> denied, false)).isEqualTo(denied);
    }

    private Outcome<Ended> delete(Supplier<Outcome<String>> answer, boolean leaving) {
        return Deletion.of(
                () -> {
                    tries++;
                    return answer.get();
                },
                () -> leaving,
                pauses::add);
    }
}
