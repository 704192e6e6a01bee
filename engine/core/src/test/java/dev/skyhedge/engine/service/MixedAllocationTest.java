package dev.skyhedge.engine.service;

import static dev.skyhedge.engine.testing.Worlds.replica;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.engine.kinds.Kinds;
import dev.skyhedge.engine.plan.Action;
import dev.skyhedge.engine.plan.MeasuredLoad;
import dev.skyhedge.engine.plan.Plan;
import dev.skyhedge.engine.plan.PlanOptions;
import dev.skyhedge.engine.plan.Signals;
import dev.skyhedge.engine.plan.World;
import dev.skyhedge.engine.testing.Declared;
import dev.skyhedge.engine.testing.Worlds;
import dev.skyhedge.engine.workload.Planner;
import dev.skyhedge.specs.AllocationSpec;
import dev.skyhedge.specs.RequestSize;
import dev.skyhedge.spi.Accelerator;
import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.ReplicaRecord;
import dev.skyhedge.state.records.WorkloadRecord;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MixedAllocationTest {
    private static final RequestSize SMALL = new RequestSize(100, 100);
    private static final RequestSize LARGE = new RequestSize(8000, 500);
    private static final Accelerator L4 = Accelerator.parse("L4:1");
    private static final Accelerator A100 = Accelerator.parse("A100:1");
    private static final Accelerator H100 = Accelerator.parse("H100:1");

    private static final Offer L4_SPOT = offer(L4, Market.SPOT, "0.30");
    private static final Offer L4_OD = offer(L4, Market.ON_DEMAND, "0.70");
    private static final Offer A100_SPOT = offer(A100, Market.SPOT, "1.30");
    private static final Offer A100_OD = offer(A100, Market.ON_DEMAND, "3.67");

    /// Small requests cost 0.70/2 on L4 and 3.67/8 on A100, large ones are served by A100 and
    /// H100 alone.
    private static final SortedMap<Accelerator, SortedMap<RequestSize, Double>> PROFILE = new TreeMap<>(Map.of(
            L4, new TreeMap<>(Map.of(SMALL, 2.0, LARGE, 0.0)),
            A100, new TreeMap<>(Map.of(SMALL, 8.0, LARGE, 1.0)),
            H100, new TreeMap<>(Map.of(SMALL, 9.0, LARGE, 2.0))));

    private static final Declared CHAT = Declared.service("chat").on("L4:1", "A100:1");

    private static Offer offer(Accelerator accelerator, Market market, String price) {
        return new Offer(
                accelerator.type(),
                accelerator,
                new Location("sim", "east", "east-a"),
                market,
                HourlyPrice.ofUsd(price));
    }

    private record Bounds(Map<Accelerator, Integer> least, Map<Accelerator, Integer> most, OptionalDouble usd) {
        static final Bounds NONE = new Bounds(Map.of(), Map.of(), OptionalDouble.empty());
    }

    private static Declared chat(double rate, double small, Bounds bounds) {
        SortedMap<RequestSize, Double> shares = new TreeMap<>(Map.of(SMALL, small, LARGE, 1 - small));
        shares.values().removeIf(share -> share == 0);
        return CHAT.mixes(new AllocationSpec.Mixed(
                PROFILE, shares, rate, 0, new TreeMap<>(bounds.least), new TreeMap<>(bounds.most), bounds.usd));
    }

    private static Plan plan(Declared service, List<Offer> offers, ReplicaRecord... replicas) {
        World world = Worlds.of(service, Signals.NONE, replicas);
        return Planner.plan(Kinds.of(Declared.all(service)), world.offering(offers), PlanOptions.DEFAULT);
    }

    private static Plan plan(Declared service, ReplicaRecord... replicas) {
        return plan(service, List.of(L4_SPOT, L4_OD, A100_SPOT, A100_OD), replicas);
    }

    private static Stream<String> launched(Plan plan) {
        return plan.actions().stream()
                .filter(Action.Launch.class::isInstance)
                .map(Action.Launch.class::cast)
                .map(launch -> launch.offer().accelerator() + " " + launch.role());
    }

    private static Plan.WorkloadSummary summary(Plan plan) {
        return plan.services().getFirst();
    }

    @Test
    void rentsTheCheapestMixOfTheDeclaredWorkload() {
        assertThat(launched(plan(chat(5, 0.8, Bounds.NONE))))
                .containsExactlyInAnyOrder("L4:1 target", "L4:1 target", "A100:1 target");
    }

    @Test
    void takesTheCheaperAcceleratorAtALowRate() {
        assertThat(launched(plan(chat(1, 1, Bounds.NONE)))).containsExactly("L4:1 target");
    }

    @Test
    void givesEachAcceleratorSparesOfItsOwn() {
        assertThat(launched(plan(chat(5, 0.8, Bounds.NONE).spotHedge(1, false, 0))))
                .containsExactlyInAnyOrder("L4:1 target", "L4:1 target", "L4:1 spare", "A100:1 target", "A100:1 spare");
    }

    @Test
    void saysWhyAndWhatElseItWouldCost() {
        assertThat(summary(plan(chat(5, 0.8, Bounds.NONE))).notes())
                .contains(
                        "mix: 1 on A100:1, 2 on L4:1, $5.07/h at list prices, for 5 requests per second as declared, of 2"
                                + " sizes and 0 % headroom; no mix costs less than $5.07/h",
                        "sizes as declared: 80 % up to 100 tokens in and 100 out, 20 % up to 8000 tokens in and 500 out",
                        "A100:1: only it serves requests of up to 8000 tokens in and 500 out",
                        "L4:1: cheapest for requests of 1 size, up to 100 tokens in and 100 out",
                        "one accelerator alone: 2 on A100:1 $7.34/h; not all sizes are served by L4:1",
                        "mix at half the rate: $3.67/h; at double the rate: $10.14/h");
    }

    @Test
    void plansNothingOnceTheMixServes() {
        Plan plan = plan(
                chat(5, 0.8, Bounds.NONE),
                replica(CHAT, 1, Lifecycle.READY, L4_SPOT),
                replica(CHAT, 2, Lifecycle.READY, L4_SPOT),
                replica(CHAT, 3, Lifecycle.READY, A100_SPOT));

        assertThat(plan.actions()).allMatch(action -> action instanceof Action.PutWorkload);
        assertThat(plan.isUnfinished()).isFalse();
    }

    @Test
    void doesNotFollowSpotPrices() {
        List<Offer> dearSpot =
                List.of(offer(L4, Market.SPOT, "0.69"), L4_OD, offer(A100, Market.SPOT, "0.10"), A100_OD);

        assertThat(launched(plan(chat(5, 0.8, Bounds.NONE), dearSpot)))
                .containsExactlyInAnyOrder("L4:1 target", "L4:1 target", "A100:1 target");
    }

    @Test
    void keepsToItsBounds() {
        var bounds = new Bounds(Map.of(A100, 2), Map.of(L4, 0), OptionalDouble.empty());

        assertThat(launched(plan(chat(5, 1, bounds)))).containsExactlyInAnyOrder("A100:1 target", "A100:1 target");
    }

    @Test
    void servesAsMuchAsABudgetBuysAndSaysWhatIsMissing() {
        Plan plan = plan(chat(10, 1, new Bounds(Map.of(), Map.of(), OptionalDouble.of(2.2))));

        assertThat(launched(plan)).containsExactly("L4:1 target", "L4:1 target", "L4:1 target");
        assertThat(summary(plan).hopeless())
                .containsExactly(
                        "only 59 % of the rate is served within the service level, for $2.10/h: all of it takes"
                                + " $3.50/h, and max_usd_per_hour is $2.20/h");
    }

    @Test
    void saysWhichRequestsNothingOfferedServesAndWhatCould() {
        Plan plan = plan(chat(5, 0.8, Bounds.NONE), List.of(L4_SPOT, L4_OD));

        assertThat(launched(plan)).containsExactly("L4:1 target", "L4:1 target");
        assertThat(summary(plan).hopeless())
                .containsExactly("requests of up to 8000 tokens in and 500 out are not served: A100:1 or H100:1 could,"
                        + " and is not offered within resources and at_most");
    }

    @Test
    void keepsWhatRunsWhereItsCloudSaysNothing() {
        Plan plan = plan(
                chat(5, 0.8, Bounds.NONE),
                List.of(L4_SPOT, L4_OD),
                replica(CHAT, 1, Lifecycle.READY, L4_SPOT),
                replica(CHAT, 2, Lifecycle.READY, L4_SPOT),
                replica(CHAT, 3, Lifecycle.READY, A100_SPOT));

        assertThat(plan.actions())
                .noneMatch(action -> action instanceof Action.Drain
                        || action instanceof Action.Terminate
                        || action instanceof Action.Launch);
    }

    @Test
    void keepsAllThatRunsWhereNothingIsOffered() {
        Plan plan = plan(chat(5, 0.8, Bounds.NONE), List.of(), replica(CHAT, 1, Lifecycle.READY, L4_SPOT));

        assertThat(plan.actions())
                .noneMatch(action -> action instanceof Action.Drain || action instanceof Action.Terminate);
    }

    /// A rate with these sizes, measured over the whole window.
    private static Signals measured(double rate, double small) {
        long all = Math.round(rate * MeasuredLoad.WINDOW.toSeconds());
        long brief = Math.round(all * small);
        return Signals.NONE.with(Optional.of(
                new MeasuredLoad(new TreeMap<>(Map.of(SMALL, brief, LARGE, all - brief)), rate, MeasuredLoad.WINDOW)));
    }

    /// What a controller plans that is asked every ten seconds, as long as given.
    private static Plan planFor(Declared service, Signals signals, Duration time) {
        World world = Worlds.of(service, signals).offering(List.of(L4_SPOT, L4_OD, A100_SPOT, A100_OD));
        var kinds = Kinds.of(Declared.all(service));
        Plan plan = Planner.plan(kinds, world, PlanOptions.DEFAULT);
        for (Duration passed = Duration.ZERO; passed.compareTo(time) < 0; passed = passed.plusSeconds(10)) {
            SortedMap<String, WorkloadRecord> recorded = new TreeMap<>(world.workloads());
            plan.actions().stream()
                    .filter(Action.PutWorkload.class::isInstance)
                    .map(Action.PutWorkload.class::cast)
                    .forEach(put -> recorded.put(put.after().name(), put.after()));
            world = Worlds.spent(
                    world.with(recorded, world.replicas(), world.signals()),
                    world.now().plusSeconds(10),
                    0);
            plan = Planner.plan(kinds, world, PlanOptions.DEFAULT);
        }
        return plan;
    }

    @Test
    void followsTheMeasuredLoadOnceItHasLasted() {
        Declared service = chat(5, 0.8, Bounds.NONE);
        Signals signals = measured(10, 0.9);

        assertThat(launched(planFor(service, signals, Duration.ofSeconds(30))))
                .containsExactlyInAnyOrder("L4:1 target", "L4:1 target", "A100:1 target");
        Plan plan = planFor(service, signals, Duration.ofMinutes(2));
        assertThat(summary(plan).wantedBecause())
                .isEqualTo("the mix for 10 requests per second as measured: 1 on A100:1, 5 on L4:1");
        assertThat(summary(plan).notes())
                .contains("sizes as measured: 90 % up to 100 tokens in and 100 out, 10 % up to 8000 tokens in and 500"
                        + " out");
    }

    @Test
    void keepsToItsBoundsWhateverIsMeasured() {
        var bounds = new Bounds(Map.of(A100, 2), Map.of(L4, 1), OptionalDouble.of(12));

        Plan plan = planFor(chat(5, 1, bounds), measured(100, 1), Duration.ofMinutes(2));

        assertThat(launched(plan)).containsOnly("L4:1 target", "A100:1 target").hasSize(4);
        assertThat(summary(plan).hopeless())
                .anySatisfy(text -> assertThat(text).contains("of the rate is served within the service level"));
    }
}
