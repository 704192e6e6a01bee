package dev.skyhedge.engine.weights;

import static dev.skyhedge.engine.weights.WeightPlans.idle;
import static dev.skyhedge.engine.weights.WeightPlans.peer;
import static dev.skyhedge.engine.weights.WeightPlans.request;
import static dev.skyhedge.engine.weights.WeightPlans.target;
import static dev.skyhedge.engine.weights.WeightPlans.targets;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class WeightPlannerTest {
    private static final String A = "aws/us-east-1/us-east-1a";
    private static final String B = "aws/us-east-1/us-east-1b";
    private static final String WEST = "aws/us-west-2/us-west-2a";
    private static final String GCP = "gcp/us-central1/us-central1-a";

    private static List<String> ways(WeightPlan plan) {
        return plan.hops().stream()
                .map(hop -> hop.from().name() + ">" + hop.to().name())
                .toList();
    }

    @Test
    void aChainGoesFromWideLinksToNarrowOnes() {
        WeightPlan plan = WeightPlanner.plan(request(
                List.of(target("narrow", A, 1), target("wide", A, 10), target("middle", A, 5)),
                List.of(idle("source", A, 10)),
                List.of()));

        assertThat(ways(plan)).containsExactly("source>wide", "wide>middle", "middle>narrow");
        assertThat(plan.epoch()).isEqualTo(7);
    }

    @Test
    void replicasOfOneMachineAreOneReceiverWithAllItsLinks() {
        WeightPlan plan = WeightPlanner.plan(request(
                List.of(target("box", A, 5), target("box", A, 5), target("single", A, 8)),
                List.of(idle("source", A, 20)),
                List.of()));

        assertThat(ways(plan)).containsExactly("source>box", "box>single");
        assertThat(plan.hops().getFirst().bitsPerSecond()).isEqualTo(10e9);
    }

    @Test
    void eachSourceBeginsAChain() {
        WeightPlan plan =
                WeightPlanner.plan(request(targets(4, A, 1), List.of(idle("s1", A, 1), idle("s2", A, 1)), List.of()));

        assertThat(ways(plan)).containsExactly("s1>t0000", "s2>t0001", "t0000>t0002", "t0001>t0003");
    }

    @Test
    void aZoneWithoutASourceIsEnteredOnce() {
        WeightPlan plan = WeightPlanner.plan(request(
                List.of(target("a1", A, 9), target("b1", B, 8), target("a2", A, 7), target("b2", B, 6)),
                List.of(idle("source", A, 10)),
                List.of()));

        assertThat(ways(plan)).containsExactly("source>a1", "a1>a2", "a2>b1", "b1>b2");
    }

    @Test
    void oneCopyCrossesEachPaidLinkAndEntersAtTheWidest() {
        WeightPlan plan = WeightPlanner.plan(request(
                List.of(target("w1", WEST, 1), target("w2", WEST, 5), target("g1", GCP, 1), target("g2", GCP, 1)),
                List.of(),
                List.of(peer("s3", A, 100))));

        List<Hop> paid = plan.hops().stream().filter(hop -> hop.usd() > 0).toList();
        assertThat(paid).extracting(hop -> hop.to().name()).containsExactlyInAnyOrder("w2", "g1");
        assertThat(plan.egressUsd()).isCloseTo(16 * 0.02 + 16 * 0.09, within(1e-9));
    }

    @Test
    void theCheaperCloudSendsWhereTwoCould() {
        WeightPlan plan = WeightPlanner.plan(request(
                List.of(target("w1", "azure/west/1", 1)), List.of(), List.of(peer("s3", A, 1), peer("gcs", GCP, 100))));

        assertThat(ways(plan)).containsExactly("s3>w1");
    }

    @Test
    void aStoreOfItsOwnRegionIsAskedBeforeAMachineOfAnother() {
        WeightPlan plan = WeightPlanner.plan(request(
                List.of(target("w1", WEST, 1)), List.of(idle("source", A, 10)), List.of(peer("s3-west", WEST, 1))));

        assertThat(ways(plan)).containsExactly("s3-west>w1");
        assertThat(plan.egressUsd()).isZero();
    }

    @Test
    void whoServesDoesNotSendAndIsToldWhy() {
        WeightPlan plan = WeightPlanner.plan(request(
                List.of(target("t", A, 1)),
                List.of(
                        new Holder(peer("prefill", A, 10), Holder.Role.PREFILL, 0),
                        new Holder(peer("busy", A, 10), Holder.Role.WHOLE, 0.3),
                        new Holder(peer("decode", A, 1), Holder.Role.DECODE, 0.1)),
                List.of(peer("s3", A, 10))));

        assertThat(ways(plan)).containsExactly("decode>t");
        assertThat(plan.notes())
                .containsExactly(
                        "busy does not send: serving uses 30 % of its outgoing link",
                        "prefill does not send: it sends caches of prompts to decoders");
    }

    @Test
    void theStoreIsAskedWhereEverybodyServes() {
        WeightPlan plan = WeightPlanner.plan(request(
                List.of(target("t", A, 1)),
                List.of(new Holder(peer("busy", A, 10), Holder.Role.WHOLE, 0.11)),
                List.of(peer("s3", A, 10))));

        assertThat(ways(plan)).containsExactly("s3>t");
    }

    @Test
    void aMachineThatHoldsTheModelIsSentNothing() {
        WeightPlan plan =
                WeightPlanner.plan(request(List.of(target("source", A, 1)), List.of(idle("source", A, 1)), List.of()));

        assertThat(plan.hops()).isEmpty();
        assertThat(plan.local()).containsExactly("replica-source");
    }

    @Test
    void withoutAnySourceEverybodyIsUnreached() {
        WeightPlan plan = WeightPlanner.plan(request(List.of(target("t", A, 1)), List.of(), List.of()));

        assertThat(plan.unreached()).extracting(Peer::name).containsExactly("t");
        assertThat(plan.notes()).containsExactly("nobody has llama and may send it");
    }

    @Test
    void chunksShrinkUntilThereAreEightForEachHop() {
        WeightRequest small = new WeightRequest(
                "mini",
                64L * WeightPlans.CHUNK,
                WeightPlans.CHUNK,
                targets(12, A, 1),
                List.of(idle("source", A, 1)),
                List.of(),
                EgressPrices.free(),
                0);

        WeightPlan plan = WeightPlanner.plan(small);

        assertThat(plan.chunkBytes()).isEqualTo(WeightPlans.CHUNK / 2);
        assertThat(plan.chunks()).isEqualTo(128);
        assertThat(plan.notes()).containsExactly("chunks of 2097152 bytes, so that a chain of 12 is full soon");
    }

    @Test
    void whatAChainTakesIsOneCopyAndAChunkForEachFurtherHop() {
        WeightPlan plan = WeightPlanner.plan(request(targets(8, A, 10), List.of(idle("source", A, 10)), List.of()));

        double seconds = 12.8 * (1 + 7.0 / plan.chunks());
        assertThat(plan.makespan().toMillis() / 1000.0).isCloseTo(seconds, within(0.002));
    }

    @Test
    void twoThatShareASenderGetHalfOfItsLinkEach() {
        WeightPlan plan = WeightPlanner.plan(request(
                List.of(target("w", WEST, 10), target("g", GCP, 10)), List.of(idle("source", A, 10)), List.of()));

        assertThat(plan.hops()).extracting(Hop::bitsPerSecond).containsExactly(5e9, 5e9);
    }
}
