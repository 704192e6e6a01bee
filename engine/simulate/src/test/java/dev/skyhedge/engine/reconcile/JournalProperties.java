package dev.skyhedge.engine.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.engine.testing.Declared;
import dev.skyhedge.engine.testing.SimulatedClouds;
import dev.skyhedge.providers.simulated.Cloud;
import dev.skyhedge.providers.simulated.CloudRules;
import dev.skyhedge.state.records.Intent;
import dev.skyhedge.state.records.Lifecycle;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tuple;

/// What the journal promises, whatever happens to the process, the calls and the cloud. The ledger is the
/// judge.
class JournalProperties {
    /// After the last fault: the longest pause between calls, a call's time, and the delay of the latest
    /// launch.
    private static final Duration QUIET = Duration.ofMinutes(15);
    /// The longest that an intent may stay open in a reachable cloud.
    private static final Duration GRACE = Duration.ofMinutes(5);

    @Provide
    Arbitrary<List<Happening>> happenings() {
        return Arbitraries.frequencyOf(
                        Tuple.of(6, Happening.time()),
                        Tuple.of(4, Happening.crashes()),
                        Tuple.of(4, Happening.faults()),
                        Tuple.of(3, Happening.market()),
                        Tuple.of(1, Happening.requests()),
                        Tuple.of(
                                1,
                                Happening.specs(Arbitraries.of(Happening.SpecChanges.Shape.values()))
                                        .map(Happening.class::cast)))
                .list()
                .ofMaxSize(100)
                .withSizeDistribution(RandomDistribution.uniform());
    }

    @Provide
    Arbitrary<CloudRules> clouds() {
        return Arbitraries.of(0, 10, 60)
                .map(seconds -> SimulatedClouds.rules().withVisibilityDelay(Duration.ofSeconds(seconds)));
    }

    @Property(tries = 1000, edgeCases = EdgeCasesMode.NONE)
    void neverLaunchesTwiceAndLeavesNothingBehind(
            @ForAll("happenings") List<Happening> happenings, @ForAll("clouds") CloudRules rules) {
        Cloud cloud = SimulatedClouds.calm(rules);
        var controller = new VirtualController(
                cloud, Declared.all(Declared.service("chat").wants(2)));

        happenings.forEach(happening -> happening.to(controller));
        calmDown(controller);

        Judge.stateAndCloudAgree(controller);
        if (!controller.spec().services().isEmpty()) {
            assertThat(controller.lastStep().plan().isEmpty())
                    .as("%s", controller.lastStep())
                    .isTrue();
        }
    }

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void leavesNoIntentOpenForLongInAReachableCloud(
            @ForAll("happenings") List<Happening> happenings, @ForAll("clouds") CloudRules rules) {
        Cloud cloud = SimulatedClouds.calm(rules);
        var controller = new VirtualController(
                cloud, Declared.all(Declared.service("chat").wants(2)));

        for (Happening happening : happenings) {
            if (!(happening instanceof Happening.Outage)) {
                happening.to(controller);
                Instant limit = controller.now().minus(GRACE);
                assertThat(controller.store().read().openIntents())
                        .extracting(Intent::createdAt)
                        .allMatch(limit::isBefore);
            }
        }
    }

    /// Ends all faults and waits until what they began is over.
    static void calmDown(VirtualController controller) {
        controller.cloud().faults().clear();
        SimulatedClouds.ZONES.forEach(controller.cloud()::openZone);
        controller.run(QUIET);
        for (int i = 0; i < 8 && !isQuiet(controller); i++) {
            controller.run(QUIET);
        }
    }

    private static boolean isQuiet(VirtualController controller) {
        return controller.live().stream().allMatch(replica -> replica.lifecycle() == Lifecycle.READY)
                && controller.store().read().openIntents().isEmpty();
    }
}
