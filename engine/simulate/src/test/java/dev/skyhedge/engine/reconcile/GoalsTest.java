package dev.skyhedge.engine.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.engine.kinds.Kinds;
import dev.skyhedge.engine.plan.Plan;
import dev.skyhedge.engine.plan.PlanOptions;
import dev.skyhedge.engine.testing.Declared;
import dev.skyhedge.engine.testing.SimulatedClouds;
import dev.skyhedge.engine.workload.Planner;
import dev.skyhedge.providers.simulated.Cloud;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.LocationPattern;
import dev.skyhedge.state.records.Lifecycle;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// When goals are reached: what could not be done is not done.
class GoalsTest {
    private static final Declared CHAT = Declared.service("chat");

    private static Cloud cloud(int instances) {
        return SimulatedClouds.calm(SimulatedClouds.rules().withLimits(instances, Double.POSITIVE_INFINITY));
    }

    private static Optional<Ending> settled(VirtualController controller) {
        return new Settle().reached(controller.spec(), controller.lastStep(), controller.world());
    }

    private static void isHopelessFor(Optional<Ending> ending, String... words) {
        assertThat(ending)
                .hasValueSatisfying(end -> assertThat(end)
                        .isInstanceOfSatisfying(
                                Ending.Hopeless.class,
                                hopeless -> assertThat(hopeless.reasons())
                                        .anySatisfy(reason -> assertThat(reason).contains(words))));
    }

    @Test
    void anUpdateThatAQuotaBlocksIsNotComplete() {
        var controller = new VirtualController(cloud(3), Declared.all(CHAT.wants(3)));
        controller.run(Duration.ofMinutes(10));
        assertThat(settled(controller)).contains(new Ending.Reached());

        controller.declare(Declared.all(CHAT.wants(3).running("v2")));
        controller.run(Duration.ofSeconds(5));

        Plan plan = controller.lastStep().plan();
        assertThat(plan.isUnfinished()).isTrue();
        assertThat(plan.services().getFirst().outdated()).isEqualTo(3);
        assertThat(Settle.isSettled(plan, controller.world())).isFalse();
        assertThat(settled(controller)).as("it is tried again soon").isEmpty();

        controller.run(Duration.ofMinutes(1));

        isHopelessFor(settled(controller), "quota in sim/*/*", "The quota of 3 instances is used up");
    }

    @Test
    void whatAQuotaLeavesNoPlaceForIsNotComplete() {
        var controller = new VirtualController(cloud(1), Declared.all(CHAT.wants(2)));

        controller.run(Duration.ofMinutes(5));

        isHopelessFor(settled(controller), "chat: quota in sim/*/*");
    }

    @Test
    void aSavedPlanEndsWithTheNameOfThePlaceThatDoesNotAnswer() {
        Cloud cloud = SimulatedClouds.calm();
        var controller = new VirtualController(cloud, Declared.all(CHAT));
        var saved = new CarryOut(Planner.plan(Kinds.of(controller.spec()), controller.world(), PlanOptions.DEFAULT)
                .actions());
        cloud.faults().unreachable(LocationPattern.parse("sim/east"), new Failure.Throttled(Duration.ZERO, "down"));

        controller.run(Duration.ofMinutes(3));

        assertThat(controller.replicas(Lifecycle.READY))
                .singleElement()
                .satisfies(replica -> assertThat(replica.offer().location()).isEqualTo(SimulatedClouds.WEST_A));
        isHopelessFor(
                saved.reached(controller.spec(), controller.lastStep(), controller.world()),
                "chat-1: sim/east/east-a has not answered");
    }

    @Test
    void anApplyWaitsForNoPlaceThatDoesNotAnswerOnceOthersServe() {
        Cloud cloud = SimulatedClouds.calm();
        var controller = new VirtualController(cloud, Declared.all(CHAT));
        cloud.faults().unreachable(LocationPattern.parse("sim/east"), new Failure.Throttled(Duration.ZERO, "down"));

        controller.run(Duration.ofMinutes(3));

        assertThat(controller.replicas(Lifecycle.READY)).hasSize(1);
        isHopelessFor(settled(controller), "chat-1: sim/east/east-a has not answered");
    }
}
