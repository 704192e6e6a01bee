package dev.skyhedge.engine.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.skyhedge.engine.accelerators.Allocation;
import dev.skyhedge.engine.accelerators.Limits;
import dev.skyhedge.engine.accelerators.LinearSolver;
import dev.skyhedge.engine.accelerators.Problem;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CheapestMixTest {
    @Test
    void countingSlicesCostsWhatNamingThemCosts() {
        LinearSolver solver = LinearSolvers.open().solver();

        assertThat(IntStream.range(0, 200)).allSatisfy(seed -> {
            Problem problem = Mixes.random(seed);

            double named = solver.solve(SlicedProgram.of(problem), Limits.EXACT).objective();

            assertThat(Mixes.SCIP.solve(problem, Limits.EXACT).usdPerHour()).isCloseTo(named, within(1e-6));
        });
    }

    @Test
    void bothSolversFindTheSameCost() {
        assertThat(IntStream.range(0, 200)).allSatisfy(seed -> {
            Problem problem = Mixes.random(seed);

            Allocation pure = Mixes.PURE_JAVA.solve(problem, Limits.EXACT);

            assertThat(pure.status()).isEqualTo(LinearSolver.Status.OPTIMAL);
            assertThat(pure.usdPerHour())
                    .isCloseTo(Mixes.SCIP.solve(problem, Limits.EXACT).usdPerHour(), within(1e-6));
        });
    }
}
