package dev.skyhedge.engine.solver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.engine.accelerators.Allocation;
import dev.skyhedge.engine.accelerators.AllocationSolver;
import dev.skyhedge.engine.accelerators.DecomposedMix;
import dev.skyhedge.engine.accelerators.Limits;
import dev.skyhedge.engine.accelerators.Problem;
import dev.skyhedge.engine.accelerators.QuickMixes;
import dev.skyhedge.engine.scaling.MixScaler;
import dev.skyhedge.spi.Accelerator;
import dev.skyhedge.state.records.WorkloadRecord.ScalingMemory;
import java.time.Duration;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QuickMixesTest {
    private static final AllocationSolver SOLVER =
            new DecomposedMix(LinearSolvers.open().solver());
    private static final Duration MINUTE = Duration.ofMinutes(1);
    /// In minutes, until the rate is again what it was.
    private static final int CYCLE = 240;

    private static QuickMixes mixes(Problem atOne) {
        return new QuickMixes(SOLVER, Limits.EXACT, atOne, 0.05);
    }

    @Test
    void aMixThatIsEnoughServesAndOneWithoutAnyReplicaDoesNot() {
        assertThat(IntStream.range(0, 10)).allSatisfy(seed -> {
            QuickMixes mixes = mixes(Mixes.random(seed));
            Allocation enough = mixes.atLeast(3, new TreeMap<>());

            assertThat(mixes.serves(enough.byAccelerator(), 3)).isTrue();
            assertThat(mixes.serves(new TreeMap<>(), 3)).isFalse();
        });
    }

    @Test
    void noMixThatServesIsCheaperThanTheCheapest() {
        assertThat(IntStream.range(0, 10)).allSatisfy(seed -> {
            Problem problem = Mixes.random(seed);
            QuickMixes mixes = mixes(problem);
            SortedMap<Accelerator, Integer> cheapest =
                    mixes.atLeast(3, new TreeMap<>()).byAccelerator();

            for (Accelerator one : cheapest.keySet()) {
                SortedMap<Accelerator, Integer> less = new TreeMap<>(cheapest);
                less.merge(one, -1, Integer::sum);
                assertThat(mixes.serves(less, 3)).isFalse();
            }
        });
    }

    @Test
    void whatWasAskedIsNotSolvedAgain() {
        AtomicInteger solved = new AtomicInteger();
        QuickMixes mixes = new QuickMixes(
                (problem, limits) -> {
                    solved.incrementAndGet();
                    return SOLVER.solve(problem, limits);
                },
                Limits.EXACT,
                Mixes.random(1),
                0.05);

        Allocation first = mixes.atLeast(2.01, new TreeMap<>());
        mixes.serves(first.byAccelerator(), 2.01);

        assertThat(mixes.atLeast(2.02, new TreeMap<>())).isEqualTo(first);
        assertThat(mixes.serves(first.byAccelerator(), 2.02)).isTrue();
        assertThat(solved).hasValue(2);
    }

    /// Four hours, a rate that rises and falls by a factor of five, looked at each minute.
    @Test
    void aMixThatFollowsARateServesThatOfTheMinuteBeforeLast() {
        assertThat(IntStream.range(0, 2)).allSatisfy(seed -> {
            QuickMixes mixes = mixes(Mixes.random(seed));
            MixScaler.Delays delays = new MixScaler.Delays(MINUTE, MINUTE.multipliedBy(20));
            SortedMap<Accelerator, Integer> mix = new TreeMap<>();
            ScalingMemory memory = ScalingMemory.NONE;
            Instant now = Instant.parse("2026-01-01T00:00:00Z");
            for (int minute = 0; minute < CYCLE; minute++) {
                double rate = rate(minute);
                MixScaler.Decision decision = MixScaler.decide(
                        delays,
                        new MixScaler.Input(
                                mix,
                                mixes.atLeast(rate, new TreeMap<>()).byAccelerator(),
                                mixes.serves(mix, rate),
                                memory,
                                now));
                mix = decision.wanted();
                memory = decision.memory();
                now = now.plus(MINUTE);

                assertThat(mixes.serves(mix, Math.min(rate, rate(Math.max(0, minute - 2)))))
                        .as("minute %d", minute)
                        .isTrue();
            }
        });
    }

    private static double rate(int minute) {
        return 3 - 2 * Math.cos(2 * Math.PI * minute / CYCLE);
    }
}
