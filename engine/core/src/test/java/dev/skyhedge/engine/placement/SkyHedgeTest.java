package dev.skyhedge.engine.placement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.engine.placement.HeldReplica.Phase;
import dev.skyhedge.engine.placement.PlacementDecision.Choice;
import dev.skyhedge.engine.placement.PlacementDecision.Release;
import dev.skyhedge.engine.placement.PlacementDecision.Role;
import dev.skyhedge.specs.PlacementSpec;
import dev.skyhedge.spi.Accelerator;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.spi.Scope;
import dev.skyhedge.state.records.ZoneHealth;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/// Three zones in two regions, spot for a third of on-demand.
class SkyHedgeTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant LONG_AGO = NOW.minus(Duration.ofDays(2));
    private static final Accelerator L4 = Accelerator.parse("L4:1");
    private static final Offer EAST_A = spot("east", "east-a", "0.30");
    private static final Offer EAST_B = spot("east", "east-b", "0.30");
    private static final Offer WEST_A = spot("west", "west-a", "0.30");
    private static final Offer ON_DEMAND = offer("east", "east-a", Market.ON_DEMAND, "0.90");
    private static final List<Offer> OFFERS = List.of(EAST_A, EAST_B, WEST_A, ON_DEMAND);

    private final List<HeldReplica> held = new ArrayList<>();
    private final List<ZoneHealth> health = new ArrayList<>();
    private List<Offer> offers = OFFERS;

    private static Offer spot(String region, String zone, String price) {
        return offer(region, zone, Market.SPOT, price);
    }

    private static Offer offer(String region, String zone, Market market, String price) {
        return new Offer("g6", L4, new Location("aws", region, zone), market, HourlyPrice.ofUsd(price));
    }

    private SkyHedgeTest holding(Offer offer, Phase phase, int count, Instant since) {
        for (int i = 0; i < count; i++) {
            held.add(new HeldReplica(offer, phase, since));
        }
        return this;
    }

    /// Ready there since then, without a loss.
    private SkyHedgeTest calm(Offer offer, int count, Instant since) {
        ZoneLearning.launched(Optional.empty(), offer, 0, since).ifPresent(health::add);
        return holding(offer, Phase.READY, count, since);
    }

    private SkyHedgeTest refused(Offer offer, Instant at) {
        ZoneLearning.failed(Optional.empty(), offer, 0, at, new Failure.NoCapacity(Scope.of(offer), "no capacity"))
                .ifPresent(health::add);
        return this;
    }

    private static ZoneHealth full(ZoneHealth zone, Offer offer) {
        var failure = new Failure.NoCapacity(Scope.of(offer), "full");
        return ZoneLearning.failed(Optional.of(zone), offer, 1, NOW, failure).orElseThrow();
    }

    private PlacementDecision decide(int wanted) {
        return decide(wanted, PlacementSpec.Skyhedge.DEFAULT);
    }

    private PlacementDecision decide(int wanted, PlacementSpec spec) {
        int ready = (int) held.stream()
                .filter(replica -> replica.offer().market() == Market.SPOT && replica.phase() == Phase.READY)
                .count();
        return PlacementPolicy.of(spec)
                .decide(new PlacementRequest(
                        wanted,
                        new HeldFleet(held, ready, 0, 0),
                        offers,
                        health,
                        Closures.NONE,
                        NOW,
                        0,
                        Duration.ofMinutes(2),
                        Integer.MAX_VALUE,
                        0));
    }

    private static List<Offer> launched(PlacementDecision decision, Market market) {
        return decision.choices().stream()
                .map(Choice::offer)
                .filter(offer -> offer.market() == market)
                .toList();
    }

    @Test
    void startsOverAllZonesWithStandInsUntilTheyAnswer() {
        PlacementDecision decision = decide(3);

        assertThat(launched(decision, Market.SPOT)).contains(EAST_A, EAST_B, WEST_A);
        assertThat(launched(decision, Market.ON_DEMAND)).containsOnly(ON_DEMAND).hasSize(3);
    }

    @Test
    void endsStandInsThatSpotOnItsWayOvertakes() {
        Instant launchedAt = NOW.minusSeconds(30);
        holding(EAST_A, Phase.STARTING, 2, launchedAt).holding(WEST_A, Phase.STARTING, 2, launchedAt);
        holding(ON_DEMAND, Phase.STARTING, 3, launchedAt);

        assertThat(decide(3).onDemandTarget()).isZero();
    }

    @Test
    void keepsAReadyStandInUntilSpotIsReady() {
        calm(EAST_A, 1, LONG_AGO).calm(WEST_A, 1, LONG_AGO);
        holding(EAST_B, Phase.STARTING, 1, NOW.minusSeconds(30));
        holding(ON_DEMAND, Phase.READY, 1, NOW.minus(Duration.ofHours(1)));

        assertThat(decide(3).onDemandTarget()).isEqualTo(1);
    }

    @Test
    void needsNoSpareWhereZonesHaveLongBeenCalm() {
        calm(EAST_A, 1, LONG_AGO).calm(EAST_B, 1, LONG_AGO).calm(WEST_A, 1, LONG_AGO);

        PlacementDecision decision = decide(3);

        assertThat(decision.spotTarget()).isEqualTo(3);
        assertThat(decision.choices()).isEmpty();
    }

    @Test
    void keepsASpareWhileZonesAreNewToIt() {
        Instant lately = NOW.minus(Duration.ofMinutes(20));
        calm(EAST_A, 1, lately).calm(EAST_B, 1, lately).calm(WEST_A, 1, lately);

        PlacementDecision decision = decide(3);

        assertThat(decision.spotTarget()).isEqualTo(4);
        assertThat(decision.choices()).singleElement().satisfies(choice -> {
            assertThat(choice.role()).isEqualTo(Role.SPARE);
            assertThat(choice.reason()).startsWith("spare: ").contains("losses a day are expected");
        });
    }

    @Test
    void givesUpTheSpareInTheRiskiestZone() {
        calm(EAST_A, 2, LONG_AGO).calm(WEST_A, 1, LONG_AGO).calm(EAST_B, 1, NOW.minus(Duration.ofHours(3)));

        PlacementDecision decision = decide(3);

        assertThat(decision.spotTarget()).isEqualTo(3);
        assertThat(decision.releases()).extracting(Release::offer).containsExactly(EAST_B);
    }

    @Test
    void keepsAsManySparesAsTheSpecNumbers() {
        calm(EAST_A, 1, LONG_AGO).calm(EAST_B, 1, LONG_AGO).calm(WEST_A, 1, LONG_AGO);

        var two = new PlacementSpec.Skyhedge(OptionalInt.of(2), 0.999, true, 0);

        assertThat(decide(3, two).spotTarget()).isEqualTo(5);
    }

    @Test
    void replacesALossInTheCalmestZone() {
        calm(EAST_A, 1, LONG_AGO).calm(WEST_A, 1, NOW.minus(Duration.ofHours(2)));
        refused(EAST_B, NOW.minus(Duration.ofMinutes(1)));

        assertThat(launched(decide(3), Market.SPOT)).startsWith(EAST_A);
    }

    @Test
    void spreadsToAnotherRegionWhenAllAreInOneZone() {
        calm(EAST_A, 3, NOW.minus(Duration.ofHours(1)));

        assertThat(launched(decide(3), Market.SPOT)).containsExactly(WEST_A);
    }

    @Test
    void spreadsForADearOutageWhatItLeavesTogetherOtherwise() {
        calm(EAST_A, 3, LONG_AGO);

        assertThat(launched(decide(3), Market.SPOT)).isEmpty();
        assertThat(launched(decide(3, outageAt(100)), Market.SPOT)).containsExactly(WEST_A);
    }

    private static PlacementSpec outageAt(double usdPerMinute) {
        return new PlacementSpec.Skyhedge(OptionalInt.empty(), 0.999, OptionalDouble.of(usdPerMinute), true, 0);
    }

    @Test
    void leavesAZoneInWhichItWasRefusedAloneUntilItsRetry() {
        calm(EAST_A, 2, LONG_AGO);
        refused(EAST_B, NOW);
        refused(WEST_A, NOW);

        assertThat(launched(decide(3), Market.SPOT)).doesNotContain(EAST_B, WEST_A);
    }

    @Test
    void asksASuspectZoneForOneAtATime() {
        offers = List.of(EAST_A, ON_DEMAND);
        refused(EAST_A, NOW.minus(Duration.ofMinutes(1)));

        PlacementDecision decision = decide(3);

        assertThat(launched(decision, Market.SPOT)).hasSize(1);
        assertThat(decision.blocked()).singleElement().asString().startsWith("2 spot replicas must wait");
    }

    @Test
    void startsNoOnDemandForASpareThatFindsNoRoom() {
        offers = List.of(EAST_A, EAST_B, ON_DEMAND);
        calm(EAST_A, 2, NOW.minus(Duration.ofHours(6))).calm(EAST_B, 1, NOW.minus(Duration.ofHours(6)));
        health.replaceAll(zone -> full(zone, zone.location().equals(EAST_A.location()) ? EAST_A : EAST_B));

        assertThat(launched(decide(3), Market.ON_DEMAND)).isEmpty();
    }

    @Test
    void standsByOnDemandWhileSurvivorsOfALossAreAlone() {
        offers = List.of(EAST_A, ON_DEMAND);
        calm(EAST_A, 2, NOW.minus(Duration.ofHours(5)));
        health.set(0, ZoneLearning.preempted(Optional.of(health.getFirst()), EAST_A, 2, NOW, "taken back"));

        PlacementDecision decision = decide(3);

        assertThat(decision.onDemandTarget()).isGreaterThan(1);
    }

    @Test
    void standsByForNothingThatIsOnlyAskedFor() {
        offers = List.of(EAST_A, ON_DEMAND);
        calm(EAST_A, 2, NOW.minus(Duration.ofHours(5)));
        health.set(0, ZoneLearning.preempted(Optional.of(health.getFirst()), EAST_A, 0, NOW, "taken back"));
        held.clear();
        holding(EAST_A, Phase.ASKED, 1, NOW).holding(ON_DEMAND, Phase.READY, 3, NOW.minusSeconds(60));

        assertThat(decide(3).onDemandTarget()).isEqualTo(3);
    }

    @Test
    void buysNoSpotThatCostsNearlyAsMuchAsOnDemand() {
        offers = List.of(spot("east", "east-a", "0.86"), ON_DEMAND);

        PlacementDecision decision = decide(3);

        assertThat(decision.spotTarget()).isZero();
        assertThat(decision.choices())
                .hasSize(3)
                .allMatch(choice -> choice.offer().equals(ON_DEMAND));
    }

    @Test
    void endsAllAtZero() {
        calm(EAST_A, 1, LONG_AGO);

        PlacementDecision decision = decide(0);

        assertThat(decision.spotTarget()).isZero();
        assertThat(decision.onDemandTarget()).isZero();
        assertThat(decision.choices()).isEmpty();
    }

    @Test
    void neverEndsWhatIsWantedWhileAMoveIsUnderWay() {
        calm(EAST_A, 2, NOW.minus(Duration.ofHours(9))).calm(EAST_B, 1, NOW.minus(Duration.ofMinutes(10)));
        holding(WEST_A, Phase.STARTING, 1, NOW.minusSeconds(30));

        assertThat(decide(3).releases()).isEmpty();
    }

    @Test
    void startsNoFurtherSpotAfterStartsThatWereLostAtOnce() {
        offers = List.of(EAST_A, ON_DEMAND);
        Instant at = NOW.minus(Duration.ofMinutes(20));
        Optional<ZoneHealth> zone = Optional.empty();
        for (int start = 0; start < 4; start++) {
            at = at.plusSeconds(60);
            zone = ZoneLearning.launched(zone, EAST_A, 0, at);
            zone = Optional.of(ZoneLearning.preempted(zone, EAST_A, 0, at.plusSeconds(20), "taken back"));
        }
        health.add(zone.orElseThrow());

        PlacementDecision decision = decide(3);

        assertThat(launched(decision, Market.SPOT)).isEmpty();
        assertThat(launched(decision, Market.ON_DEMAND)).hasSize(3);
        assertThat(decision.blocked()).singleElement().asString().startsWith("3 spot replicas wait: of late");
        assertThat(decision.retryAt()).isPresent();
    }

    @Test
    void keepsNoSpareThatMakesSpotDearerThanAllOnDemand() {
        Offer dear = spot("east", "east-a", "0.60");
        offers = List.of(dear, spot("west", "west-a", "0.60"), ON_DEMAND);
        calm(dear, 1, NOW.minus(Duration.ofMinutes(20)));

        assertThat(decide(1).spotTarget()).isEqualTo(1);
    }

    @Test
    void standsByForNoMoreThanAllOnDemandWouldCostOnceALossIsPast() {
        Offer dear = spot("east", "east-a", "0.50");
        offers = List.of(dear, ON_DEMAND);
        calm(dear, 3, NOW.minus(Duration.ofHours(5)));
        Instant lost = NOW.minus(Duration.ofMinutes(9));
        health.set(0, ZoneLearning.preempted(Optional.of(health.getFirst()), dear, 3, lost, "taken back"));

        assertThat(decide(3).onDemandTarget()).isEqualTo(1);
    }

    @Test
    void callsAZoneCalmOnlyForWhatWasSeen() {
        offers = List.of(EAST_A, ON_DEMAND);
        calm(EAST_A, 1, NOW.minusSeconds(8));

        assertThat(decide(3).choices())
                .filteredOn(choice -> choice.offer().equals(EAST_A))
                .extracting(Choice::reason)
                .isNotEmpty()
                .allMatch(reason -> reason.startsWith("calm for 8s"));
    }
}
