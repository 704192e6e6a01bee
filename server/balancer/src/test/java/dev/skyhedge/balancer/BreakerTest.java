package dev.skyhedge.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.balancer.Statistics.BreakerState;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BreakerTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long LONG_ENOUGH = 40 * SECOND;

    private final Breaker breaker = new Breaker(new Random(1));
    private long now = 1_000 * SECOND;

    @Test
    void opensAtTheFirstRefusedConnect() {
        assertThat(breaker.unreachable(false, now)).isEqualTo(Breaker.Change.OPENED);

        assertThat(breaker.permits(now)).isFalse();
        assertThat(breaker.openings()).isEqualTo(1);
    }

    @Test
    void opensAtTheSecondConnectTimeoutInFiveSeconds() {
        assertThat(breaker.unreachable(true, now)).isEqualTo(Breaker.Change.NONE);
        assertThat(breaker.unreachable(true, now + 6 * SECOND)).isEqualTo(Breaker.Change.NONE);

        assertThat(breaker.unreachable(true, now + 7 * SECOND)).isEqualTo(Breaker.Change.OPENED);
    }

    @Test
    void doesNotTakeACutRequestForATrial() {
        breaker.unreachable(false, now);
        now += 2 * SECOND;
        assertThat(breaker.acquire(now)).isTrue();

        breaker.neutral(); // it was cut

        assertThat(breaker.state()).isEqualTo(BreakerState.HALF_OPEN);
        assertThat(breaker.acquire(now)).isTrue();
        assertThat(breaker.answered()).isEqualTo(Breaker.Change.CLOSED);
    }

    @Test
    void letsOneTrialThroughAndClosesWhenItWorks() {
        breaker.unreachable(false, now);
        now += 2 * SECOND;

        assertThat(breaker.acquire(now)).isTrue();
        assertThat(breaker.acquire(now)).isFalse();
        assertThat(breaker.answered()).isEqualTo(Breaker.Change.CLOSED);

        assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
        assertThat(breaker.acquire(now)).isTrue();
    }

    @Test
    void staysOpenLongerAfterEveryFailedTrialUpToTheLimit() {
        long last = 0;
        for (int i = 0; i < 10; i++) {
            breaker.unreachable(false, now);
            long open = breaker.nanosUntilTrial(now);
            assertThat(open).isBetween((long) (0.8 * Math.min(last, 25 * SECOND)), 36 * SECOND);
            last = open;
            now += LONG_ENOUGH;
            assertThat(breaker.acquire(now)).isTrue();
        }
        assertThat(last).isGreaterThan(23 * SECOND);
    }

    @Test
    void offersTheTrialAgainWhenItsClientWentAway() {
        breaker.unreachable(false, now);
        now += 2 * SECOND;
        breaker.acquire(now);

        breaker.neutral();

        assertThat(breaker.acquire(now)).isTrue();
    }

    @Test
    void isNotClosedByAnAnswerFromBeforeTheDeath() {
        breaker.unreachable(false, now);

        assertThat(breaker.answered()).isEqualTo(Breaker.Change.NONE);

        assertThat(breaker.permits(now)).isFalse();
    }

    @Test
    void letsATrialThroughEarlyWhenTheReplicaWasSeen() {
        breaker.unreachable(false, now);
        assertThat(breaker.permits(now)).isFalse();

        breaker.offerTrial(now);

        assertThat(breaker.acquire(now)).isTrue();
        assertThat(breaker.acquire(now)).isFalse();
    }

    @Test
    void letsSomeMoreThroughWhileTheTrialOfAnAcceptingReplicaIsNotAnswered() {
        breaker.unreachable(false, now);
        breaker.offerTrial(now);

        int through = 0;
        for (int i = 0; i < 100; i++) {
            through += breaker.acquire(now) ? 1 : 0;
            now += SECOND / 10;
        }

        assertThat(through).isEqualTo(Breaker.MAX_TRIALS);
    }
}
