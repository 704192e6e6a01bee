package dev.skyhedge.spi.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.skyhedge.spi.EndCause;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.IdempotencyToken;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.InstanceState;
import dev.skyhedge.spi.InstanceTags;
import dev.skyhedge.spi.LaunchRequest;
import dev.skyhedge.spi.LocationPattern;
import dev.skyhedge.spi.LogPage;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Observation;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.spi.OfferQuery;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.Provider;
import dev.skyhedge.spi.ProviderEvent;
import dev.skyhedge.spi.Subscription;
import dev.skyhedge.spi.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every provider must do. A provider's tests extend this class and give it a harness.
///
/// Safety ("never a second instance for one token") and liveness ("in the end it runs") are told apart by name:
/// the latter say `eventually`.
public abstract class ProviderConformance {
    private static final AtomicInteger LINEAGES = new AtomicInteger();
    private static final int CALLERS = 8;
    private static final int LOG_BYTES = 64 << 10;

    /// One for each test, so that they may share a cloud.
    private final String lineage = "lineage-" + LINEAGES.incrementAndGet();

    private ProviderHarness harness;
    private Provider provider;
    private int launches;

    /// Makes a fresh cloud.
    protected abstract ProviderHarness open() throws Exception;

    @BeforeEach
    void openHarness() throws Exception {
        harness = open();
        provider = harness.provider();
    }

    @AfterEach
    void closeHarness() {
        harness.close();
    }

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

    // --- observing

    @Test
    void lineagesAreIsolated() {
        Instance mine = launchAndRun();
        LaunchRequest theirs = request(lineage + "-b", harness.onDemandOffer());
        done(provider.launch(theirs));

        assertThat(observed()).extracting(Instance::id).containsExactly(mine.id());
        assertThat(done(provider.observe(lineage + "-c")).instances()).isEmpty();
    }

    @Test
    void emptyLineageMeansEveryLineage() {
        Instance mine = launchAndRun();
        Instance theirs = done(provider.launch(request(lineage + "-b", harness.onDemandOffer())));
        await("both seen", () -> done(provider.observe("")).instances().size() >= 2);

        List<Instance> all = done(provider.observe("")).instances();

        assertThat(all).extracting(Instance::id).contains(mine.id(), theirs.id());
        assertThat(all)
                .extracting(instance -> instance.tags().lineage())
                .contains(mine.tags().lineage(), theirs.tags().lineage());
    }

    @Test
    void twoClientsSeeTheSame() {
        Instance mine = launchAndRun();

        List<Instance> seen = done(harness.secondClient().observe(lineage)).instances();

        assertThat(seen).extracting(Instance::id).containsExactly(mine.id());
    }

    @Test
    void unreachableLocationIsNamedInsteadOfLookingEmpty() {
        Instance mine = launchAndRun();
        harness.cutOff(mine.offer().location());

        Observation partial = done(provider.observe(lineage));

        assertThat(partial.covers(mine.offer().location())).isFalse();
        harness.reconnect(mine.offer().location());
        assertThat(observed()).extracting(Instance::id).containsExactly(mine.id());
    }

    // --- events

    @Test
    void runningAndEndedEventuallyArriveAsEvents() {
        LinkedBlockingQueue<ProviderEvent> events = new LinkedBlockingQueue<>();
        try (Subscription subscription = provider.events(lineage, events::add)) {
            assertThat(subscription).isNotNull();
            Instance mine = launchAndRun();
            awaitEvent(events, event -> isChange(event, mine.id(), InstanceState.RUNNING));

            done(provider.terminate(mine.id(), mine.offer().location()));

            awaitEvent(events, event -> isChange(event, mine.id(), InstanceState.ENDED));
        }
    }

    @Test
    void noticeEventuallyArrivesBeforeThePreemption() {
        LinkedBlockingQueue<ProviderEvent> events = new LinkedBlockingQueue<>();
        try (Subscription subscription = provider.events(lineage, events::add)) {
            assertThat(subscription).isNotNull();
            Instance mine = done(provider.launch(request(harness.spotOffer())));
            awaitRunning(mine.id());

            harness.preempt(mine.id());

            List<ProviderEvent> seen = awaitEvent(events, event -> isChange(event, mine.id(), InstanceState.ENDED));
            assertThat(seen)
                    .anyMatch(event -> event instanceof ProviderEvent.PreemptionNotice notice
                            && notice.instanceId().equals(mine.id())
                            && notice.tags().equals(mine.tags()));
            assertThat(awaitEnd(mine.id()).cause()).isEqualTo(EndCause.PREEMPTED);
        }
    }

    @Test
    void eventsOfOtherLineagesDoNotArrive() {
        LinkedBlockingQueue<ProviderEvent> events = new LinkedBlockingQueue<>();
        LinkedBlockingQueue<ProviderEvent> others = new LinkedBlockingQueue<>();
        try (Subscription mine = provider.events(lineage, events::add);
                Subscription theirs = provider.events(lineage + "-b", others::add)) {
            assertThat(mine).isNotSameAs(theirs);
            Instance launched = launchAndRun();
            awaitEvent(events, event -> isChange(event, launched.id(), InstanceState.RUNNING));

            assertThat(others).noneMatch(event -> isChange(event, launched.id(), InstanceState.RUNNING));
        }
    }

