package dev.skyhedge.engine.service;

import static dev.skyhedge.engine.testing.Worlds.NOW;
import static dev.skyhedge.engine.testing.Worlds.replica;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.engine.kinds.Kinds;
import dev.skyhedge.engine.plan.Action;
import dev.skyhedge.engine.plan.Plan;
import dev.skyhedge.engine.plan.PlanOptions;
import dev.skyhedge.engine.plan.RefusedLaunches;
import dev.skyhedge.engine.plan.RefusedLaunches.Refusal;
import dev.skyhedge.engine.plan.Signals;
import dev.skyhedge.engine.plan.Supply;
import dev.skyhedge.engine.plan.World;
import dev.skyhedge.engine.testing.Declared;
import dev.skyhedge.engine.testing.Worlds;
import dev.skyhedge.engine.workload.Planner;
import dev.skyhedge.specs.UpdateSpec;
import dev.skyhedge.spi.Accelerator;
import dev.skyhedge.spi.AccountQuota;
import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.LocationPattern;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.spi.Scope;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.ReplicaRecord;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FixedAllocationTest {
    private static final Offer L4_A = offer("L4:1", "east-a", Market.SPOT, "0.30");
    private static final Offer L4_B = offer("L4:1", "east-b", Market.SPOT, "0.31");
    private static final Offer L4_OD = offer("L4:1", "east-a", Market.ON_DEMAND, "0.70");
    private static final Offer BIG_A = offer("A100:1", "east-a", Market.SPOT, "1.30");
    private static final Offer BIG_B = offer("A100:1", "east-b", Market.SPOT, "1.31");
    private static final Offer BIG_OD = offer("A100:1", "east-a", Market.ON_DEMAND, "3.67");
    private static final Offer HUGE_A = offer("H100:1", "east-a", Market.SPOT, "2.30");
    private static final Declared CHAT = Declared.service("chat");

    private static Offer offer(String accelerator, String zone, Market market, String price) {
        return new Offer(
                accelerator.startsWith("L4") ? "small" : "big",
                Accelerator.parse(accelerator),
                new Location("sim", "east", zone),
                market,
                HourlyPrice.ofUsd(price));
    }

    private static Declared chat(int small, int big) {
        return CHAT.allocates(Map.of("L4:1", small, "A100:1", big));
    }

    private static World world(Declared service, RefusedLaunches refused, Supply supply, ReplicaRecord... replicas) {
        World world = Worlds.of(service, Signals.NONE, replicas);
        return world.offering(List.of(L4_A, L4_B, L4_OD, BIG_A, BIG_B, BIG_OD, HUGE_A))
                .with(supply)
                .with(refused);
    }

    private static Plan plan(Declared service, ReplicaRecord... replicas) {
        return plan(service, world(service, RefusedLaunches.NONE, Supply.UNKNOWN, replicas));
    }

    private static Plan plan(Declared service, World world) {
        return Planner.plan(Kinds.of(Declared.all(service)), world, PlanOptions.DEFAULT);
    }

    private static List<Action.Launch> launches(Plan plan) {
        return plan.actions().stream()
                .filter(Action.Launch.class::isInstance)
                .map(Action.Launch.class::cast)
                .toList();
    }

    /// `ACCELERATOR market role` of each launch.
    private static Stream<String> launched(Plan plan) {
        return launches(plan).stream()
                .map(launch -> launch.offer().accelerator() + " "
                        + launch.offer().market().word() + " " + launch.role());
    }

    private static List<String> ended(Plan plan) {
        return plan.actions().stream()
                .filter(action -> action instanceof Action.Drain || action instanceof Action.Terminate)
                .map(action ->
                        action instanceof Action.Drain drain ? drain.replica() : ((Action.Terminate) action).replica())
                .toList();
    }

    @Test
    void launchesAsManyOnEachAcceleratorAsAreDeclared() {
        assertThat(launched(plan(chat(2, 1))))
                .containsExactlyInAnyOrder("L4:1 spot target", "L4:1 spot target", "A100:1 spot target");
    }

    @Test
    void givesEachAcceleratorSparesAndStandInsOfItsOwn() {
        assertThat(launched(plan(chat(2, 1).spotHedge(1, true, 0))))
                .containsExactlyInAnyOrder(
                        "L4:1 spot target",
                        "L4:1 spot target",
                        "L4:1 spot spare",
                        "L4:1 on_demand fallback",
                        "L4:1 on_demand fallback",
                        "A100:1 spot target",
                        "A100:1 spot spare",
                        "A100:1 on_demand fallback");
    }

    @Test
    void doesNotTakeAReplicaOfAnotherAcceleratorForTheOneThatIsMissing() {
        Plan plan = plan(
                chat(1, 1).spotHedge(1, false, 0),
                replica(CHAT, 1, Lifecycle.READY, L4_A),
                replica(CHAT, 2, Lifecycle.READY, L4_B));

        assertThat(launched(plan)).containsExactly("A100:1 spot target", "A100:1 spot spare");
        assertThat(plan.isUnfinished()).isTrue();
    }

    @Test
    void plansNothingWhenEachHasItsNumber() {
        Declared service = chat(1, 1);

        Plan plan = plan(service, replica(CHAT, 1, Lifecycle.READY, L4_A), replica(CHAT, 2, Lifecycle.READY, BIG_A));

        assertThat(plan.isEmpty()).isTrue();
        assertThat(plan.isUnfinished()).isFalse();
    }

    @Test
    void keepsWhatServesUntilOtherAcceleratorsServeInItsPlace() {
        ReplicaRecord[] serving = {
            replica(CHAT, 1, Lifecycle.READY, L4_A),
            replica(CHAT, 2, Lifecycle.READY, L4_B),
            replica(CHAT, 3, Lifecycle.READY, L4_A)
        };

        Plan plan = plan(chat(0, 1), serving);

        assertThat(ended(plan)).isEmpty();
        assertThat(launched(plan)).containsExactly("A100:1 spot target");
        assertThat(plan.services().getFirst().notes())
                .contains("L4:1: 3 replicas stay until the replicas on other accelerators serve");
    }

    @Test
    void endsWhatIsTooMuchOnceTheOthersServe() {
        Plan plan = plan(
                chat(1, 1),
                replica(CHAT, 1, Lifecycle.READY, L4_A),
                replica(CHAT, 2, Lifecycle.READY, L4_B),
                replica(CHAT, 3, Lifecycle.READY, BIG_A));

        assertThat(ended(plan)).containsExactly("chat-2");
    }

    @Test
    void endsStandInsOfAnAcceleratorWhoseSpotServesWhateverTheOthersLack() {
        Plan plan = plan(
                chat(1, 1).spotHedge(0, true, 0),
                replica(CHAT, 1, Lifecycle.READY, L4_A),
                replica(CHAT, 2, Lifecycle.READY, L4_OD));

        assertThat(ended(plan)).containsExactly("chat-2");
    }

    @Test
    void isNotHeldUpByRefusalsOfAnotherAccelerator() {
        Refusal refusal = new Refusal("chat", BIG_A.accelerator(), Market.SPOT, NOW);
        var refused = new RefusedLaunches(List.of(), Collections.nCopies(60, refusal), List.of());
        Declared service = chat(1, 1);

        Plan plan = plan(service, world(service, refused, Supply.UNKNOWN));

        assertThat(launched(plan)).containsExactly("L4:1 spot target");
    }

    @Test
    void isNotHeldUpByFailuresOnAnotherAccelerator() {
        ReplicaRecord failing = replica(CHAT, 1, Lifecycle.STARTING, BIG_A);
        for (int i = 0; i < Doubt.FAILURES_TO_STOP; i++) {
            failing = failing.failing();
        }

        Plan plan = plan(chat(2, 1), failing);

        assertThat(launched(plan)).containsExactly("L4:1 spot target", "L4:1 spot target");
    }

    @Test
    void leavesANameToTheAcceleratorThatFailedUnderIt() {
        ReplicaRecord failed = replica(CHAT, 1, Lifecycle.STARTING, L4_A)
                .failing()
                .in(Lifecycle.FAILED, NOW.minus(Duration.ofMinutes(30)), "did not start");

        Plan plan = plan(chat(1, 1), failed);

        assertThat(launches(plan))
                .extracting(launch -> launch.offer().accelerator() + " " + launch.replica() + " " + launch.failures())
                .containsExactlyInAnyOrder("L4:1 chat-1 1", "A100:1 chat-2 0");
    }

    @Test
    void sharesTheRoomOfAQuotaAmongAcceleratorsBeforeAnySpare() {
        var quota = new AccountQuota(
                "Spot",
                new Scope(LocationPattern.parse("sim/*/*"), Optional.of(Market.SPOT), Optional.empty()),
                AccountQuota.Unit.INSTANCES,
                2,
                0);
        var supply = new Supply(Collections.emptySortedMap(), List.of(new Supply.QuotaReading(quota, NOW)), List.of());
        Declared service = chat(1, 4).spotHedge(1, false, 0);

        Plan plan = plan(service, world(service, RefusedLaunches.NONE, supply));

        assertThat(launched(plan)).containsExactlyInAnyOrder("A100:1 spot target", "L4:1 spot target");
    }

    @Test
    void givesOneSurgeToAllAcceleratorsTogether() {
        Declared next = chat(2, 2).running("v2").update(UpdateSpec.Mode.ROLLING, 1);

        Plan plan = plan(
                next,
                replica(CHAT, 1, Lifecycle.READY, L4_A),
                replica(CHAT, 2, Lifecycle.READY, L4_B),
                replica(CHAT, 3, Lifecycle.READY, BIG_A),
                replica(CHAT, 4, Lifecycle.READY, BIG_B));

        assertThat(launches(plan)).hasSize(1);
    }

    @Test
    void takesNoRoomForItsUpdateThatAnotherAcceleratorLacksReplicasFor() {
        Declared next = CHAT.allocates(Map.of("A100:1", 1, "H100:1", 1, "L4:1", 2))
                .running("v2")
                .update(UpdateSpec.Mode.ROLLING, 1);

        Plan plan = plan(
                next,
                replica(CHAT, 1, Lifecycle.READY, BIG_A),
                replica(CHAT, 2, Lifecycle.READY, HUGE_A),
                replica(CHAT, 3, Lifecycle.READY, L4_A));

        assertThat(launches(plan))
                .extracting(launch -> launch.offer().accelerator().toString())
                .containsExactlyInAnyOrder("A100:1", "L4:1");
    }

    @Test
    void reckonsEachAcceleratorAtItsOwnPrice() {
        Plan plan = plan(chat(2, 1));

        Plan.Cost cost = plan.services().getFirst().cost();
        assertThat(cost.now()).isEqualTo(HourlyPrice.ofUsd("1.91"));
        assertThat(cost.allOnDemand()).isEqualTo(HourlyPrice.ofUsd("5.07"));
    }

    @Test
    void saysWhichAcceleratorNobodyOffers() {
        Plan plan = plan(CHAT.allocates(Map.of("L4:1", 1, "T4:1", 1)));

        assertThat(plan.services().getFirst().hopeless())
                .contains("T4:1: 1 spot replica cannot be placed: nothing that its resources permit is offered");
    }
}
