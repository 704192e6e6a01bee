package dev.skyhedge.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.balancer.ErrorShare.Sample;
import org.junit.jupiter.api.Test;

class StandingTest {
    private static final long SECOND = 1_000_000_000L;
    private static final Sample GOOD_PEERS = new Sample(100, 0);

    private final Standing standing = new Standing();
    private long now = 1_000 * SECOND;

    @Test
    void aFewErrorsStandOutAmongGoodPeersOnly() {
        errors(5);

        assertThat(OutlierDetector.standsOut(standing.sample(now), GOOD_PEERS)).isTrue();
        assertThat(OutlierDetector.standsOut(standing.sample(now), new Sample(100, 50)))
                .isFalse();
        assertThat(OutlierDetector.standsOut(standing.sample(now), new Sample(3, 0)))
                .isFalse();
        assertThat(OutlierDetector.standsOut(standing.sample(now), Sample.NOTHING))
                .isFalse();
    }

    @Test
    void fourErrorsNeverStandOut() {
        errors(4);

        assertThat(OutlierDetector.standsOut(standing.sample(now), GOOD_PEERS)).isFalse();
    }

    @Test
    void whatWentWellLongAgoDoesNotHideThatNothingDoesNow() {
        goods(10_000);

        errors(15);

        assertThat(OutlierDetector.standsOut(standing.sample(now), GOOD_PEERS)).isTrue();
    }

    @Test
    void returnsAfterTenSecondsAndTwiceAsLateEachTimeInARow() {
        errors(20);
        long expected = Standing.FIRST_EJECTION_NANOS;
        for (int i = 0; i < 8; i++) {
            standing.eject(GOOD_PEERS, now);
            assertThat(standing.nanosUntilReturn(now)).isEqualTo(expected);
            now += expected - 1;
            assertThat(standing.isEjected(now)).isTrue();
            now += 1;
            assertThat(standing.isEjected(now)).isFalse();
            expected = Math.min(2 * expected, Standing.MAX_EJECTION_NANOS);
        }
    }

    @Test
    void startsAnewWhenItDidWellForLong() {
        standing.eject(GOOD_PEERS, now);
        now += Standing.FIRST_EJECTION_NANOS;
        assertThat(standing.isEjected(now)).isFalse();
        now += 2 * Standing.FIRST_EJECTION_NANOS;

        standing.eject(GOOD_PEERS, now);

        assertThat(standing.inARow()).isEqualTo(1);
    }

    @Test
    void oneErrorOfOneOnProbationIsEnough() {
        returned();

        errors(1);

        assertThat(OutlierDetector.standsOut(standing.sample(now), GOOD_PEERS)).isTrue();
    }

    @Test
    void someGoodAnswersEndTheProbation() {
        returned();

        goods(40);
        errors(1);

        assertThat(OutlierDetector.standsOut(standing.sample(now), GOOD_PEERS)).isFalse();
    }

    @Test
    void returnsAtOnceWhenItsPeersInheritWhatItFailed() {
        errors(50);
        standing.eject(new Sample(50, 0), now);
        standing.exonerate(new Sample(50, 5), now);
        assertThat(standing.isEjected(now)).isTrue();

        standing.exonerate(new Sample(50, 20), now);

        assertThat(standing.isEjected(now)).isFalse();
        assertThat(standing.isOpenToBlame(now)).isFalse();
        assertThat(standing.isOpenToBlame(now + Standing.FIRST_EJECTION_NANOS)).isTrue();
    }

    @Test
    void answersToWhatWasSentBeforeItsEjectionChangeNothing() {
        errors(20);
        standing.eject(GOOD_PEERS, now);
        Sample before = standing.sample(now);

        goods(100);

        assertThat(standing.sample(now)).isEqualTo(before);
    }

    private void returned() {
        errors(20);
        standing.eject(GOOD_PEERS, now);
        now += Standing.FIRST_EJECTION_NANOS;
        assertThat(standing.isEjected(now)).isFalse();
    }

    private void errors(int count) {
        for (int i = 0; i < count; i++) {
            standing.record(true, now);
        }
    }

    private void goods(int count) {
        for (int i = 0; i < count; i++) {
            standing.record(false, now);
        }
    }
}
