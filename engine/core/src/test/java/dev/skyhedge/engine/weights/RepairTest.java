package dev.skyhedge.engine.weights;

import static dev.skyhedge.engine.weights.WeightPlans.idle;
import static dev.skyhedge.engine.weights.WeightPlans.peer;
import static dev.skyhedge.engine.weights.WeightPlans.request;
import static dev.skyhedge.engine.weights.WeightPlans.targets;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RepairTest {
    private static final String ZONE = "aws/r/z";
    private static final List<String> STORES = List.of("s3");

    /// source > t0000 > t0001 > t0002 > t0003, with 40, 30, 20 and 10 chunks.
    private static Transfer running(List<String> stores) {
        WeightPlan plan = WeightPlanner.plan(
                request(targets(4, ZONE, 1), List.of(idle("source", ZONE, 1)), List.of(peer("s3", ZONE, 1))));
        return Transfer.of(plan, stores)
                .progress("t0000", 40)
                .progress("t0001", 30)
                .progress("t0002", 20)
                .progress("t0003", 10);
    }

    @Test
    void theChildOfALostMachineGoesOnAtTheSenderAbove() {
        RepairStep step = Repair.lost(running(STORES), "t0001");

        assertThat(step.moves()).containsExactly(new Reparent("t0002", "t0000", 20, "t0001 is lost"));
        assertThat(step.transfer().epoch()).isEqualTo(8);
    }

    @Test
    void theFirstOfAChainAloneReadsTheRestFromTheStoreWhenTheSourceIsLost() {
        RepairStep step = Repair.lost(running(STORES), "source");

        assertThat(step.moves()).containsExactly(new Reparent("t0000", "s3", 40, "source is lost"));
        assertThat(step.transfer().parents()).containsEntry("t0001", "t0000");
    }

    @Test
    void withoutStoreAndCopyTheFirstIsStuck() {
        RepairStep step = Repair.lost(running(List.of()), "source");

        assertThat(step.moves()).isEmpty();
        assertThat(step.stuck()).containsExactly("t0000");
    }

    @Test
    void whoHasEverythingNeedsNobody() {
        Transfer done = running(List.of()).progress("t0000", Integer.MAX_VALUE);

        RepairStep step = Repair.lost(done, "source");

        assertThat(step.stuck()).isEmpty();
        assertThat(step.transfer().parents()).doesNotContainKey("t0000");
    }

    @Test
    void onlyTheOneWithTheMostAsksTheStoreWhenItsReaderIsLost() {
        WeightPlan plan = WeightPlanner.plan(
                request(targets(4, ZONE, 1), List.of(idle("s1", ZONE, 1), idle("s2", ZONE, 1)), List.of()));
        Transfer running = Transfer.of(plan, STORES)
                .progress("t0000", 50)
                .progress("t0001", 60)
                .progress("t0002", 40)
                .progress("t0003", 30);

        Transfer one = Repair.lost(running, "s1").transfer();
        Transfer none = Repair.lost(one, "s2").transfer();
        RepairStep step = Repair.lost(none, "t0001");

        assertThat(step.transfer().parents().values().stream().filter("s3"::equals))
                .hasSize(1);
        assertThat(step.stuck()).isEmpty();
    }

    @Test
    void childrenAreMovedBeforeAMachineIsTakenAway() {
        RepairStep step = Repair.leaving(running(STORES), "t0002");

        assertThat(step.moves()).containsExactly(new Reparent("t0003", "t0001", 10, "t0002 is about to be taken away"));
        assertThat(step.transfer().parents()).doesNotContainKey("t0002");
    }

    @Test
    void whoIsBarredStillReceives() {
        RepairStep step = Repair.barred(running(STORES), "t0001");

        assertThat(step.moves())
                .containsExactly(new Reparent("t0002", "t0000", 20, "t0001 sent chunks that are not the model"));
        assertThat(step.transfer().parents()).containsEntry("t0001", "t0000");
    }

    @Test
    void whoDoesNotHearItsSenderMovesAlone() {
        RepairStep step = Repair.cut(running(STORES), "t0002");

        assertThat(step.moves()).containsExactly(new Reparent("t0002", "t0000", 20, "t0002 does not hear t0001"));
        assertThat(step.transfer().parents()).containsEntry("t0001", "t0000").containsEntry("t0003", "t0002");
    }

    @Test
    void twoDifferentReportersBarASender() {
        Blame once = Blame.NOBODY.reported("t1", "t2").reported("t1", "t2");

        assertThat(once.isBarred("t1")).isFalse();
        assertThat(once.reported("t1", "t3").isBarred("t1")).isTrue();
    }
}
