package dev.skyhedge.providers.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.providers.aws.fake.Faults;
import dev.skyhedge.providers.aws.fake.Rented;
import dev.skyhedge.providers.aws.fake.World;
import dev.skyhedge.providers.cloud.contract.Outcomes;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Observation;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.spi.OfferList;
import dev.skyhedge.spi.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Seeing, ending and pricing instances.
class FleetTest {
    private static final Location EAST_A = new Location("aws", "us-east-1", "us-east-1a");

    private final TestAws aws = new TestAws();
    private final AwsProvider client = aws.client();

    @AfterEach
    void close() {
        client.close();
        aws.close();
    }

    private Instance launch(String replica) {
        return Outcomes.done(client.launch(TestAws.request(replica, TestAws.spot("us-east-1a"))));
    }

    // --- seeing

    @Test
    void listsMoreThanAPageOfInstances() {
        aws.cloud.populate(
                "us-east-1a",
                "g6.xlarge",
                1_200,
                i -> Map.of(
                        "skyhedge-lineage",
                        TestAws.LINEAGE,
                        "skyhedge-service",
                        "chat",
                        "skyhedge-replica",
                        "chat-" + i,
                        "skyhedge-generation",
                        "1",
                        "skyhedge-token",
                        "t" + i));

        List<Instance> seen = Outcomes.done(client.observe(TestAws.LINEAGE)).instances();

        assertThat(seen).hasSize(1_200);
        assertThat(seen.stream().map(Instance::id)).doesNotHaveDuplicates();
    }

    @Test
    void instanceThatIsNotListedYetComesUpWithoutADuplicate() {
        aws.cloud.rules().lag(Duration.ofSeconds(20));
        Instance made = launch("chat-1");
        assertThat(Outcomes.done(client.observe(TestAws.LINEAGE)).instances()).isEmpty();

        Instance again = launch("chat-1");
        aws.clock.advance(Duration.ofSeconds(21));

        assertThat(again.id()).isEqualTo(made.id());
        assertThat(Outcomes.done(client.observe(TestAws.LINEAGE)).instances())
                .extracting(Instance::id)
                .containsExactly(made.id());
        assertThat(client.limits().visibilityDelay()).isGreaterThan(Duration.ofSeconds(20));
    }

    @Test
    void regionThatDoesNotAnswerIsNamedAndTheRestIsComplete() {
        Instance east = launch("chat-1");
        aws.cloud.faults().cutOff("eu-central-1");

        Observation partial = Outcomes.done(client.observe(TestAws.LINEAGE));

        assertThat(partial.instances()).extracting(Instance::id).containsExactly(east.id());
        assertThat(partial.covers(EAST_A)).isTrue();
        assertThat(partial.covers(new Location("aws", "eu-central-1", "eu-central-1b")))
                .isFalse();
    }

    @Test
    void unknownRegionsAreNotTakenForEmptyOnes() {
        aws.with("regions", List.of("us-east-1"));
        aws.cloud.faults().next("DescribeRegions", "", new Faults.Fault.Refused("UnauthorizedOperation", "no", 403), 9);
        try (AwsProvider limited = aws.client()) {
            Observation seen = Outcomes.done(limited.observe(TestAws.LINEAGE));

            assertThat(seen.covers(new Location("aws", "eu-central-1", "eu-central-1a")))
                    .isFalse();
        }
    }

    @Test
    void regionThatNobodyNamesAnyMoreIsStillSearched() {
        Instance east = launch("chat-1");
        aws.with("regions", List.of("us-west-2"));
        try (AwsProvider moved = aws.client()) {
            assertThat(Outcomes.done(moved.observe(TestAws.LINEAGE)).instances())
                    .extracting(Instance::id)
                    .containsExactly(east.id());
        }
    }

    @Test
    void instanceWithDamagedTagsStaysVisible() {
        Instance east = launch("chat-1");
        aws.cloud.retag(east.id(), tags -> {
            Map<String, String> damaged = new TreeMap<>(tags);
            damaged.remove("skyhedge-token");
            return damaged;
        });

        assertThat(Outcomes.done(client.observe(TestAws.LINEAGE)).instances())
                .extracting(Instance::id)
                .containsExactly(east.id());
    }

    @Test
    void strangersNeverAppear() {
        aws.cloud.populate("us-east-1a", "g6.xlarge", 3, i -> Map.of("Name", "somebody's"));

        assertThat(Outcomes.done(client.observe("")).instances()).isEmpty();
    }

