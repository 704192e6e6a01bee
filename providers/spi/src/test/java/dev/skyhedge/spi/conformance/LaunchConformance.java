package dev.skyhedge.spi.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.skyhedge.spi.EndCause;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.LaunchRequest;
import dev.skyhedge.spi.LocationPattern;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.spi.OfferQuery;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/// What is offered, how an instance lives, and what the same token does twice.
abstract class LaunchConformance extends ConformanceCase {
    private static final int CALLERS = 8;

    // --- limits and offers

    @Test
    void statesLimitsThatCanBeKept() {
        assertThat(provider.limits().parallelCalls()).isPositive();
        assertThat(provider.limits().callTimeout()).isPositive();
        assertThat(provider.limits().visibilityDelay().isNegative()).isFalse();
    }

    @Test
    void listsEachOfferOnceWithPrice() {
        List<Offer> offers = done(provider.offers(anywhere())).offers();

        assertThat(offers).anyMatch(harness.onDemandOffer()::rentsSameAs);
        assertThat(offers).anyMatch(harness.spotOffer()::rentsSameAs);
        assertThat(offers.stream().map(o -> o.instanceType() + o.location() + o.market()))
                .doesNotHaveDuplicates();
    }

    @Test
    void listsOnlyOffersThatWereAskedFor() {
        Offer wanted = harness.spotOffer();
        OfferQuery query =
                new OfferQuery(List.of(LocationPattern.of(wanted.location())), List.of(wanted.accelerator()));

        assertThat(done(provider.offers(query)).offers()).isNotEmpty().allMatch(query::asksFor);
    }

    // --- a life

    @Test
    void launchedInstanceEventuallyRunsWithAnEndpointAndItsTags() {
        LaunchRequest request = request(harness.onDemandOffer());

        Instance launched = done(provider.launch(request));
        Instance running = awaitRunning(launched.id());

        assertThat(launched.tags()).isEqualTo(request.tags());
        assertThat(running.tags()).isEqualTo(request.tags());
        assertThat(running.offer().rentsSameAs(request.offer())).isTrue();
        assertThat(running.endpoint()).isPresent();
        assertThat(running.launchedAt()).isEqualTo(launched.launchedAt());
    }

    @Test
    void spotInstanceIsRentedAsSpot() {
        assumeTrue(harness.sellsSpot(), "nothing is sold as spot");
        Instance launched = done(provider.launch(request(harness.spotOffer())));

        assertThat(launched.offer().market()).isEqualTo(Market.SPOT);
        assertThat(launched.offer().price())
                .isLessThanOrEqualTo(harness.spotOffer().price());
    }

    @Test
    void terminatedInstanceEventuallyEnds() {
        Instance launched = launchAndRun();

        done(provider.terminate(launched.id(), launched.offer().location()));

        assertThat(awaitEnd(launched.id()).cause()).isEqualTo(EndCause.TERMINATED);
    }

    @Test
    void terminatingTwiceSucceeds() {
        Instance launched = launchAndRun();
        done(provider.terminate(launched.id(), launched.offer().location()));
        awaitEnd(launched.id());

        assertThat(provider.terminate(launched.id(), launched.offer().location()))
                .isInstanceOf(Outcome.Done.class);
    }

    @Test
    void terminatingWhatNeverExistedSucceeds() {
        assertThat(provider.terminate("i-999999", harness.spotOffer().location()))
                .isInstanceOf(Outcome.Done.class);
    }

    @Test
    void terminatingWhileItBootsEndsIt() {
        Instance launched = done(provider.launch(request(harness.onDemandOffer())));

        done(provider.terminate(launched.id(), launched.offer().location()));

        assertThat(awaitEnd(launched.id()).cause()).isEqualTo(EndCause.TERMINATED);
    }

    // --- idempotency

    @Test
    void sameTokenGivesTheSameInstance() {
        LaunchRequest request = request(harness.onDemandOffer());

        Instance first = done(provider.launch(request));
        Instance second = done(provider.launch(request));

        assertThat(second.id()).isEqualTo(first.id());
    }

    @Test
    void sameTokenGivesTheSameInstanceEvenIfItHasEnded() {
        LaunchRequest request = request(harness.onDemandOffer());
        Instance first = done(provider.launch(request));
        done(provider.terminate(first.id(), first.offer().location()));
        awaitEnd(first.id());

        Instance second = done(provider.launch(request));

        assertThat(second.id()).isEqualTo(first.id());
        assertThat(second.isLive()).isFalse();
    }

    @Test
    void sameTokenFromAnotherClientGivesTheSameInstance() {
        LaunchRequest request = request(harness.onDemandOffer());

        Instance first = done(provider.launch(request));
        Instance second = done(harness.secondClient().launch(request));

        assertThat(second.id()).isEqualTo(first.id());
    }

    @Test
    void sameTokenWithAnotherWorkloadIsAConflict() {
        LaunchRequest request = request(harness.onDemandOffer());
        done(provider.launch(request));
        List<String> otherCommand = new ArrayList<>(request.workload().command());
        otherCommand.add("other");
        Workload other = new Workload(
                request.workload().image(),
                otherCommand,
                request.workload().port(),
                request.workload().environment());

        Outcome<Instance> outcome = provider.launch(new LaunchRequest(request.offer(), request.tags(), other));

        assertThat(failure(outcome)).isInstanceOf(Failure.Conflict.class);
    }

    @Test
    void sameTokenInAnotherMarketIsAConflict() {
        assumeTrue(harness.sellsSpot(), "nothing is sold as spot");
        LaunchRequest request = request(harness.onDemandOffer());
        done(provider.launch(request));

        Outcome<Instance> outcome =
                provider.launch(new LaunchRequest(harness.spotOffer(), request.tags(), request.workload()));

        assertThat(failure(outcome)).isInstanceOf(Failure.Conflict.class);
    }

    @Test
    void concurrentLaunchesWithOneTokenGiveOneInstance() throws Exception {
        LaunchRequest request = request(harness.onDemandOffer());
        List<Future<Outcome<Instance>>> answers = new ArrayList<>();

        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < CALLERS; i++) {
                answers.add(callers.submit(() -> provider.launch(request)));
            }
        }

        List<String> ids = new ArrayList<>();
        for (Future<Outcome<Instance>> answer : answers) {
            ids.add(done(answer.get()).id());
        }
        assertThat(ids).containsOnly(ids.getFirst());
        awaitRunning(ids.getFirst());
        assertThat(observed()).hasSize(1);
    }

    @Test
    void refusedLaunchLeavesNothingBehind() {
        Outcome<Instance> outcome = provider.launch(request(harness.unknownOffer()));

        assertThat(failure(outcome))
                .isInstanceOfAny(Failure.UnsupportedHere.class, Failure.InvalidRequest.class, Failure.NotFound.class);
        assertThat(observed()).isEmpty();
    }

    private static OfferQuery anywhere() {
        return new OfferQuery(List.of(LocationPattern.parse("*")), List.of());
    }
}
