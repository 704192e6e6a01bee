package dev.skyhedge.engine.simulate.accelerators;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// Fleets that cost a dollar and their headroom, and attain more with more of it.
class TunedFleetTest {
    private static FleetOutcome steady(double headroom) {
        return new FleetOutcome(1 + headroom, 1000, Math.min(1000, 900 + 400 * headroom), 0);
    }

    @Test
    void theLeastHeadroomThatAttainsTheGoalIsFound() {
        TunedFleet tuned = TunedFleet.to(0.99, TunedFleetTest::steady);

        assertThat(tuned.headroom()).isBetween(0.225, 0.26);
        assertThat(tuned.outcome().attainment()).isGreaterThanOrEqualTo(0.99);
    }

    @Test
    void headroomIsNegativeWhereLessThanTheRateIsEnough() {
        assertThat(TunedFleet.to(0.86, TunedFleetTest::steady).headroom()).isBetween(-0.1, -0.07);
    }

    @Test
    void aGoalThatNothingAttainsIsMissedByTheLeast() {
        TunedFleet tuned = TunedFleet.to(0.99, headroom -> new FleetOutcome(1, 1000, 800 + 100 * headroom, 0));

        assertThat(tuned.headroom()).isEqualTo(1);
    }

    @Test
    void ofThoseThatAttainItTheCheapestIsTaken() {
        TunedFleet tuned = TunedFleet.to(
                0.99,
                headroom -> headroom > 0.2 && headroom < 0.28
                        ? new FleetOutcome(9, 1000, 1000, 0)
                        : headroom < 0.2 ? new FleetOutcome(1, 1000, 900, 0) : new FleetOutcome(3, 1000, 1000, 0));

        assertThat(tuned.outcome().usd()).isEqualTo(3);
    }
}
