package dev.skyhedge.engine.placement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.engine.placement.PlacementDecision.Choice;
import dev.skyhedge.engine.placement.PlacementDecision.Role;
import dev.skyhedge.specs.PlacementSpec;
import dev.skyhedge.spi.Accelerator;
import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.state.records.ZoneHealth;
import dev.skyhedge.state.records.ZoneHealth.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Three zones, `east/a` cheapest and `west/a` dearest.
class SpotHedgeTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Accelerator L4 = Accelerator.parse("L4:1");
    private static final Offer EAST_A = spot("east", "east-a", "0.30");
    private static final Offer EAST_B = spot("east", "east-b", "0.31");
    private static final Offer WEST_A = spot("west", "west-a", "0.32");
    private static final Offer ON_DEMAND = offer("east", "east-a", Market.ON_DEMAND, "0.80");
    private static final Offer DEARER_ON_DEMAND = offer("west", "west-a", Market.ON_DEMAND, "0.85");
    private static final List<Offer> OFFERS = List.of(DEARER_ON_DEMAND, WEST_A, EAST_B, ON_DEMAND, EAST_A);

    private static Offer spot(String region, String zone, String price) {
        return offer(region, zone, Market.SPOT, price);
    }

    private static Offer offer(String region, String zone, Market market, String price) {
        return new Offer("g6", L4, new Location("aws", region, zone), market, HourlyPrice.ofUsd(price));
    }

    private static ZoneHealth health(Offer offer, Status status, Duration retryIn) {
        return new ZoneHealth(
                offer.location(), L4, offer.market(), status, 1, NOW, NOW.plus(retryIn), "taken back lately");
    }

    private static PlacementDecision decide(
            PlacementSpec spec, int wanted, List<Offer> held, int ready, List<ZoneHealth> health) {
        return decide(spec, wanted, held, ready, health, OFFERS);
    }

    private static PlacementDecision decide(
            PlacementSpec spec, int wanted, List<Offer> held, int ready, List<ZoneHealth> health, List<Offer> offers) {
        var onSpot =
                held.stream().filter(offer -> offer.market() == Market.SPOT).toList();
        var onDemand = held.stream()
                .filter(offer -> offer.market() == Market.ON_DEMAND)
                .toList();
        return PlacementPolicy.of(spec).decide(request(wanted, onSpot, onDemand, ready, 0, health, offers));
    }

    /// Of a service that was never launched before.
    private static PlacementRequest request(
            int wanted,
            List<Offer> onSpot,
            List<Offer> onDemand,
            int ready,
            int spotDelayed,
            List<ZoneHealth> health,
            List<Offer> offers) {
        return new PlacementRequest(
                wanted,
                new HeldFleet(
                        Stream.concat(onSpot.stream(), onDemand.stream())
                                .map(offer -> new HeldReplica(offer, HeldReplica.Phase.STARTING, NOW))
                                .toList(),
                        ready,
                        spotDelayed,
                        0),
                offers,
                health,
                Closures.NONE,
                NOW,
                0,
                Duration.ZERO,
                Integer.MAX_VALUE,
                0);
    }

    private static PlacementSpec spotOnly(int spares) {
        return new PlacementSpec.SpotHedge(spares, false, 0);
    }

    private static List<Offer> chosen(PlacementDecision decision) {
        return decision.choices().stream().map(Choice::offer).toList();
    }

    @Test
    void spreadsOverZonesCheapestFirst() {
        assertThat(chosen(decide(spotOnly(0), 3, List.of(), 0, List.of()))).containsExactly(EAST_A, EAST_B, WEST_A);
    }

    @Test
    void goesToTheCheapestZoneOnceAllHoldOne() {
        var decision = decide(spotOnly(0), 5, List.of(EAST_A, EAST_B, WEST_A), 3, List.of());

        assertThat(chosen(decision)).containsExactly(EAST_A, EAST_A);
        assertThat(decision.choices().getFirst().reason()).contains("all that are open have one of ours");
    }

    @Test
    void decidesTheSameWhateverTheOrderOfOffers() {
        List<Offer> shuffled = new ArrayList<>(OFFERS);
        Collections.reverse(shuffled);

        assertThat(decide(spotOnly(1), 4, List.of(), 0, List.of(), shuffled))
                .isEqualTo(decide(spotOnly(1), 4, List.of(), 0, List.of()));
    }

    @Test
    void prefersTheFirstLocationAtEqualPrices() {
        Offer twin = spot("east", "east-0", "0.30");

        var decision = decide(spotOnly(0), 1, List.of(), 0, List.of(), List.of(EAST_A, twin));

        assertThat(chosen(decision)).containsExactly(twin);
    }

    @Test
    void saysWhatEachReplicaIsFor() {
        var decision = decide(new PlacementSpec.SpotHedge(1, true, 1), 2, List.of(), 0, List.of());

        assertThat(decision.choices())
                .extracting(Choice::role)
                .containsExactly(Role.TARGET, Role.SPARE, Role.ON_DEMAND, Role.FALLBACK);
        assertThat(decision.choices()).extracting(Choice::reason).doesNotContain("");
    }

    @Test
    void standsInForMissingSpotAndItsSparesButNeverBeyondWanted() {
        PlacementSpec spec = new PlacementSpec.SpotHedge(2, true, 0);

        assertThat(decide(spec, 3, List.of(), 0, List.of()).onDemandTarget()).isEqualTo(3);
        assertThat(decide(spec, 3, List.of(), 3, List.of()).onDemandTarget()).isEqualTo(2);
        assertThat(decide(spec, 3, List.of(), 5, List.of()).onDemandTarget()).isZero();
    }

    @Test
    void keepsTheBaseOnDemandForGood() {
        var decision = decide(new PlacementSpec.SpotHedge(0, false, 2), 3, List.of(), 1, List.of());

        assertThat(decision.spotTarget()).isEqualTo(1);
        assertThat(decision.onDemandTarget()).isEqualTo(2);
        assertThat(decision.onDemandSettled()).isEqualTo(2);
    }

    @Test
    void wantsNothingAtZero() {
        var decision = decide(new PlacementSpec.SpotHedge(1, true, 1), 0, List.of(), 0, List.of());

        assertThat(decision.choices()).isEmpty();
        assertThat(decision.spotTarget() + decision.onDemandTarget()).isZero();
    }

    @Test
    void avoidsAZoneThatPreempts() {
        var decision =
                decide(spotOnly(0), 1, List.of(), 0, List.of(health(EAST_A, Status.PREEMPTING, Duration.ofHours(-1))));

        assertThat(chosen(decision)).containsExactly(EAST_B);
        assertThat(decision.learnt()).isEmpty();
    }

    @Test
    void forgivesAllZonesWhenFewerThanTwoAreActive() {
        var decision = decide(
                spotOnly(0),
                1,
                List.of(),
                0,
                List.of(
                        health(EAST_A, Status.PREEMPTING, Duration.ZERO),
                        health(EAST_B, Status.PREEMPTING, Duration.ZERO)));

        assertThat(chosen(decision)).containsExactly(EAST_A);
        assertThat(decision.learnt()).hasSize(2).extracting(ZoneHealth::status).containsOnly(Status.ACTIVE);
    }

    @Test
    void learnsNothingWhenNothingIsMissing() {
        var all = List.of(
                health(EAST_A, Status.PREEMPTING, Duration.ZERO),
                health(EAST_B, Status.PREEMPTING, Duration.ZERO),
                health(WEST_A, Status.PREEMPTING, Duration.ZERO));

        assertThat(decide(spotOnly(0), 1, List.of(WEST_A), 1, all).learnt()).isEmpty();
    }

    @Test
    void waitsForTheFirstZoneToOpenWhenAllAreClosed() {
        var decision = decide(
                spotOnly(0),
                2,
                List.of(),
                0,
                List.of(
                        health(EAST_A, Status.ACTIVE, Duration.ofSeconds(30)),
                        health(EAST_B, Status.ACTIVE, Duration.ofSeconds(20)),
                        health(WEST_A, Status.ACTIVE, Duration.ofSeconds(40))));

        assertThat(decision.choices()).isEmpty();
        assertThat(decision.retryAt()).contains(NOW.plusSeconds(20));
        assertThat(decision.blocked())
                .containsExactly("2 spot replicas must wait 20s (aws/east/east-b: taken back lately)");
    }

    @Test
    void saysThatNothingIsOfferedWhereTheSpecPermits() {
        assertThat(decide(spotOnly(0), 1, List.of(), 0, List.of(), List.of()).blocked())
                .containsExactly(
                        "1 spot replica cannot be placed: " + "nothing that its resources permit is offered as spot");
    }

    @Test
    void holdsBackReplicasThatFailedAMomentAgo() {
        var decision =
                PlacementPolicy.of(spotOnly(0)).decide(request(3, List.of(EAST_A), List.of(), 1, 1, List.of(), OFFERS));

        assertThat(chosen(decision)).containsExactly(EAST_B);
    }

    @Test
    void rentsOnDemandWhereThatIsCheapest() {
        var decision = decide(new PlacementSpec.OnDemand(), 2, List.of(), 0, List.of());

        assertThat(chosen(decision)).containsExactly(ON_DEMAND, ON_DEMAND);
        assertThat(decision.spotTarget()).isZero();
    }

    @Test
    void rentsOnDemandElsewhereWhenTheCheapestZoneIsClosed() {
        var decision = decide(
                new PlacementSpec.OnDemand(),
                1,
                List.of(),
                0,
                List.of(health(ON_DEMAND, Status.ACTIVE, Duration.ofMinutes(1))));

        assertThat(chosen(decision)).containsExactly(DEARER_ON_DEMAND);
    }
}
