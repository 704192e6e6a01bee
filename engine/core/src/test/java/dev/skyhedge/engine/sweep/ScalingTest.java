package dev.skyhedge.engine.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ScalingTest {
    private final Scaling scaling = new Scaling(Map.of(2, 1.8, 4, 3.0));

    @Test
    void oneAtomIsTheMeasure() {
        assertThat(scaling.of(1)).isEqualTo(1);
    }

    @Test
    void betweenTwoKnownPointsIsAStraightLine() {
        assertThat(scaling.of(3)).isCloseTo(2.4, within(1e-12));
    }

    @Test
    void nothingIsGainedBeyondTheLast() {
        assertThat(scaling.of(16)).isEqualTo(3.0);
    }
}
