package dev.skyhedge.engine.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.engine.testing.Declared;
import dev.skyhedge.spi.Accelerator;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.InstanceState;
import dev.skyhedge.spi.InstanceTags;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.LocationPattern;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Observation;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.spi.OfferList;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.ProviderLimits;
import dev.skyhedge.spi.Unreachable;
import dev.skyhedge.state.records.Intent;
import dev.skyhedge.state.records.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Two clouds, of which the cheaper one stops to answer while a launch is under way there.
class SilentCloudTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Failure SILENT = new Failure.OutcomeUnknown("HTTP 500");
    private static final ProviderLimits LIMITS = new ProviderLimits(4, Duration.ofSeconds(30), Duration.ofSeconds(30));

    private final Reconciler reconciler = new Reconciler(
            Declared.all(
                    Declared.service("chat").wants(1).spotHedge(0, false, 0).in("near", "far")),
            Snapshot.of("lineage", 0, List.of(), List.of()),
            List.of(),
            Map.of("near", LIMITS, "far", LIMITS),
            1);

    private static OfferList offers(String cloud, String usd) {
        Offer offer = new Offer(
                "small",
                Accelerator.parse("CPU:1"),
                new Location(cloud, "east", "east-a"),
                Market.SPOT,
                HourlyPrice.ofUsd(usd));
        return new OfferList(List.of(offer), START, List.of());
    }

    private static Message empty(String cloud, Instant at) {
        return new Message.Observed(cloud, new Observation(List.of(), List.of(), at));
    }

    private List<Intent> launches(Instant at, Message... messages) {
        return effects(at, messages)
                .filter(Effect.Launch.class::isInstance)
                .map(effect -> ((Effect.Launch) effect).intent())
                .toList();
    }

    private Stream<Effect> effects(Instant at, Message... messages) {
        return reconciler.react(List.of(messages), at).effects().stream();
    }

    /// Launches in the near cloud, the cheaper one.
    private Intent launched() {
        List<Intent> launched = launches(
                START,
                empty("near", START),
                empty("far", START),
                new Message.OffersRead("near", offers("near", "0.20")),
                new Message.OffersRead("far", offers("far", "0.30")));
        assertThat(launched)
                .extracting(intent -> intent.offer().location().cloud())
                .containsExactly("near");
        return launched.getFirst();
    }

    /// Launches in the near cloud, which falls silent before it says whether it did.
    private Intent silenced() {
        Intent intent = launched();
        assertThat(launches(
                        START.plusSeconds(1),
                        new Message.LaunchEnded(intent.id(), Outcome.failed(SILENT)),
                        new Message.ProviderSilent("near", SILENT, true)))
                .isEmpty();
        return intent;
    }

    private static Instance instance(Intent intent) {
        return new Instance(
                "i-1",
                intent.offer(),
                new InstanceTags(
                        "lineage",
                        "chat",
                        intent.machine().name(),
                        intent.machine().generation(),
                        intent.token()),
                InstanceState.PENDING,
                Optional.empty(),
                START,
                Optional.empty());
    }

    @Test
    void launchesElsewhereOnceACloudHasBeenSilentForLong() {
        silenced();

        List<Intent> launched = launches(START.plusSeconds(12), new Message.ProviderSilent("near", SILENT, true));

        assertThat(launched)
                .extracting(intent -> intent.offer().location().cloud())
                .containsExactly("far");
    }

    @Test
    void launchesElsewhereWhereOnlyLaunchesHaveNoOutcome() {
        silenced();
        launches(START.plusSeconds(2), empty("near", START.plusSeconds(2)));

        List<Intent> launched = launches(START.plusSeconds(12), empty("near", START.plusSeconds(12)));

        assertThat(launched)
                .extracting(intent -> intent.offer().location().cloud())
                .containsOnlyOnce("far");
    }

    @Test
    void launchesElsewhereWhereOnlyTheRegionIsSilent() {
        silenced();
        Unreachable gap = new Unreachable(LocationPattern.parse("near/east"), SILENT);
        launches(
                START.plusSeconds(2),
                new Message.Observed("near", new Observation(List.of(), List.of(gap), START.plusSeconds(2))));

        List<Intent> launched = launches(START.plusSeconds(12), new Message.Tick());

        assertThat(launched)
                .extracting(intent -> intent.offer().location().cloud())
                .containsExactly("far");
    }

    @Test
    void waitsForACloudThatIsSilentForAMoment() {
        silenced();

        assertThat(launches(START.plusSeconds(5), new Message.ProviderSilent("near", SILENT, true)))
                .isEmpty();
    }

    @Test
    void staysGivenUpThoughItsOffersAreKnown() {
        silenced();

        List<Intent> launched = launches(START.plusSeconds(12), new Message.OffersRead("near", offers("near", "0.20")));

        assertThat(launched)
                .extracting(intent -> intent.offer().location().cloud())
                .containsExactly("far");
    }

    @Test
    void waitsForACloudThatOnlyCannotSayWhatItOffers() {
        launched();

        assertThat(launches(
                        START.plusSeconds(12),
                        empty("near", START.plusSeconds(2)),
                        new Message.ProviderSilent("near", SILENT, false)))
                .extracting(intent -> intent.offer().location().cloud())
                .doesNotContain("far");
    }

    @Test
    void endsWhatIsTooMuchWhenTheCloudAnswersAgain() {
        Intent first = silenced();
        Intent second = launches(START.plusSeconds(12), new Message.ProviderSilent("near", SILENT, true))
                .getFirst();
        Instant back = START.plus(Duration.ofMinutes(10));

        List<Effect> effects = effects(
                        back,
                        new Message.LaunchEnded(second.id(), Outcome.done(instance(second))),
                        new Message.Observed("near", new Observation(List.of(instance(first)), List.of(), back)))
                .toList();

        assertThat(effects).filteredOn(Effect.Terminate.class::isInstance).hasSize(1);
        assertThat(effects).noneMatch(Effect.Launch.class::isInstance);
    }
}
