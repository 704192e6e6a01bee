package dev.skyhedge.engine.simulate.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.engine.simulate.sweep.LearningCurve;
import java.util.List;
import org.junit.jupiter.api.Test;

class SweepRunTest {
    private static final double SETUP = 10;

    private static SweepRun run(boolean checkpoints) {
        LearningCurve curve = new LearningCurve("a", 100, List.of(0.1, 0.2));
        return new SweepRun(List.of(curve, new LearningCurve("b", 100, List.of(0.1, 0.2))), 1e6, SETUP, checkpoints);
    }

    /// When it was done; asked every ten seconds.
    private static int ended(SweepRun run, int from, int atoms) {
        int now = from;
        while (!run.isDone() && now < 10_000) {
            run.work(now, 10, atoms);
            now += 10;
        }
        return now;
    }

    @Test
    void everyTrialGoesToItsEndOnOneAtom() {
        assertThat(run(true).secondsLeft()).isEqualTo(420);
        assertThat(ended(run(true), 0, 2)).isEqualTo(210);
        assertThat(ended(run(true), 0, 1)).isEqualTo(420);
    }

    @Test
    void aTrialThatGivesWayKeepsWhatACheckpointHolds() {
        SweepRun run = run(true);
        for (int now = 0; now < 60; now += 10) {
            run.work(now, 10, 2);
        }

        run.work(60, 10, 0);

        assertThat(ended(run, 70, 2)).isEqualTo(70 + 10 + 150);
    }

    @Test
    void aTrialThatGivesWayWithoutTimeForACheckpointLosesItsIteration() {
        SweepRun run = run(false);
        for (int now = 0; now < 60; now += 10) {
            run.work(now, 10, 2);
        }

        run.work(60, 10, 0);

        assertThat(ended(run, 70, 2)).isEqualTo(70 + 10 + 200);
    }
}
