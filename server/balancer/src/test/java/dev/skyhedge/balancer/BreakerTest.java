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
        assertThat(breaker.failed(FailureKind.CONNECT_REFUSED, now)).isEqualTo(Breaker.Change.OPENED);

        assertThat(breaker.permits(now)).isFalse();
        assertThat(breaker.openings()).isEqualTo(1);
    }

    @Test
    void opensAtTheSecondConnectTimeoutInFiveSeconds() {
        assertThat(breaker.failed(FailureKind.CONNECT_TIMEOUT, now)).isEqualTo(Breaker.Change.NONE);
        assertThat(breaker.failed(FailureKind.CONNECT_TIMEOUT, now + 6 * SECOND))
                .isEqualTo(Breaker.Change.NONE);

        assertThat(breaker.failed(FailureKind.CONNECT_TIMEOUT, now + 7 * SECOND))
                .isEqualTo(Breaker.Change.OPENED);
    }

    @Test
    void opensAfterFiveFailuresInARowButNotFour() {
        for (int i = 0; i < 4; i++) {
            assertThat(breaker.failed(FailureKind.RESET, now)).isEqualTo(Breaker.Change.NONE);
        }
        breaker.succeeded(now);
        for (int i = 0; i < 4; i++) {
            assertThat(breaker.failed(FailureKind.RESET, now + 11 * SECOND)).isEqualTo(Breaker.Change.NONE);
        }

        assertThat(breaker.failed(FailureKind.RESET, now + 11 * SECOND)).isEqualTo(Breaker.Change.OPENED);
    }

    @Test
    void opensWhenHalfOfTenOutcomesFail() {
        Breaker.Change last = Breaker.Change.NONE;
        for (int i = 0; i < 5; i++) {
            last = breaker.failed(FailureKind.BAD_STATUS, now);
            if (i < 4) {
                breaker.succeeded(now);
            }
        }
        breaker.succeeded(now);

        assertThat(last).isEqualTo(Breaker.Change.NONE);
        assertThat(breaker.failed(FailureKind.BAD_STATUS, now)).isEqualTo(Breaker.Change.OPENED);
    }

    @Test
    void letsOneTrialThroughAndClosesWhenItWorks() {
        breaker.failed(FailureKind.CONNECT_REFUSED, now);
        now += 2 * SECOND;

        assertThat(breaker.acquire(now)).isTrue();
        assertThat(breaker.acquire(now)).isFalse();
        assertThat(breaker.succeeded(now)).isEqualTo(Breaker.Change.CLOSED);

        assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
        assertThat(breaker.acquire(now)).isTrue();
    }

    @Test
    void staysOpenLongerAfterEveryFailedTrialUpToTheLimit() {
        long last = 0;
        for (int i = 0; i < 10; i++) {
            breaker.failed(FailureKind.CONNECT_REFUSED, now);
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
        breaker.failed(FailureKind.CONNECT_REFUSED, now);
        now += 2 * SECOND;
        breaker.acquire(now);

        breaker.neutral();

        assertThat(breaker.acquire(now)).isTrue();
    }

    @Test
    void isNotClosedByAnAnswerFromBeforeTheDeath() {
        breaker.failed(FailureKind.CONNECT_REFUSED, now);

        assertThat(breaker.succeeded(now)).isEqualTo(Breaker.Change.NONE);

        assertThat(breaker.permits(now)).isFalse();
    }

    @Test
    void letsATrialThroughEarlyWhenTheReplicaWasSeen() {
        breaker.failed(FailureKind.CONNECT_REFUSED, now);
        assertThat(breaker.permits(now)).isFalse();

        breaker.offerTrial(now);

        assertThat(breaker.acquire(now)).isTrue();
        assertThat(breaker.acquire(now)).isFalse();
    }

    @Test
    void letsSomeMoreThroughWhileTheTrialOfAnAcceptingReplicaIsNotAnswered() {
        breaker.failed(FailureKind.CONNECT_REFUSED, now);
        breaker.offerTrial(now);

        int through = 0;
        for (int i = 0; i < 100; i++) {
            through += breaker.acquire(now) ? 1 : 0;
            now += SECOND / 10;
        }

        assertThat(through).isEqualTo(Breaker.MAX_TRIALS);
    }

    @Test
    void letsNothingMoreThroughWhileTheTrialOfARefusingReplicaIsNotAnswered() {
        for (int i = 0; i < Breaker.FAILURES_IN_A_ROW; i++) {
            breaker.failed(FailureKind.BAD_STATUS, now);
        }
        now += LONG_ENOUGH;

        assertThat(breaker.acquire(now)).isTrue();
        assertThat(breaker.acquire(now + SECOND)).isFalse();
    }
}
