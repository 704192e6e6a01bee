package dev.skyhedge.engine.simulate.deadline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.skyhedge.engine.deadline.DeadlinePolicy;
import dev.skyhedge.engine.deadline.JobTerms;
import dev.skyhedge.engine.deadline.Order;
import dev.skyhedge.engine.deadline.SafetyNet;
import dev.skyhedge.engine.deadline.Transfer;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.Market;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Accounts that can be made on paper: ticks of half an hour, spot for 1, on-demand for 4,
/// restarts of a quarter.
class DeadlineSimulationTest {
    private static final JobTerms TWO_HOURS = new JobTerms(2, 4, 0.25, 0.5);

    private static JobMarket.Zone zone(String name, String room) {
        return new JobMarket.Zone(
                new Location("made", name, name),
                room.chars().mapToObj(c -> c == '1').toList(),
                room.chars().mapToObj(_ -> 1.0).toList(),
                4);
    }

    private static JobMarket market(JobMarket.Zone... zones) {
        List<List<Transfer>> transfers = IntStream.range(0, zones.length)
                .mapToObj(from -> IntStream.range(0, zones.length)
                        .mapToObj(to -> from == to ? Transfer.NONE : new Transfer(0.25, 3))
                        .toList())
                .toList();
        return new JobMarket(1800, List.of(zones), transfers);
    }

    private static DeadlineOutcome run(JobMarket market, DeadlinePolicy policy) {
        return new DeadlineSimulation(market, TWO_HOURS, policy).run();
    }

    private static Order spot(int zone, boolean held) {
        return held ? new Order.Stay("there") : new Order.Launch(zone, Market.SPOT, "wanted");
    }

    @Test
    void aLaunchBillsFromItsTickOnAndPaysItsRestartInRunningTime() {
        DeadlineOutcome outcome =
                run(market(zone("a", "11111111")), view -> spot(0, view.held().isPresent()));

        assertThat(outcome.met()).isTrue();
        assertThat(outcome.finishedHours()).isEqualTo(2.5);
        assertThat(outcome.cost()).isEqualTo(2.5, within(1e-9));
    }

    @Test
    void aLossCostsARestartAndNoProgress() {
        DeadlineOutcome outcome = run(
                market(zone("a", "11011111")),
                view -> view.nowHours() == 1.0
                        ? new Order.Wait("lost")
                        : spot(0, view.held().isPresent()));

        assertThat(outcome.losses()).isEqualTo(1);
        assertThat(outcome.finishedHours()).isEqualTo(3.0);
        assertThat(outcome.cost()).isEqualTo(2.5, within(1e-9));
    }

    @Test
    void aMoveWaitsForItsTransferAndPaysForItOnce() {
        DeadlineOutcome outcome = run(
                market(zone("a", "11111111"), zone("b", "11111111")),
                view -> view.nowHours() == 1.0
                        ? new Order.Move(1, Market.SPOT, "moving")
                        : spot(0, view.held().isPresent()));

        assertThat(outcome.transfers()).isEqualTo(3);
        assertThat(outcome.finishedHours()).isEqualTo(3.0);
        assertThat(outcome.instances()).isEqualTo(3.0, within(1e-9));
    }

    @Test
    void aProbeIsBilledForAMinuteIfItFindsRoomAndNotAtAllOtherwise() {
        DeadlinePolicy prober =
                view -> view.zones().get(1).history().sightings().isEmpty()
                        ? new Order.Probe(1, "curious")
                        : spot(0, view.held().isPresent());

        assertThat(run(market(zone("a", "11111111"), zone("b", "11111111")), prober)
                        .probes())
                .isEqualTo(1 / 60.0, within(1e-9));
        assertThat(run(market(zone("a", "11111111"), zone("b", "00000000")), prober)
                        .probes())
                .isZero();
    }

    @Test
    void theNetGoesOnDemandAtTheLastMomentAndNotBefore() {
        DeadlineOutcome outcome = run(
                market(zone("a", "00000000")),
                new SafetyNet(view ->
                        view.held().isPresent() ? new Order.Stay("there") : new Order.Wait("no zone has room")));

        assertThat(outcome.met()).isTrue();
        assertThat(outcome.finishedHours()).isEqualTo(4.0);
        assertThat(outcome.cost()).isEqualTo(2.5 * 4, within(1e-9));
    }

    @Test
    void theNetKeepsSpotThatMakesProgressHoweverLittleTimeIsToSpare() {
        DeadlineOutcome outcome = run(
                market(zone("a", "00111111")),
                new SafetyNet(view -> view.nowHours() < 1
                        ? new Order.Wait("early")
                        : spot(0, view.held().isPresent())));

        assertThat(outcome.met()).isTrue();
        assertThat(outcome.onDemandHours()).isZero();
        assertThat(outcome.cost()).isEqualTo(2.5, within(1e-9));
    }

    @Test
    void withoutTheNetALateJobIsLate() {
        DeadlineOutcome outcome = run(market(zone("a", "00000000")), view -> new Order.Wait("no zone has room"));

        assertThat(outcome.met()).isFalse();
        assertThat(outcome.cost()).isZero();
    }
}
