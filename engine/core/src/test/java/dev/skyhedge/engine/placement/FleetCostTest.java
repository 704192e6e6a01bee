package dev.skyhedge.engine.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.skyhedge.spi.Accelerator;
import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Offer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Two equal pools in two regions of which nothing is known, spot for a third of on-demand.
class FleetCostTest {
    private static final Pools POOLS = pools("east-a", "west-a");

    private static Pools pools(String... zones) {
        return Pools.of(new PlacementRequest(
                3,
                HeldFleet.NONE,
                Stream.of(zones)
                        .flatMap(zone ->
                                Stream.of(offer(zone, Market.SPOT, "0.30"), offer(zone, Market.ON_DEMAND, "0.90")))
                        .toList(),
                List.of(),
                Closures.NONE,
                Instant.EPOCH,
                0,
                Duration.ZERO,
                Integer.MAX_VALUE,
                0));
    }

    private static Offer offer(String zone, Market market, String price) {
        return new Offer(
                "g6",
                Accelerator.parse("L4:1"),
                new Location("aws", zone.substring(0, zone.indexOf('-')), zone),
                market,
                HourlyPrice.ofUsd(price));
    }

    private static double cost(int wanted, int base, int east, int west) {
        return new FleetCost(POOLS, wanted, base, 1, OptionalDouble.empty())
                .perHour(new int[] {east, west}, 0, FleetCost.OUTAGE_BY_CHOICE);
    }

    /// What losses are expected to cost beside the price.
    private static double risk(int wanted, int base, int east, int west) {
        return cost(wanted, base, east, west) - east - west;
    }

    @Test
    void costsLeastWhereNoPoolHoldsAll() {
        assertThat(cost(3, 0, 2, 1)).isLessThan(cost(3, 0, 3, 0));
    }

    @Test
    void foreseesThatTheOnlyPoolsInUseAreLostTogetherInOneRegionOfSeveral() {
        var cost = new FleetCost(pools("east-a", "east-b", "west-a"), 3, 0, 1, OptionalDouble.empty());

        assertThat(cost.perHour(new int[] {2, 1, 0}, 0, FleetCost.OUTAGE_BY_CHOICE))
                .isGreaterThan(cost.perHour(new int[] {2, 0, 1}, 0, FleetCost.OUTAGE_BY_CHOICE));
    }

    @Test
    void aSpareInTheOnlyRegionIsNoDangerToWhatIsThere() {
        var oneRegion = new FleetCost(pools("east-a", "east-b"), 3, 0, 1, OptionalDouble.empty());

        assertThat(oneRegion.perHour(new int[] {3, 1}, 0, FleetCost.OUTAGE_BY_CHOICE))
                .isCloseTo(cost(3, 0, 3, 1), within(1e-9));
    }

    @Test
    void countsAnOutageAtThePriceThatItsOwnerGives() {
        // The size of the service weighs nothing there, nor who could have avoided it.
        double three =
                pricedOutage(3, 100, FleetCost.OUTAGE_BY_CHOICE) - pricedOutage(3, 0, FleetCost.OUTAGE_BY_CHOICE);
        double one = pricedOutage(1, 200, FleetCost.OUTAGE_BY_NEED) - pricedOutage(1, 0, FleetCost.OUTAGE_BY_NEED);

        assertThat(three).isPositive();
        assertThat(one).isCloseTo(2 * three / (1 - POOLS.partialShare()), within(1e-9));
    }

    private static double pricedOutage(int wanted, double price, double usual) {
        return new FleetCost(POOLS, wanted, 0, 1, OptionalDouble.of(price)).perHour(new int[] {wanted, 0}, 0, usual);
    }

    @Test
    void chargesForWhatOnePoolHoldsBeyondAThird() {
        FleetCost six = new FleetCost(POOLS, 6, 1, 0, OptionalDouble.empty());

        // Where shortages are worth nothing, only the price and what hangs on one pool are left.
        assertThat(six.perHour(new int[] {2, 2}, 0, 0)).isCloseTo(4, within(1e-9));
        assertThat(six.perHour(new int[] {4, 2}, 0, 0)).isCloseTo(6 + 2 * 0.3, within(1e-9));
        assertThat(six.perHour(new int[] {6, 0}, 0, 0)).isCloseTo(6 + 4 * 0.3, within(1e-9));
        assertThat(six.perHour(new int[] {6, 0}, 1, 0)).isCloseTo(6 + 3, within(1e-9));
    }

    @Test
    void knowsNoOutageBesideReplicasThatAreNeverLost() {
        assertThat(risk(3, 1, 3, 0)).isLessThan(risk(3, 0, 3, 0) - 1);
    }

    @Test
    void takesTheLossOfTheOnlyReplicaForAnOutage() {
        double withoutOutage = risk(1, 1, 1, 0);

        assertThat(risk(1, 0, 1, 0)).isGreaterThan(2 * withoutOutage);
    }

    @Test
    void paysMoreForTheSameEventInALargerService() {
        double small = risk(3, 1, 1, 1);
        double large = risk(30, 1, 1, 1);

        assertThat(large).isGreaterThan(small);
    }
}
