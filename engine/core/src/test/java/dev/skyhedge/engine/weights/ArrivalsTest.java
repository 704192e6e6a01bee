package dev.skyhedge.engine.weights;

import static dev.skyhedge.engine.weights.WeightPlans.peer;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ArrivalsTest {
    private static final Arrivals.Chances CHANCES = new Arrivals.Chances(
            List.of("chat-1"),
            List.of("chat-2"),
            List.of(
                    peer("far", "gcp/r/z", 1),
                    peer("region", "aws/r/y", 1),
                    peer("zone", "aws/r/z", 1),
                    peer("copy", "aws/r/z", 1)),
            List.of(peer("copy", "aws/r/z", 1)));

    @Test
    void whatNeedsNoTransferComesFirstThenWhatIsNear() {
        assertThat(Arrivals.choose(6, CHANCES))
                .containsExactly(
                        new Arrival.CancelDrain("chat-1", "it serves at once if it does not leave"),
                        new Arrival.Reuse("chat-2", "it was drained and still holds the model"),
                        new Arrival.Load("copy", Arrival.Distance.INSTANCE, "its machine holds the model already"),
                        new Arrival.Load("zone", Arrival.Distance.ZONE, "the model is in its zone"),
                        new Arrival.Load("region", Arrival.Distance.REGION, "the model is in its region"),
                        new Arrival.Load(
                                "far",
                                Arrival.Distance.ELSEWHERE,
                                "the model comes from another region or from a store"));
    }

    @Test
    void noMoreIsChosenThanIsWanted() {
        assertThat(Arrivals.choose(1, CHANCES)).hasSize(1);
    }
}