    @Test
    void oneCallARegionIsEnough() {
        for (int i = 0; i < 20; i++) {
            launch("chat-" + i);
        }
        Outcomes.done(client.observe(TestAws.LINEAGE));
        aws.cloud.forgetExchanges();

        Outcomes.done(client.observe(TestAws.LINEAGE));

        assertThat(aws.cloud.exchanges()).hasSize(3);
    }

    // --- ending

    @Test
    void endingASpotInstanceLeavesNoRequestOpen() {
        Instance mine = launch("chat-1");

        Outcomes.done(client.terminate(mine.id(), EAST_A));

        assertThat(aws.cloud.rented()).singleElement().satisfies(rented -> {
            assertThat(rented.isLive()).isFalse();
            assertThat(rented.requestState()).isEqualTo("cancelled");
        });
    }

    @Test
    void anotherProcessCancelsTheRequestToo() {
        Instance mine = launch("chat-1");

        Outcomes.done(aws.client().terminate(mine.id(), EAST_A));

        assertThat(aws.cloud.rented().getFirst().requestState()).isEqualTo("cancelled");
    }

    @Test
    void oneBadIdAmongManyDoesNotKeepTheOthers() throws Exception {
        List<Future<Outcome<AwsProvider.Ended>>> answers = new ArrayList<>();
        List<String> ids = new ArrayList<>(List.of("i-0123456789abcdef0"));
        for (int i = 0; i < 9; i++) {
            ids.add(launch("chat-" + i).id());
        }

        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            ids.forEach(id -> answers.add(callers.submit(() -> client.terminate(id, EAST_A))));
        }

