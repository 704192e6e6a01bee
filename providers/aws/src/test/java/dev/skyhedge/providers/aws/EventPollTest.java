package dev.skyhedge.providers.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.providers.aws.fake.FakeEc2;
import dev.skyhedge.providers.cloud.calls.CallPacing;
import dev.skyhedge.providers.cloud.calls.CallRate;
import dev.skyhedge.providers.cloud.calls.CallRepeater;
import dev.skyhedge.providers.cloud.catalog.Catalogs;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.InstanceState;
import dev.skyhedge.spi.ProviderEvent;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Where the poll looks, a round at a time.
class EventPollTest {
    private static final long PATIENCE_SECONDS = 10;

    private final TestAws aws = new TestAws();
    private final AwsProvider client = aws.client();
    private final BlockingQueue<ProviderEvent> events = new LinkedBlockingQueue<>();
    private final Semaphore resting = new Semaphore(0);
    private final Semaphore rounds = new Semaphore(0);
    private final EventPoll poll = poll();

    @AfterEach
    void close() {
        poll.close();
        client.close();
        aws.close();
    }

    /// A poll that does its first round by itself and every other one when it is let.
    private EventPoll poll() {
        AwsSettings settings = aws.settings();
        Ec2Calls calls = new Ec2Calls(
                new RegionClients(Optional.of(aws.cloud.endpoint())),
                new CallRepeater(
                        new CallPacing(group -> new CallRate(100, 100), aws.clock, aws.clock::advance),
                        aws.clock,
                        aws.clock::advance,
                        new Random(1)));
        Prices prices = new Prices(Catalogs.shipped(AwsProviderFactory.class, "prices.csv"));
        Survey survey = new Survey(
                calls,
                new EnabledRegions(calls, settings.home(), aws.clock),
                settings,
                new Sightings(prices, true, aws.clock),
                aws.clock);
        return new EventPoll(
                survey, new SpotRequests(calls), TestAws.LINEAGE, events::add, Duration.ofSeconds(5), time -> {
                    resting.release();
                    rounds.acquire();
                });
    }

    private void awaitRound() throws InterruptedException {
        assertThat(resting.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void looksAtOnceInTheRegionWhereSomethingWasJustLaunched() throws InterruptedException {
        poll.start();
        awaitRound();
        Instance launched = TestAws.done(client.launch(TestAws.request("chat-1", TestAws.onDemand("us-east-1a"))));
        aws.clock.advance(Duration.ofSeconds(5));
        aws.cloud.forgetExchanges();

        poll.expect(launched);
        rounds.release();
        awaitRound();

        assertThat(events)
                .singleElement()
                .isInstanceOfSatisfying(
                        ProviderEvent.InstanceChanged.class,
                        changed -> assertThat(changed.instance().state()).isEqualTo(InstanceState.RUNNING));
        assertThat(aws.cloud.exchanges()).extracting(FakeEc2.Exchange::region).containsOnly("us-east-1");
    }

    @Test
    void looksNowhereWhileNothingIsRented() throws InterruptedException {
        poll.start();
        awaitRound();
        aws.cloud.forgetExchanges();

        rounds.release();
        awaitRound();

        assertThat(aws.cloud.exchanges()).isEmpty();
    }
}
