package dev.skyhedge.providers.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.providers.simulated.market.SyntheticMarket;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.LocationPattern;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.spi.OfferQuery;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.ProviderEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class CloudProperties {
    private static final int STEPS = 200;

    /// Everything that a random user of a random market saw and was billed.
    private record Story(List<ProviderEvent> events, List<Rental> rentals, long spend) {}

    @Property(tries = 50)
    void sameSeedTellsTheSameStory(@ForAll long seed) {
        assertThat(story(seed)).isEqualTo(story(seed));
    }

    @Property(tries = 50)
    void holdsNeverMoreSpotThanTheMarketHasOnceNoticesAreOver(@ForAll long seed) {
        SyntheticMarket market = market(seed);
        Cloud cloud = TestClouds.cloud(CloudRules.calm(), market);
        use(cloud, seed, () -> {
            Duration at = Duration.between(TestClouds.START, cloud.instant());
            for (var series : market.series()) {
                long held = cloud.ledger().live().stream()
                        .filter(rental -> rental.offer().market() == Market.SPOT)
                        .filter(rental -> rental.offer().location().zone().equals(series.zone()))
                        .count();
                assertThat(held).isLessThanOrEqualTo(market.capacity(series.key(), at));
            }
        });
    }

    @Property(tries = 50)
    void observationAndLedgerAgree(@ForAll long seed) {
        Cloud cloud = TestClouds.cloud(CloudRules.calm().withNotice(Duration.ofSeconds(30)), market(seed));
        use(
                cloud,
                seed,
                () -> assertThat(TestClouds.done(cloud.observe(TestClouds.LINEAGE)).instances().stream()
                                .filter(Instance::isLive)
                                .map(Instance::id))
                        .containsExactlyElementsOf(cloud.ledger().live().stream()
                                .map(Rental::instanceId)
                                .sorted()
                                .toList()));
    }

    private static SyntheticMarket market(long seed) {
        return new SyntheticMarket(
                TestClouds.ZONES,
                new SyntheticMarket.Shape(
                        Duration.ofMinutes(10), Duration.ofMinutes(5), Optional.of(Duration.ofHours(1)), 5, seed));
    }

    private static Story story(long seed) {
        Cloud cloud = TestClouds.cloud(
                CloudRules.calm()
                        .withNotice(Duration.ofSeconds(30))
                        .withBoot(Duration.ofSeconds(20), Duration.ofSeconds(40))
                        .withVictims(CloudRules.Victims.RANDOM),
                market(seed));
        List<ProviderEvent> events = new ArrayList<>();
        cloud.events(TestClouds.LINEAGE, events::add);
        use(cloud, seed, () -> {});
        return new Story(events, cloud.ledger().rentals(), cloud.ledger().spendMicroDollars(cloud.instant()));
    }

    private static void use(Cloud cloud, long seed, Runnable check) {
        SplittableRandom random = new SplittableRandom(seed);
        OfferQuery anything = new OfferQuery(List.of(LocationPattern.parse("*")), List.of());
        List<Offer> offers = TestClouds.done(cloud.offers(anything)).offers();
        for (int i = 0; i < STEPS; i++) {
            switch (random.nextInt(3)) {
                case 0 -> {
                    Outcome<Instance> any =
                            cloud.launch(TestClouds.request("r-" + i, offers.get(random.nextInt(offers.size()))));
                    assertThat(any).isNotNull();
                }
                case 1 -> {
                    List<Rental> live = cloud.ledger().live();
                    if (!live.isEmpty()) {
                        Rental one = live.get(random.nextInt(live.size()));
                        TestClouds.done(
                                cloud.terminate(one.instanceId(), one.offer().location()));
                    }
                }
                default -> cloud.advance(Duration.ofSeconds(random.nextInt(300)));
            }
            check.run();
        }
    }
}
