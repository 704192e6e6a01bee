package dev.skyhedge.engine.retraining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.skyhedge.engine.retraining.PublishedWindow.Arithmetic;
import dev.skyhedge.engine.retraining.PublishedWindow.Shares;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PublishedThiefTest {
    private static final TrainingOption OPTION = new TrainingOption("3_15", 17.922057, 0.845238);
    private static final Situation TWO = Windows.of(
            1,
            0,
            new RetrainedStream("good", 0.846154, List.of()),
            new RetrainedStream("drifted", 0.642857, List.of(OPTION)));

    /// As the released simulator decided it: both are served in full, and the training has the rest.
    @Test
    void decidesAsReleased() {
        PublishedThief.Decided decided = new PublishedThief(3, 0.1).decide(TWO, Arithmetic.WHOLE_SECONDS);

        assertThat(decided.trainings()).containsExactly(Optional.empty(), Optional.of(OPTION));
        assertThat(decided.mean()).isCloseTo(0.8275723, within(1e-6));
    }

    @Test
    void countsSecondsAsReleased() {
        PublishedWindow window =
                new PublishedWindow(200, Windows.FRAMES, Arithmetic.WHOLE_SECONDS, List.of(0.846154, 0.642857));

        List<Double> served = window.served(
                List.of(Optional.empty(), Optional.of(OPTION)), new Shares(List.of(0.0, 0.5), List.of(0.25, 0.25)));

        assertThat(served.getLast()).isCloseTo((36 * 0.642857 + 165 * 0.845238) / 201, within(1e-6));
        assertThat((served.getFirst() + served.getLast()) / 2).isCloseTo(0.8275723, within(1e-6));
    }

    @Test
    void whatATrainingLeavesIsDividedEqually() {
        PublishedWindow window =
                new PublishedWindow(100, share -> Math.min(1, share), Arithmetic.CONTINUOUS, List.of(0.5, 0.5));

        // The first ends at 10 s and leaves a third of 0.6 each: the other training goes on with 0.6, until 50 s.
        List<Double> served = window.served(
                List.of(Optional.of(new TrainingOption("a", 6, 0.5)), Optional.of(new TrainingOption("b", 28, 1))),
                new Shares(List.of(0.6, 0.4), List.of(0.2, 0.2)));

        assertThat(served.getFirst()).isCloseTo(0.5 * (10 * 0.2 + 40 * 0.4 + 50 * 0.7) / 100, within(1e-9));
        assertThat(served.getLast()).isCloseTo((0.5 * (10 * 0.2 + 40 * 0.4) + 50 * 0.7) / 100, within(1e-9));
    }
}
