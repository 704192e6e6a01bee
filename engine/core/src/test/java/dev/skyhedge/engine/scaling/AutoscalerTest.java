package dev.skyhedge.engine.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.engine.scaling.Autoscaler.Decision;
import dev.skyhedge.engine.scaling.Autoscaler.Input;
import dev.skyhedge.engine.testing.Declared;
import dev.skyhedge.specs.ScalingSpec;
import dev.skyhedge.state.records.WorkloadRecord.ScalingMemory;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/// One request per second and replica, up after 5 minutes, down after 20.
class AutoscalerTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final ScalingSpec SPEC = scaling(1, 10);

    private Decision last = new Decision(2, ScalingMemory.NONE, Optional.empty(), "");
    private Instant now = START;

    private static ScalingSpec scaling(int min, int max) {
        return Declared.service("chat").scales(min, max).spec().scaling();
    }

    /// Lets time pass, then decides at this rate.
    private Decision after(Duration time, double rate) {
        now = now.plus(time);
        last = Autoscaler.decide(
                SPEC, new Input(Optional.of(last.wanted()), last.memory(), OptionalDouble.of(rate), 0, 0, now));
        return last;
    }

    private static Decision first(ScalingSpec spec, Optional<Integer> wanted, OptionalDouble rate, int held) {
        return Autoscaler.decide(spec, new Input(wanted, ScalingMemory.NONE, rate, held, 0, START));
    }

    @Test
    void beginsWithTheLeastReplicas() {
        assertThat(first(scaling(3, 10), Optional.empty(), OptionalDouble.empty(), 0)
                        .wanted())
                .isEqualTo(3);
    }

    @Test
    void keepsAFixedNumberWhateverTheRate() {
        assertThat(first(ScalingSpec.fixed(4), Optional.of(2), OptionalDouble.of(100), 0)
                        .wanted())
                .isEqualTo(4);
    }

    @Test
    void followsANewMinimumAtOnce() {
        assertThat(first(scaling(5, 10), Optional.of(2), OptionalDouble.of(2), 0)
                        .wanted())
                .isEqualTo(5);
    }

    @Test
    void followsANewMaximumAtOnce() {
        assertThat(first(scaling(1, 3), Optional.of(9), OptionalDouble.of(9), 0).wanted())
                .isEqualTo(3);
    }

    @Test
    void keepsWhatItHasWhileNobodyMeasures() {
        assertThat(first(SPEC, Optional.of(7), OptionalDouble.empty(), 0).wanted())
                .isEqualTo(7);
    }

    @Test
    void raisesOnlyAfterTheDelay() {
        assertThat(after(Duration.ZERO, 4.5).wanted()).isEqualTo(2);
        assertThat(last.wakeAt()).contains(START.plus(Duration.ofMinutes(5)));
        assertThat(after(Duration.ofMinutes(5).minusMillis(1), 4.5).wanted()).isEqualTo(2);

        assertThat(after(Duration.ofMillis(1), 4.5).wanted()).isEqualTo(5);
        assertThat(last.wakeAt()).isEmpty();
    }

    @Test
    void lowersOnlyAfterTheLongerDelay() {
        last = new Decision(8, ScalingMemory.NONE, Optional.empty(), "");

        assertThat(after(Duration.ZERO, 3).wanted()).isEqualTo(8);
        assertThat(after(Duration.ofMinutes(20).minusMillis(1), 3).wanted()).isEqualTo(8);
        assertThat(after(Duration.ofMillis(1), 3).wanted()).isEqualTo(4);
    }

    @Test
    void changesNothingWithinTheDeadBand() {
        assertThat(after(Duration.ZERO, 2.09).memory()).isEqualTo(ScalingMemory.NONE);
        assertThat(after(Duration.ofHours(1), 2.09).wanted()).isEqualTo(2);
        assertThat(after(Duration.ofHours(1), 1.0).wanted()).isEqualTo(2);
    }

    @Test
    void neverGoesBeyondTheMaximum() {
        after(Duration.ZERO, 1e300);

        assertThat(after(Duration.ofMinutes(5), 1e300).wanted()).isEqualTo(10);
    }

    @Test
    void pausesADelayForAShortContrarySpell() {
        after(Duration.ZERO, 5);
        after(Duration.ofMinutes(4), 1.9);
        assertThat(last.wakeAt()).contains(now.plus(Hysteresis.CONTRARY_GRACE));

        assertThat(after(Duration.ofSeconds(10), 5).wanted()).isEqualTo(2);
        assertThat(after(Duration.ofSeconds(59), 5).wanted()).isEqualTo(2);
        assertThat(after(Duration.ofSeconds(1), 5).wanted()).isEqualTo(5);
    }

    @Test
    void startsADelayAgainAfterALongContrarySpell() {
        after(Duration.ZERO, 5);
        after(Duration.ofMinutes(4), 1.9);
        after(Hysteresis.CONTRARY_GRACE, 1.9);

        after(Duration.ofSeconds(1), 5);
        assertThat(after(Duration.ofMinutes(4), 5).wanted()).isEqualTo(2);
        assertThat(after(Duration.ofMinutes(1), 5).wanted()).isEqualTo(5);
    }

    @Test
    void wakesFromZeroWithoutDelayAtTheFirstRequest() {
        Decision decision = first(scaling(0, 10), Optional.of(0), OptionalDouble.of(0), 1);

        assertThat(decision.wanted()).isEqualTo(1);
        assertThat(decision.reason()).isEqualTo("requests are waiting");
    }

    @Test
    void staysAwakeWhileARequestWaitsHoweverLongAReplicaTakesToStart() {
        Decision woken = first(scaling(0, 10), Optional.of(0), OptionalDouble.empty(), 1);

        Decision muchLater = woken;
        for (int minute = 1; minute <= 60; minute++) {
            muchLater = Autoscaler.decide(
                    scaling(0, 10),
                    new Input(
                            Optional.of(muchLater.wanted()),
                            muchLater.memory(),
                            OptionalDouble.of(0),
                            1,
                            0,
                            START.plus(Duration.ofMinutes(minute))));
        }

        assertThat(muchLater.wanted()).isEqualTo(1);
    }

    @Test
    void jumpsFromZeroToWhatTheRateNeeds() {
        assertThat(first(scaling(0, 10), Optional.of(0), OptionalDouble.of(3.5), 0)
                        .wanted())
                .isEqualTo(4);
    }

    @Test
    void fallsToZeroWhenNobodyAsks() {
        assertThat(longIdle(0).wanted()).isZero();
    }

    @Test
    void doesNotFallToZeroWhileARequestIsInProgress() {
        assertThat(longIdle(1).wanted()).isEqualTo(1);
    }

    /// Twenty minutes after the last request came.
    private static Decision longIdle(int inFlight) {
        ScalingSpec spec = scaling(0, 10);
        Decision falling = first(spec, Optional.of(2), OptionalDouble.of(0), 0);
        return Autoscaler.decide(
                spec,
                new Input(
                        Optional.of(2),
                        falling.memory(),
                        OptionalDouble.of(0),
                        0,
                        inFlight,
                        START.plus(Duration.ofMinutes(20))));
    }

    /// Four requests at once on each replica, however few arrive.
    private static ScalingSpec atOnce(OptionalDouble rate) {
        return new ScalingSpec(
                0, 10, rate, OptionalDouble.of(4), Duration.ofMinutes(1), Duration.ZERO, Duration.ofMinutes(20));
    }

    private static Decision inFlight(ScalingSpec spec, int wanted, double rate, int held, int inFlight) {
        return Autoscaler.decide(
                spec,
                new Input(Optional.of(wanted), ScalingMemory.NONE, OptionalDouble.of(rate), held, inFlight, START));
    }

    @Test
    void raisesForWhatIsInProgressThoughNothingArrives() {
        Decision decision = inFlight(atOnce(OptionalDouble.empty()), 1, 0, 0, 17);

        assertThat(decision.wanted()).isEqualTo(5);
        assertThat(decision.reason()).isEqualTo("17 requests in progress");
    }

    @Test
    void countsWhatWaitsWithWhatIsInProgress() {
        assertThat(inFlight(atOnce(OptionalDouble.empty()), 2, 0, 4, 8).wanted())
                .isEqualTo(3);
    }

    @Test
    void fallsNoFurtherThanWhatIsInProgressAllows() {
        ScalingSpec spec = atOnce(OptionalDouble.of(1));
        Decision falling = inFlight(spec, 5, 0.1, 0, 10);

        Decision later = Autoscaler.decide(
                spec,
                new Input(
                        Optional.of(5),
                        falling.memory(),
                        OptionalDouble.of(0.1),
                        0,
                        10,
                        START.plus(Duration.ofMinutes(20))));

        assertThat(later.wanted()).isEqualTo(3);
    }

    @Test
    void takesTheLargerNeedAndSaysWhichItWas() {
        ScalingSpec spec = atOnce(OptionalDouble.of(1));

        assertThat(inFlight(spec, 1, 6, 0, 4)).satisfies(byRate -> {
            assertThat(byRate.wanted()).isEqualTo(6);
            assertThat(byRate.reason()).isEqualTo("6.0 requests/s");
        });
        assertThat(inFlight(spec, 1, 2, 0, 12)).satisfies(byLoad -> {
            assertThat(byLoad.wanted()).isEqualTo(3);
            assertThat(byLoad.reason()).isEqualTo("12 requests in progress");
        });
    }
}
