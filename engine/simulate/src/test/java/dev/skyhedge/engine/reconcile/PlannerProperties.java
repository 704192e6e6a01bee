package dev.skyhedge.engine.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.engine.kinds.Kinds;
import dev.skyhedge.engine.plan.Action;
import dev.skyhedge.engine.plan.Plan;
import dev.skyhedge.engine.plan.PlanOptions;
import dev.skyhedge.engine.plan.Signals;
import dev.skyhedge.engine.plan.World;
import dev.skyhedge.engine.testing.Declared;
import dev.skyhedge.engine.testing.SimulatedClouds;
import dev.skyhedge.engine.workload.Planner;
import dev.skyhedge.providers.simulated.Cloud;
import dev.skyhedge.providers.simulated.market.SyntheticMarket;
import dev.skyhedge.specs.PlacementSpec;
import dev.skyhedge.specs.ServiceSpec;
import dev.skyhedge.specs.UpdateSpec;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.ReplicaRecord;
import dev.skyhedge.state.records.WorkloadRecord;
import dev.skyhedge.state.records.ZoneHealth;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import org.assertj.core.api.SoftAssertions;

/// What every plan keeps to, in worlds that random events led to. Safety properties first ("never"), then
/// liveness ("eventually").
class PlannerProperties {
    private static final Duration LONG_ENOUGH = Duration.ofHours(1);
    /// Observations, offers and probes included.
    private static final int MAX_STEPS_IN_A_QUIET_HOUR = 200;

    @Provide
    Arbitrary<List<Happening>> happenings() {
        return Happening.any().list().ofMaxSize(60).withSizeDistribution(RandomDistribution.uniform());
    }

    /// Zones that come and go by themselves, with capacity for a few.
    @Provide
    Arbitrary<Cloud> clouds() {
        return Arbitraries.longs().between(0, 1_000_000).map(seed -> {
            var shape = new SyntheticMarket.Shape(
                    Duration.ofMinutes(10), Duration.ofMinutes(3), Optional.of(Duration.ofMinutes(30)), 3, seed);
            return SimulatedClouds.cloud(
                    SimulatedClouds.rules().withNotice(Duration.ofSeconds(seed % 2 == 0 ? 30 : 0)),
                    new SyntheticMarket(SimulatedClouds.series(), shape),
                    SimulatedClouds.START);
        });
    }

    private static VirtualController begin(Cloud cloud) {
        return new VirtualController(
                cloud, Declared.all(Declared.service("chat").wants(2)));
    }

    private static void checkingEachPlan(Cloud cloud, List<Happening> happenings, Check check) {
        var controller = begin(cloud);
        controller.watch((world, step) -> Optional.ofNullable(
                        controller.spec().services().get("chat"))
                .ifPresent(chat -> check.check(chat, world, step)));
        happenings.forEach(happening -> happening.to(controller));
    }

    private interface Check {
        /// @param after the world with the step's changes made
        void check(ServiceSpec chat, World after, Step step);
    }

    /// Those that count: for a launch that nobody answers for another one stands in.
    private static List<ReplicaRecord> rising(World world, Market market) {
        Set<String> unanswered = Optional.ofNullable(world.signals().get("chat"))
                .map(Signals::unanswered)
                .orElse(Set.of());
        return world.replicas().getOrDefault("chat", List.of()).stream()
                .filter(replica -> replica.lifecycle().isRising() && !unanswered.contains(replica.name()))
                .filter(replica -> replica.offer().market() == market)
                .toList();
    }

    private static List<Action.Launch> launches(Plan plan) {
        return plan.actions().stream()
                .filter(Action.Launch.class::isInstance)
                .map(Action.Launch.class::cast)
                .toList();
    }

    @Property(tries = 40, edgeCases = EdgeCasesMode.NONE)
    void plansTheSameForTheSameWorld(@ForAll("clouds") Cloud cloud, @ForAll("happenings") List<Happening> happenings) {
        var controller = begin(cloud);
        for (Happening happening : happenings) {
            happening.to(controller);
            World world = controller.world();

            Plan first = Planner.plan(Kinds.of(controller.spec()), world, PlanOptions.DEFAULT);
            Plan second = Planner.plan(Kinds.of(controller.spec()), world, PlanOptions.DEFAULT);
            assertThat(second).isEqualTo(first).hasToString(first.toString());
        }
    }

    @Property(tries = 40, edgeCases = EdgeCasesMode.NONE)
    void plansTheSameAfterARestart(@ForAll("clouds") Cloud cloud, @ForAll("happenings") List<Happening> happenings) {
        var controller = begin(cloud);
        happenings.forEach(happening -> happening.to(controller));
        JournalProperties.calmDown(controller);
        Plan before = controller.lastStep().plan();

        controller.crash();
        controller.run(Duration.ofSeconds(2));

        Plan after = controller.lastStep().plan();
        assertThat(after.actions()).isEqualTo(before.actions());
    }

