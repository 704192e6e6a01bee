package dev.skyhedge.engine.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.skyhedge.specs.PlacementSpec;
import dev.skyhedge.specs.PlacementSpec.SpotHedge.Rule;
import org.junit.jupiter.api.Test;

/// Windows small enough to follow by hand. A tick is 30 s, a cold start 4 ticks.
class PaperRunTest {
    private static final PlacementSpec ARTIFACT = new PlacementSpec.SpotHedge(Rule.ARTIFACT, 1, true, 0);

    @Test
    void isReadyOnceHeldAtFiveSamples() {
        Run run = Windows.run(new PlacementSpec.EvenSpread(), Windows.of("11110011111111"), 1);

        assertThat(Windows.held(run, 0)).isEqualTo("11110011111111");
        assertThat(Windows.digits(run.timeline().spotReady().getFirst())).isEqualTo("00000000001111");
    }

    @Test
    void losesTheNewestFirst() {
        Run run = Windows.run(new PlacementSpec.EvenSpread(), Windows.of("2222221222222"), 2);

        assertThat(Windows.digits(run.timeline().spotReady().getFirst())).isEqualTo("0000221111122");
        assertThat(run.outcome().preemptions()).isEqualTo(1);
    }

    /// Level by level: zone 0 and 1 first, then zone 0 again; what zone 0 refuses it is asked for again at
    /// each tick.
    @Test
    void spreadsEvenlyAndForgetsRefusals() {
        Run run = Windows.run(new PlacementSpec.EvenSpread(), Windows.of("0003333333", "3333333333"), 3);

        assertThat(Windows.held(run, 0)).isEqualTo("0002222222");
        assertThat(Windows.held(run, 1)).isEqualTo("1111111111");
        assertThat(run.occurrences().stream().map(Occurrence::kind).filter(Occurrence.Kind.REFUSED::equals))
                .hasSize(3 * 2);
    }

    /// Zones 0, 1, 2; 1 refuses and 0 is next, which has room for one more.
    @Test
    void goesRoundInTurnWhateverWasRefused() {
        Run run = Windows.run(new PlacementSpec.RoundRobin(), Windows.of("33333333", "00000000", "33333333"), 3);

        assertThat(Windows.held(run, 0)).isEqualTo("12222222");
        assertThat(Windows.held(run, 1)).isEqualTo("00000000");
        assertThat(Windows.held(run, 2)).isEqualTo("11111111");
        assertThat(run.outcome().failedLaunches()).isEqualTo(1);
    }

    @Test
    void costsThreeTimesSpotOnDemand() {
        Run run = Windows.run(new PlacementSpec.OnDemand(), Windows.of("0000000000"), 2);

        assertThat(run.outcome().cost()).isEqualTo(6 * 2 * 3);
        assertThat(run.outcome().costShare()).isEqualTo(1);
        assertThat(run.outcome().full()).isEqualTo(1);
        assertThat(run.outcome().onDemandShare()).isEqualTo(1);
    }

    /// Spot never comes: on-demand covers the target, not the spare, from the first tick on.
    @Test
    void standsInOnDemandWhereThereIsNoSpot() {
        Run run = Windows.run(ARTIFACT, Windows.of("0000000000", "0000000000"), 2);

        assertThat(Windows.digits(run.timeline().onDemandHeld())).isEqualTo("2222222222");
        assertThat(run.outcome().full()).isEqualTo(1);
        assertThat(run.outcome().costShare()).isEqualTo(1);
    }

    /// Held from tick 0, ready at 4, seen at 5: then nothing stands in any more.
    @Test
    void endsWhatStandsInOnceSpotIsSeenReady() {
        Run run = Windows.run(ARTIFACT, Windows.of("999999999999", "999999999999"), 2);

        assertThat(Windows.digits(run.timeline().onDemandHeld())).isEqualTo("222220000000");
        // 8 judged ticks of 3 on spot, and on-demand for 2 at tick 4.
        assertThat(run.outcome().cost()).isEqualTo(8 * 3 + 2 * 3);
        assertThat(run.outcome().costShare()).isCloseTo(30.0 / (8 * 2 * 3), within(1e-12));
    }

    @Test
    void countsTheThreeAvailabilities() {
        Run run = Windows.run(new PlacementSpec.EvenSpread(), Windows.of("1111111110", "1111111000"), 2);

        // Judged are ticks 4 to 9: both ready at 4, 5, 6, one at 7 and 8, none at 9.
        assertThat(run.outcome().full()).isCloseTo(3 / 6.0, within(1e-12));
        assertThat(run.outcome().capacity()).isCloseTo((3 + 2 * 0.5) / 6, within(1e-12));
        assertThat(run.outcome().outage()).isCloseTo(1 / 6.0, within(1e-12));
    }

    @Test
    void staysInOneRegionAsAGroup() {
        Run run = Windows.run(new PlacementSpec.Asg(), Windows.of("999999", "999999", "999999"), 3);

        // Zones 0 and 2 are a region, zone 1 another with fewer zones.
        assertThat(Windows.held(run, 0)).isEqualTo("111111");
        assertThat(Windows.held(run, 1)).isEqualTo("000000");
        assertThat(Windows.held(run, 2)).isEqualTo("111111");
        assertThat(Windows.digits(run.timeline().onDemandHeld())).isEqualTo("111111");
    }

    @Test
    void givesEveryLaunchAReason() {
        Run run = Windows.run(ARTIFACT, Windows.drawn(3, 60, 2, 0.1, 7), 2);

        assertThat(run.occurrences())
                .isNotEmpty()
                .allSatisfy(one -> assertThat(one.reason()).isNotBlank());
    }
}
