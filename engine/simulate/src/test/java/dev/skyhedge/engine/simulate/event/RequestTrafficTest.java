package dev.skyhedge.engine.simulate.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.skyhedge.engine.simulate.workload.Workload;
import dev.skyhedge.engine.testing.Declared;
import dev.skyhedge.providers.simulated.market.CalmMarket;
import dev.skyhedge.providers.simulated.market.MarketTrace;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class RequestTrafficTest {
    private static final Lags LAGS = Lags.constant(Duration.ofSeconds(1), Duration.ofSeconds(60));
    private static final Declared ONE = Scenes.chat().wants(1).spotHedge(0, false, 0);

    @Test
    void oneSlotUnderPoissonArrivalsIsTheQueueOfTheTextbook() {
        // M/M/1 with load 0.5: the time in the system is exponential with mean 1 / (0.1 - 0.05) = 20 s. At most
        // exp(-5) = 0.7 % of it is beyond the timeout, less because whoever gives up shortens the queue.
        EventOutcome outcome =
                run(ONE, Scenes.calm(), new Workload.Poisson(0.05, Scenes.SHORT), ServiceTime.exponential(10), 1, 60);

        assertThat(outcome.all().p50()).isCloseTo(20 * Math.log(2), within(0.5));
        assertThat(outcome.all().p90()).isCloseTo(20 * Math.log(10), within(2.0));
        assertThat(outcome.requests().availability()).isBetween(0.993, 0.9995);
    }

    @Test
    void slotsWorkAtTheSameTime() {
        MarketTrace near = new CalmMarket(Scenes.zones().subList(0, 2), 10);

        EventOutcome outcome = run(ONE, near, new Workload.Constant(1, Scenes.SHORT), ServiceTime.constant(3.5), 4, 1);

        assertThat(outcome.answered().p99()).isCloseTo(3.5, within(0.02));
        assertThat(outcome.requests().failed() + outcome.requests().timedOut()).isZero();
    }

    @Test
    void aReplicaThatIsTooSlowWorksForClientsThatHaveGone() {
        EventOutcome outcome =
                run(ONE, Scenes.calm(), new Workload.Constant(1, Scenes.SHORT), ServiceTime.constant(4), 2, 1);

        // Half of what comes could be done. First come, first served begins each when its client is about to leave.
        assertThat(outcome.requests().timedOut()).isPositive();
        assertThat(outcome.requests().availability()).isLessThan(0.1);
        assertThat(outcome.all().p99()).isCloseTo(100, within(0.5));
    }

    @Test
    void farClientsWaitForTheirAnswerToTravel() {
        var market = new CalmMarket(Scenes.zones().subList(2, 3), 10);

        EventOutcome outcome =
                run(ONE, market, new Workload.Constant(0.1, Scenes.SHORT), ServiceTime.constant(1), 4, 1);

        assertThat(outcome.answered().p50()).isCloseTo(1.1017, within(0.005));
    }

    @Test
    void requestsWaitForTheFirstReplicaOfAServiceThatSleeps() {
        EventOutcome outcome = run(
                Scenes.scaledChat(),
                Scenes.calm(),
                new Workload.Constant(0.001, Scenes.SHORT),
                ServiceTime.constant(1),
                4,
                2);

        // A cold start of 60 s and the answers to two calls: the client is still there.
        assertThat(outcome.requests().held()).isPositive();
        assertThat(outcome.requests().failed() + outcome.requests().timedOut()).isZero();
        assertThat(outcome.answered().p99()).isBetween(60.0, 66.0);
    }

    @Test
    void aLostReplicaCostsItsRequestsOneMoreTry() {
        EventOutcome outcome = run(
                Scenes.chat(),
                Scenes.restless(3),
                new Workload.Poisson(0.5, Scenes.SHORT),
                ServiceTime.constant(5),
                8,
                48);

        assertThat(outcome.preemptions()).isPositive();
        assertThat(outcome.requests().retried()).isPositive();
        assertThat(outcome.requests().availability()).isGreaterThan(0.99);
    }

    @Test
    void aServiceSleepsOnlyAfterItsLongAnswersHaveEnded() {
        // An answer takes ten minutes, and four without a new request are enough to sleep.
        EventOutcome outcome = slowly(Scenes.scaledChat(), new Workload.Constant(0.0005, Scenes.SHORT), 600, 3);

        assertThat(outcome.requests().answered())
                .as("the fifth is not over yet")
                .isEqualTo(4);
        assertThat(outcome.requests().held()).as("woken for each").isEqualTo(5);
        assertThat(outcome.requests().failed()
                        + outcome.requests().timedOut()
                        + outcome.requests().retried())
                .isZero();
    }

    @Test
    void longAnswersGetTheReplicasThatTheyNeedThoughFewArrive() {
        // Six at once on average, for which one replica would do by their rate.
        Declared two = Scenes.scaledChat(OptionalDouble.of(2));

        EventOutcome outcome = slowly(two, new Workload.Constant(0.02, Scenes.SHORT), 300, 6);

        assertThat(outcome.answered().p50()).isCloseTo(300, within(1.0));
        assertThat(outcome.requests().timedOut()).isZero();
    }

    private static EventOutcome slowly(Declared service, Workload workload, double seconds, int hours) {
        TrafficSettings usual = Scenes.asked(workload, ServiceTime.constant(seconds), 2);
        TrafficSettings patient = new TrafficSettings(
                usual.workload(),
                usual.serviceTime(),
                usual.slots(),
                Duration.ofMinutes(30),
                usual.roundTrips(),
                usual.endpoint(),
                usual.choice(),
                usual.beginsAfter());
        return EventSimulation.run(
                Scenes.settings(service, Scenes.calm(), LAGS, Optional.of(patient), 11), Duration.ofHours(hours));
    }

    private static EventOutcome run(
            Declared service, MarketTrace market, Workload workload, ServiceTime time, int slots, int hours) {
        return EventSimulation.run(
                Scenes.settings(service, market, LAGS, Optional.of(Scenes.asked(workload, time, slots)), 11),
                Duration.ofHours(hours));
    }
}