    @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
    void neverWantsOrLaunchesMoreThanTheSpecPermits(
            @ForAll("clouds") Cloud cloud, @ForAll("happenings") List<Happening> happenings) {
        checkingEachPlan(cloud, happenings, (chat, after, step) -> {
            var check = new SoftAssertions();
            int max = chat.scaling().maxReplicas();
            step.plan()
                    .services()
                    .forEach(summary -> check.assertThat(summary.wanted()).isLessThanOrEqualTo(max));
            if (!launches(step.plan()).isEmpty() && chat.update().mode() == UpdateSpec.Mode.ROLLING) {
                int spares = chat.placement() instanceof PlacementSpec.SpotHedge spotHedge ? spotHedge.spares() : 0;
                int surge = chat.update().surge();
                if (launches(step.plan()).stream().anyMatch(l -> l.offer().market() == Market.SPOT)) {
                    check.assertThat(rising(after, Market.SPOT).size()).isLessThanOrEqualTo(max + spares + surge);
                }
                if (launches(step.plan()).stream().anyMatch(l -> l.offer().market() == Market.ON_DEMAND)) {
                    check.assertThat(rising(after, Market.ON_DEMAND).size()).isLessThanOrEqualTo(max + surge);
                }
            }
            check.assertAll();
        });
    }

    @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
    void neverTakesAServingReplicaWhileNoMoreThanWantedServe(
            @ForAll("clouds") Cloud cloud, @ForAll("happenings") List<Happening> happenings) {
        checkingEachPlan(cloud, happenings, (_, after, step) -> {
            boolean drains = step.plan().actions().stream().anyMatch(Action.Drain.class::isInstance);
            int wanted = step.plan().services().getFirst().wanted();
            if (drains) {
                assertThat(after.replicas().get("chat"))
                        .filteredOn(replica -> replica.lifecycle() == Lifecycle.READY)
                        .hasSizeGreaterThanOrEqualTo(wanted);
            }
        });
    }

    @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
    void neverLaunchesWhereTheSpecDoesNotPermit(
            @ForAll("clouds") Cloud cloud, @ForAll("happenings") List<Happening> happenings) {
        checkingEachPlan(cloud, happenings, (chat, after, step) -> {
            // Where the roll-out of an edit is stopped, the places from before it go on.
            boolean stopped = Optional.ofNullable(after.workloads().get("chat"))
                    .flatMap(WorkloadRecord::failedVersion)
                    .isPresent();
            for (Action.Launch launch : stopped ? List.<Action.Launch>of() : launches(step.plan())) {
                Offer offer = launch.offer();
                assertThat(chat.resources().accelerators()).contains(offer.accelerator());
                assertThat(chat.resources().locations()).anyMatch(pattern -> pattern.matches(offer.location()));
            }
        });
    }

    @Property(tries = 40, edgeCases = EdgeCasesMode.NONE)
    void neverMarksAZoneForAnythingButItsCapacity(@ForAll("happenings") List<Happening> happenings) {
        // A cloud with room for all, and of the faults only those that are not about capacity.
        var controller = begin(SimulatedClouds.calm());
        for (Happening happening : happenings) {
            boolean aboutCapacity = happening instanceof Happening.Preemption
                    || happening instanceof Happening.ZoneClosed
                    || happening.toString().contains("NoCapacity")
                    || happening.toString().contains("PreemptedDuringLaunch");
            if (!aboutCapacity) {
                happening.to(controller);
                assertThat(controller.store().read().zoneHealth())
                        .extracting(ZoneHealth::status)
                        .allMatch(ZoneHealth.Status.ACTIVE::equals);
            }
        }
    }

    @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
    void eventuallyServesAsManyAsWantedAndIsQuietThen(@ForAll("happenings") List<Happening> happenings) {
        var controller = begin(SimulatedClouds.calm());
        happenings.forEach(happening -> happening.to(controller));

        JournalProperties.calmDown(controller);
        controller.run(LONG_ENOUGH);

        Plan plan = controller.lastStep().plan();
        Plan.WorkloadSummary chat = plan.services().getFirst();
        assertThat(chat.serving()).as("%s", plan).isGreaterThanOrEqualTo(chat.wanted());
        assertThat(plan.isEmpty()).as("%s", plan).isTrue();
        Judge.stateAndCloudAgree(controller);

        long steps = controller.steps();

        controller.run(Duration.ofHours(1));

        assertThat(controller.steps() - steps).isLessThan(MAX_STEPS_IN_A_QUIET_HOUR);
    }
}
