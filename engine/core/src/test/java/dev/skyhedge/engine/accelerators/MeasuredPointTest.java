package dev.skyhedge.engine.accelerators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class MeasuredPointTest {
    private static final List<MeasuredPoint> POINTS = List.of(point(4, 0.20), point(1, 0.04), point(2, 0.10));

    private static MeasuredPoint point(double rate, double seconds) {
        return new MeasuredPoint(rate, seconds);
    }

    @Test
    void theCrossingIsBetweenTheTwoRatesAroundIt() {
        assertThat(MeasuredPoint.maxRate(POINTS, 0.12).orElseThrow()).isCloseTo(2.4, within(1e-12));
    }

    @Test
    void aboveTheHighestMeasuredRateNothingIsPromised() {
        assertThat(MeasuredPoint.maxRate(POINTS, 10)).hasValue(4.0);
    }

    @Test
    void belowTheLowestMeasuredRateNothingIsPromised() {
        assertThat(MeasuredPoint.maxRate(POINTS, 0.01)).hasValue(0.0);
    }

    @Test
    void slowFirstRequestsOfAColdEngineAreNoCrossing() {
        assertThat(MeasuredPoint.maxRate(List.of(point(1, 3.0), point(2, 0.1), point(4, 0.3)), 0.2))
                .hasValueSatisfying(rate -> assertThat(rate).isCloseTo(3, within(1e-12)));
    }

    @Test
    void nothingMeasuredIsNoRate() {
        assertThat(MeasuredPoint.maxRate(List.of(), 1)).isEmpty();
    }
}
