package dev.skyhedge.providers.simulated;

import static dev.skyhedge.providers.simulated.TestClouds.EAST_A;
import static dev.skyhedge.providers.simulated.TestClouds.EAST_B;
import static dev.skyhedge.providers.simulated.TestClouds.LINEAGE;
import static dev.skyhedge.providers.simulated.TestClouds.START;
import static dev.skyhedge.providers.simulated.TestClouds.done;
import static dev.skyhedge.providers.simulated.TestClouds.launch;
import static dev.skyhedge.providers.simulated.TestClouds.onDemand;
import static dev.skyhedge.providers.simulated.TestClouds.request;
import static dev.skyhedge.providers.simulated.TestClouds.seen;
import static dev.skyhedge.providers.simulated.TestClouds.spot;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.providers.simulated.market.CalmMarket;
import dev.skyhedge.spi.EndCause;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.InstanceState;
import dev.skyhedge.spi.LocationPattern;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.Provider.Ended;
import dev.skyhedge.spi.ProviderEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CloudTest {
    private static final Duration NOTICE = Duration.ofSeconds(30);

    @Test
    void bootsAfterItsDelayAndNotBefore() {
        Cloud cloud = TestClouds.calm(CloudRules.calm().withBoot(Duration.ofSeconds(10), Duration.ofSeconds(20)));
        Instance one = launch(cloud, "chat-1", spot(EAST_A));

        cloud.advance(Duration.ofMillis(9_999));
        assertThat(seen(cloud, one.id()).state()).isEqualTo(InstanceState.PENDING);

        cloud.advance(Duration.ofMillis(1));
        assertThat(seen(cloud, one.id()).state()).isEqualTo(InstanceState.RUNNING);
    }

    @Test
    void spotIsRefusedWhereCapacityIsHeldAndOnDemandIsNot() {
        Cloud cloud = TestClouds.cloud(CloudRules.calm(), new CalmMarket(TestClouds.ZONES, 1));
        launch(cloud, "chat-1", spot(EAST_A));

        assertThat(failure(cloud.launch(request("chat-2", spot(EAST_A))))).isInstanceOf(Failure.NoCapacity.class);
        launch(cloud, "chat-3", onDemand(EAST_A));
        launch(cloud, "chat-4", spot(EAST_B));
    }

    @Test
    void spotBelowTheMarketPriceIsRefused() {
        Cloud cloud = TestClouds.calm(CloudRules.calm());

        Outcome<Instance> outcome = cloud.launch(request("chat-1", spot(EAST_A).at(HourlyPrice.ofUsd("0.39"))));

        assertThat(failure(outcome)).isInstanceOf(Failure.PriceTooLow.class);
    }

    @Test
    void closedZonePreemptsAfterTheNoticeAndRefusesAtOnce() {
        Cloud cloud = TestClouds.calm(CloudRules.calm().withNotice(NOTICE));
        List<ProviderEvent> events = new ArrayList<>();
        cloud.events(LINEAGE, events::add);
        Instance one = launch(cloud, "chat-1", spot(EAST_A));

        cloud.closeZone(EAST_A);

        assertThat(events).contains(new ProviderEvent.PreemptionNotice(one.id(), one.tags(), START.plus(NOTICE)));
        assertThat(failure(cloud.launch(request("chat-2", spot(EAST_A))))).isInstanceOf(Failure.NoCapacity.class);
        assertThat(seen(cloud, one.id()).isLive()).isTrue();
        cloud.advance(NOTICE);
        assertThat(seen(cloud, one.id()).end().orElseThrow().cause()).isEqualTo(EndCause.PREEMPTED);
        assertThat(seen(cloud, one.id()).end().orElseThrow().at()).isEqualTo(START.plus(NOTICE));
    }

    @Test
    void newestGoFirst() {
        Cloud cloud =
                TestClouds.cloud(CloudRules.calm(), new FallingMarket(TestClouds.ZONES, 3, 1, Duration.ofHours(1)));
        List<Instance> all = List.of(
                launch(cloud, "chat-1", spot(EAST_A)),
                launch(cloud, "chat-2", spot(EAST_A)),
                launch(cloud, "chat-3", spot(EAST_A)));

        cloud.advance(Duration.ofHours(1));

        assertThat(cloud.ledger().live())
                .extracting(Rental::instanceId)
                .containsExactly(all.getFirst().id());
    }

    @Test
    void terminatedDuringNoticeCountsAsTerminatedOnce() {
        Cloud cloud = TestClouds.calm(CloudRules.calm().withNotice(NOTICE));
        Instance one = launch(cloud, "chat-1", spot(EAST_A));
        cloud.preempt(one.id(), NOTICE);

        done(cloud.terminate(one.id(), EAST_A));
        cloud.advance(NOTICE);

        assertThat(seen(cloud, one.id()).end().orElseThrow().cause()).isEqualTo(EndCause.TERMINATED);
        launch(cloud, "chat-2", spot(EAST_A));
        assertThat(cloud.ledger().live()).hasSize(1);
    }

    @Test
    void launchStaysInvisibleForTheVisibilityDelay() {
        Cloud cloud = TestClouds.calm(CloudRules.calm().withVisibilityDelay(Duration.ofSeconds(60)));
        launch(cloud, "chat-1", spot(EAST_A));

        assertThat(done(cloud.observe(LINEAGE)).instances()).isEmpty();
        cloud.advance(Duration.ofSeconds(60));
        assertThat(done(cloud.observe(LINEAGE)).instances()).hasSize(1);
    }

    @Test
    void endedInstanceIsForgottenAfterItsRetentionButNotItsToken() {
        Cloud cloud = TestClouds.calm(CloudRules.calm().withEndedRetention(Duration.ofMinutes(5)));
        Instance one = launch(cloud, "chat-1", spot(EAST_A));
        done(cloud.terminate(one.id(), EAST_A));
        assertThat(seen(cloud, one.id()).isLive()).isFalse();

        cloud.advance(Duration.ofMinutes(5));

        assertThat(done(cloud.observe(LINEAGE)).instances()).isEmpty();
        assertThat(launch(cloud, "chat-1", spot(EAST_A)).id()).isEqualTo(one.id());
    }

    @Test
    void lostAnswerHidesAnInstanceThatRepetitionFinds() {
        Cloud cloud = TestClouds.calm(CloudRules.calm());
        cloud.faults().next(Call.LAUNCH, new Fault.AnswerLost());

        assertThat(failure(cloud.launch(request("chat-1", spot(EAST_A))))).isInstanceOf(Failure.OutcomeUnknown.class);
        launch(cloud, "chat-1", spot(EAST_A));

        assertThat(cloud.ledger().rentals()).hasSize(1);
        assertThat(cloud.ledger().launchedTwice()).isEmpty();
    }

    @Test
    void lostCallRentsNothing() {
        Cloud cloud = TestClouds.calm(CloudRules.calm());
        cloud.faults().next(Call.LAUNCH, new Fault.CallLost());

        assertThat(failure(cloud.launch(request("chat-1", spot(EAST_A))))).isInstanceOf(Failure.OutcomeUnknown.class);

        assertThat(cloud.ledger().rentals()).isEmpty();
    }

    @Test
    void lateLaunchAppearsLater() {
        Cloud cloud = TestClouds.calm(CloudRules.calm());
        cloud.faults().next(Call.LAUNCH, new Fault.Late(Duration.ofMinutes(2)));
        assertThat(failure(cloud.launch(request("chat-1", spot(EAST_A))))).isInstanceOf(Failure.OutcomeUnknown.class);

        cloud.advance(Duration.ofMinutes(1));
        assertThat(cloud.ledger().rentals()).isEmpty();
        cloud.advance(Duration.ofMinutes(1));
        assertThat(cloud.ledger().live()).hasSize(1);
    }

    @Test
    void lostTerminationIsKnownToHaveWorkedOnlyByLooking() {
        Cloud cloud = TestClouds.calm(CloudRules.calm());
        Instance one = launch(cloud, "chat-1", spot(EAST_A));
        cloud.faults().next(Call.TERMINATE, new Fault.AnswerLost());

        Outcome<Ended> outcome = cloud.terminate(one.id(), EAST_A);

        assertThat(failure(outcome)).isInstanceOf(Failure.OutcomeUnknown.class);
        assertThat(seen(cloud, one.id()).isLive()).isFalse();
    }

    @Test
    void scriptedRefusalsComeInOrder() {
        Cloud cloud = TestClouds.calm(CloudRules.calm());
        cloud.faults().refuseNext(Call.LAUNCH, new Failure.Denied("no"));
        cloud.faults().refuseNext(Call.LAUNCH, new Failure.InvalidRequest("bad"));

        assertThat(failure(cloud.launch(request("chat-1", spot(EAST_A))))).isInstanceOf(Failure.Denied.class);
        assertThat(failure(cloud.launch(request("chat-1", spot(EAST_A))))).isInstanceOf(Failure.InvalidRequest.class);
        launch(cloud, "chat-1", spot(EAST_A));
    }

    @Test
    void tooManyCallsAreThrottledUntilTimePasses() {
        Cloud cloud = TestClouds.calm(CloudRules.calm().withLimits(10, 2));
        done(cloud.observe(LINEAGE));
        done(cloud.observe(LINEAGE));

        Failure throttled = failure(cloud.observe(LINEAGE));

        assertThat(throttled).isInstanceOfSatisfying(Failure.Throttled.class, one -> cloud.advance(one.retryAfter()));
        done(cloud.observe(LINEAGE));
    }

    @Test
    void quotaCountsWhatIsLive() {
        Cloud cloud = TestClouds.calm(CloudRules.calm().withLimits(1, Double.POSITIVE_INFINITY));
        Instance one = launch(cloud, "chat-1", spot(EAST_A));
        assertThat(failure(cloud.launch(request("chat-2", spot(EAST_B))))).isInstanceOf(Failure.Quota.class);

        done(cloud.terminate(one.id(), EAST_A));

        launch(cloud, "chat-2", spot(EAST_B));
    }

    @Test
    void everythingUnreachableFailsInsteadOfLookingEmpty() {
        Cloud cloud = TestClouds.calm(CloudRules.calm());
        cloud.description()
                .locations()
                .forEach(location ->
                        cloud.faults().unreachable(LocationPattern.of(location), new Failure.Denied("expired")));

        assertThat(failure(cloud.observe(LINEAGE))).isInstanceOf(Failure.Denied.class);
    }

    @Test
    void exitedWorkloadEndsItsInstanceAndItsBill() {
        Cloud cloud = TestClouds.calm(CloudRules.calm());
        Instance one = launch(cloud, "chat-1", onDemand(EAST_A));
        cloud.advance(Duration.ofMinutes(30));

        cloud.exit(one.id(), "exit status 1");
        cloud.advance(Duration.ofHours(5));

        assertThat(cloud.ledger()
                        .rental(one.id())
                        .orElseThrow()
                        .end()
                        .orElseThrow()
                        .cause())
                .isEqualTo(EndCause.EXITED);
        assertThat(cloud.ledger().spendMicroDollars(cloud.instant())).isEqualTo(500_000);
    }

    @Test
    void listenerMayCallTheCloud() {
        Cloud cloud = TestClouds.calm(CloudRules.calm());
        cloud.events(LINEAGE, event -> {
            if (event instanceof ProviderEvent.PreemptionNotice) {
                launch(cloud, "chat-2", spot(EAST_B));
            }
        });
        Instance one = launch(cloud, "chat-1", spot(EAST_A));

        cloud.preempt(one.id(), NOTICE);

        assertThat(cloud.ledger().live()).hasSize(2);
    }

    @Test
    void goesOnWhereItsLedgerEnds() {
        List<LedgerEntry> entries = new ArrayList<>();
        Cloud before = TestClouds.cloud(
                CloudRules.calm(), new CalmMarket(TestClouds.ZONES, 9), new Ledger(List.of(), entries::add));
        Instance stays = launch(before, "chat-1", spot(EAST_A));
        Instance ends = launch(before, "chat-2", spot(EAST_A));
        done(before.terminate(ends.id(), EAST_A));

        Cloud after = TestClouds.cloud(
                CloudRules.calm(), new CalmMarket(TestClouds.ZONES, 9), new Ledger(List.copyOf(entries), entries::add));

        assertThat(after.ledger().live()).extracting(Rental::instanceId).containsExactly(stays.id());
        assertThat(launch(after, "chat-1", spot(EAST_A)).id()).isEqualTo(stays.id());
        assertThat(launch(after, "chat-3", spot(EAST_A)).id()).isNotIn(stays.id(), ends.id());
    }

    @Test
    void givesNoIdAgainThatItsLedgerHasCarriedForward() {
        var ledger = new Ledger(List.of(new LedgerEntry.Carried("i-000041", 5)), _ -> {});
        Cloud cloud = TestClouds.cloud(CloudRules.calm(), new CalmMarket(TestClouds.ZONES, 9), ledger);

        assertThat(launch(cloud, "chat-1", spot(EAST_A)).id()).isEqualTo("i-000042");
    }

    @Test
    void tenThousandInstancesComeAndGo() {
        Cloud cloud = TestClouds.calm(CloudRules.calm().withBoot(Duration.ofSeconds(1), Duration.ofSeconds(1)));
        for (int i = 1; i <= 10_000; i++) {
            launch(cloud, "chat-" + i, spot(EAST_A));
        }
        cloud.advance(Duration.ofSeconds(1));

        cloud.closeZone(EAST_A);

        assertThat(cloud.ledger().live()).isEmpty();
        assertThat(cloud.ledger().rentals()).hasSize(10_000);
    }

    private static Failure failure(Outcome<?> outcome) {
        return switch (outcome) {
            case Outcome.Done<?>(Object value) -> throw new AssertionError("Succeeded with " + value);
            case Outcome.Failed<?>(Failure failure) -> failure;
        };
    }
}