    @Test
    void disturbanceIsToldAndDeliveryEventuallyResumes() {
        LinkedBlockingQueue<ProviderEvent> events = new LinkedBlockingQueue<>();
        try (Subscription subscription = provider.events(lineage, events::add)) {
            assertThat(subscription).isNotNull();
            harness.disturbEvents();
            awaitEvent(events, event -> event instanceof ProviderEvent.Gap);

            Instance mine = launchAndRun();

            awaitEvent(events, event -> isChange(event, mine.id(), InstanceState.RUNNING));
        }
    }

    @Test
    void closedSubscriptionDeliversNothing() {
        LinkedBlockingQueue<ProviderEvent> closed = new LinkedBlockingQueue<>();
        LinkedBlockingQueue<ProviderEvent> open = new LinkedBlockingQueue<>();
        provider.events(lineage, closed::add).close();
        try (Subscription subscription = provider.events(lineage, open::add)) {
            assertThat(subscription).isNotNull();
            Instance mine = launchAndRun();
            awaitEvent(open, event -> isChange(event, mine.id(), InstanceState.RUNNING));

            assertThat(closed).noneMatch(event -> event instanceof ProviderEvent.InstanceChanged);
        }
    }

    // --- logs

    @Test
    void logsEventuallyShowWhatTheWorkloadWroteOrAreRefused() {
        Instance mine = launchAndRun();

        if (harness.keepsLogs()) {
            await("the log", () -> log(mine, 0).text().contains("ready"));
            LogPage all = log(mine, 0);
            LogPage tail = log(mine, -3);
            assertThat(all.nextOffset()).isPositive();
            assertThat(all.text()).endsWith(tail.text());
            assertThat(log(mine, all.nextOffset()).nextOffset()).isGreaterThanOrEqualTo(all.nextOffset());
        } else {
            assertThat(failure(provider.logs(mine.id(), mine.offer().location(), 0, LOG_BYTES)))
                    .isInstanceOf(Failure.UnsupportedHere.class);
        }
    }

    @Test
    void logsOfAnUnknownInstanceAreRefused() {
        assertThat(failure(provider.logs("i-999999", harness.spotOffer().location(), 0, LOG_BYTES)))
                .isInstanceOfAny(Failure.NotFound.class, Failure.UnsupportedHere.class);
    }

    // --- closing

    @Test
    void instancesOutliveTheirClient() {
        Instance mine = launchAndRun();
        Provider second = harness.secondClient();

        provider.close();

        List<Instance> seen = done(second.observe(lineage)).instances();
        assertThat(seen).singleElement().matches(Instance::isLive).matches(i -> i.id().equals(mine.id()));
    }

    @Test
    void closingTwiceAndClosingASubscriptionLateDoNotFail() {
        Subscription subscription = provider.events(lineage, event -> {});

        provider.close();
        provider.close();
        subscription.close();
    }

    // --- words of the suite

    private LogPage log(Instance instance, long offset) {
        return done(provider.logs(instance.id(), instance.offer().location(), offset, LOG_BYTES));
    }

    private static OfferQuery anywhere() {
        return new OfferQuery(List.of(LocationPattern.parse("*")), List.of());
    }

    private LaunchRequest request(Offer offer) {
        return request(lineage, offer);
    }

    private LaunchRequest request(String owner, Offer offer) {
        launches++;
        IdempotencyToken token = new IdempotencyToken("t" + launches + owner.replace("-", ""));
        InstanceTags tags = new InstanceTags(owner, "chat", "chat-" + launches, 1, token);
        return new LaunchRequest(offer, tags, harness.workload());
    }

    private Instance launchAndRun() {
        return awaitRunning(
                done(provider.launch(request(harness.onDemandOffer()))).id());
    }

    private List<Instance> observed() {
        return done(provider.observe(lineage)).instances();
    }

    private Optional<Instance> seen(String id) {
        return observed().stream().filter(instance -> instance.id().equals(id)).findFirst();
    }

    private Instance awaitRunning(String id) {
        await("instance " + id + " running", () -> {
            Optional<Instance> seen = seen(id);
            assertThat(seen.flatMap(Instance::end)).as("end of %s", id).isEmpty();
            return seen.filter(one -> one.state() == InstanceState.RUNNING).isPresent();
        });
        return seen(id).orElseThrow();
    }

    private Instance.End awaitEnd(String id) {
        await("end of " + id, () -> seen(id).filter(one -> !one.isLive()).isPresent());
        return seen(id).flatMap(Instance::end).orElseThrow();
    }

    private static boolean isChange(ProviderEvent event, String id, InstanceState state) {
        return event instanceof ProviderEvent.InstanceChanged(Instance instance)
                && instance.id().equals(id)
                && instance.state() == state;
    }

    private List<ProviderEvent> awaitEvent(LinkedBlockingQueue<ProviderEvent> events, Predicate<ProviderEvent> wanted) {
        List<ProviderEvent> seen = new ArrayList<>();
        await("an event", () -> {
            events.drainTo(seen);
            return seen.stream().anyMatch(wanted);
        });
        return seen;
    }

    private void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + harness.patience().toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                fail("Waited %s for %s", harness.patience(), what);
            }
            harness.letTimePass();
        }
    }

    private static <T> T done(Outcome<T> outcome) {
        Supplier<T> value = switch (outcome) {
            case Outcome.Done<T>(T v) -> () -> v;
            case Outcome.Failed<T>(Failure failure) -> () -> fail("Failed with " + failure);
        };
        return value.get();
    }

    private static Failure failure(Outcome<?> outcome) {
        return switch (outcome) {
            case Outcome.Done<?>(Object value) -> fail("Succeeded with " + value);
            case Outcome.Failed<?>(Failure failure) -> failure;
        };
    }
}
