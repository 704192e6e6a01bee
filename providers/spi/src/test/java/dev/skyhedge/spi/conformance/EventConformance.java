package dev.skyhedge.spi.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.skyhedge.spi.EndCause;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.InstanceState;
import dev.skyhedge.spi.ProviderEvent;
import dev.skyhedge.spi.Subscription;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/// What a listener hears.
abstract class EventConformance extends ObserveConformance {
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
        assumeTrue(harness.sellsSpot(), "nothing is sold as spot");
        LinkedBlockingQueue<ProviderEvent> events = new LinkedBlockingQueue<>();
        try (Subscription subscription = provider.events(lineage, events::add)) {
            assertThat(subscription).isNotNull();
            Instance mine = done(provider.launch(request(harness.spotOffer())));
            awaitRunning(mine.id());

            harness.preempt(mine.id());

            List<ProviderEvent> seen = new ArrayList<>();
            harness.letBeSeen(() -> heard(events, seen, event -> isNotice(event, mine)));
            await("the end", () -> heard(events, seen, event -> isChange(event, mine.id(), InstanceState.ENDED)));
            assertThat(seen).anyMatch(event -> isNotice(event, mine));
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

    private static boolean isNotice(ProviderEvent event, Instance instance) {
        return event instanceof ProviderEvent.PreemptionNotice notice
                && notice.instanceId().equals(instance.id())
                && notice.tags().equals(instance.tags());
    }

    private static boolean isChange(ProviderEvent event, String id, InstanceState state) {
        return event instanceof ProviderEvent.InstanceChanged(Instance instance)
                && instance.id().equals(id)
                && instance.state() == state;
    }

    private void awaitEvent(LinkedBlockingQueue<ProviderEvent> events, Predicate<ProviderEvent> wanted) {
        List<ProviderEvent> seen = new ArrayList<>();
        await("an event", () -> heard(events, seen, wanted));
    }

    private static boolean heard(
            LinkedBlockingQueue<ProviderEvent> events, List<ProviderEvent> seen, Predicate<ProviderEvent> wanted) {
        events.drainTo(seen);
        return seen.stream().anyMatch(wanted);
    }
}