        for (Future<Outcome<AwsProvider.Ended>> answer : answers) {
            Outcomes.done(answer.get());
        }
        assertThat(aws.cloud.live()).isEmpty();
    }

    @Test
    void instanceThatEc2DoesNotKnowYetIsNotTakenForGone() {
        aws.cloud.rules().lag(Duration.ofSeconds(5));
        Instance mine = launch("chat-1");

        Outcomes.done(client.terminate(mine.id(), EAST_A));

        assertThat(aws.cloud.live()).isEmpty();
    }

    @Test
    void lostReplyOfATerminationIsMadeGoodByAskingAgain() {
        Instance mine = launch("chat-1");
        aws.cloud.faults().next("TerminateInstances", new Faults.Fault.ReplyLost());

        Outcomes.done(client.terminate(mine.id(), EAST_A));

        assertThat(aws.cloud.live()).isEmpty();
    }

    @Test
    void deniedTerminationIsToldAndNotTakenForDone() {
        Instance mine = launch("chat-1");
        aws.cloud.faults().next("TerminateInstances", new Faults.Fault.Refused("UnauthorizedOperation", "no", 403));

        assertThat(Outcomes.failure(client.terminate(mine.id(), EAST_A))).isInstanceOf(Failure.Denied.class);
        assertThat(aws.cloud.live()).extracting(Rented::id).containsExactly(mine.id());
    }

    // --- prices

    @Test
    void spotPricesAreThoseOfTheMoment() {
        aws.cloud.price("us-east-1b", "g6.xlarge", "0.234500");
        aws.clock.advance(Duration.ofMinutes(1));
        aws.cloud.price("us-east-1b", "g6.xlarge", "0.271800");

        OfferList offers = Outcomes.done(client.offers(TestAws.ANYTHING));

        assertThat(offers.offers())
                .filteredOn(offer -> offer.rentsSameAs(TestAws.spot("us-east-1b")))
                .singleElement()
                .satisfies(offer -> assertThat(offer.price().usd()).isEqualByComparingTo("0.2718"));
        assertThat(offers.unreachable()).isEmpty();
    }

    @Test
    void spotThatIsNotCheaperIsNotOffered() {
        aws.cloud.price("us-east-1b", "g6.xlarge", "0.9");

        assertThat(Outcomes.done(client.offers(TestAws.ANYTHING)).offers())
                .noneMatch(TestAws.spot("us-east-1b")::rentsSameAs)
                .anyMatch(TestAws.onDemand("us-east-1b")::rentsSameAs);
    }

    @Test
    void zoneWithoutTheMachineTypeOffersNone() {
        try (TestAws other = new TestAws(World.small().without("us-east-1a", "g6.xlarge"))) {
            assertThat(Outcomes.done(other.client().offers(TestAws.ANYTHING)).offers())
                    .noneMatch(TestAws.onDemand("us-east-1a")::rentsSameAs)
                    .anyMatch(TestAws.onDemand("us-east-1b")::rentsSameAs);
        }
    }

    @Test
    void nothingIsOfferedInZonesOfCitiesWhetherOptedInOrNot() {
        assertThat(Outcomes.done(client.offers(TestAws.ANYTHING)).offers())
                .isNotEmpty()
                .allMatch(offer ->
                        offer.location().zone().matches(offer.location().region() + "[a-c]"));
    }

    @Test
    void zonesAreThoseWithTheNameOfOneWhereTheirTypesMayNotBeRead() {
        aws.cloud
                .faults()
                .next(
                        "DescribeAvailabilityZones",
                        "",
                        new Faults.Fault.Refused("UnauthorizedOperation", "no", 403),
                        99);

        assertThat(Outcomes.done(client.offers(TestAws.ANYTHING)).offers())
                .anyMatch(TestAws.onDemand("us-east-1a")::rentsSameAs)
                .allMatch(offer ->
                        offer.location().zone().matches(offer.location().region() + "[a-c]"));
    }

    @Test
    void cardsThatTheUsualImageCannotDriveAreOfferedWithAnotherOne() {
        assertThat(Outcomes.done(client.offers(TestAws.ANYTHING)).offers())
                .noneMatch(offer -> offer.instanceType().startsWith("p3."));

        aws.with("regions", List.of("us-east-1")).with("image", World.IMAGE.id());
        try (AwsProvider own = aws.client()) {
            assertThat(Outcomes.done(own.offers(TestAws.ANYTHING)).offers())
                    .anyMatch(offer -> offer.instanceType().startsWith("p3."));
        }
    }

    @Test
    void priceHistoryThatIsDeniedBlocksNothing() {
        aws.cloud
                .faults()
                .next("DescribeSpotPriceHistory", "", new Faults.Fault.Refused("UnauthorizedOperation", "no", 403), 99);

        List<Offer> offers = Outcomes.done(client.offers(TestAws.ANYTHING)).offers();

        assertThat(offers).anyMatch(TestAws.onDemand("us-east-1a")::rentsSameAs);
        assertThat(offers).anyMatch(offer -> offer.market() == Market.SPOT);
    }

    @Test
    void regionWhoseZonesAreNotKnownIsNamed() {
        aws.cloud
                .faults()
                .next(
                        "DescribeInstanceTypeOfferings",
                        "us-west-2",
                        new Faults.Fault.Refused("OptInRequired", "no", 401),
                        9);

        OfferList offers = Outcomes.done(client.offers(TestAws.ANYTHING));

        assertThat(offers.unreachable())
                .singleElement()
                .satisfies(gap -> assertThat(gap.locations()).hasToString("aws/us-west-2/*"));
        assertThat(offers.offers()).anyMatch(TestAws.onDemand("us-east-1a")::rentsSameAs);
    }

    @Test
    void emulatorThatKnowsFewActionsIsEnough() {
        aws.cloud
                .rules()
                .knowOnly("RunInstances", "DescribeInstances", "TerminateInstances", "DescribeAvailabilityZones");
        aws.with("regions", List.of("us-east-1")).with("image", World.IMAGE.id());
        try (AwsProvider limited = aws.client()) {
            OfferList offers = Outcomes.done(limited.offers(TestAws.ANYTHING));
            Offer offer = offers.offers().stream()
                    .filter(TestAws.onDemand("us-east-1b")::rentsSameAs)
                    .findFirst()
                    .orElseThrow();

            Instance mine = Outcomes.done(limited.launch(TestAws.request("chat-1", offer)));
            Instance spot = Outcomes.done(limited.launch(TestAws.request("chat-2", TestAws.spot("us-east-1a"))));
            assertThat(Outcomes.done(limited.observe(TestAws.LINEAGE)).instances())
                    .extracting(Instance::id)
                    .containsExactly(mine.id(), spot.id());
            Outcomes.done(limited.terminate(mine.id(), mine.offer().location()));
            Outcomes.done(limited.terminate(spot.id(), spot.offer().location()));
        }
        assertThat(aws.cloud.live()).isEmpty();
    }

    @Test
    void emulatorThatKnowsFewFiltersIsEnough() {
        aws.cloud.rules().knowFewFilters().forgetTokens();

        Instance mine = launch("chat-1");
        aws.clock.advance(Duration.ofSeconds(5));

        assertThat(TestAws.seen(client, mine.id()).endpoint()).isPresent();
        Outcomes.done(client.terminate(mine.id(), EAST_A));
        assertThat(aws.cloud.live()).isEmpty();
    }
}
