package dev.skyhedge.balancer.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class PolicyProperties {
    @Property(tries = 300)
    void leastLoadTakesALeastLoadedOne(
            @ForAll @Size(min = 1, max = 20) List<@IntRange(max = 50) Integer> loads, @ForAll int offset) {
        int chosen = LeastLoad.choose(Fleet.loaded(loads), offset);

        assertThat(loads.get(chosen))
                .isEqualTo(loads.stream().min(Integer::compare).orElseThrow());
    }

    @Property(tries = 100)
    void leastLoadKeepsLongRequestsWithinOne(
            @ForAll @IntRange(min = 1, max = 20) int replicas, @ForAll @IntRange(max = 200) int requests) {
        Fleet fleet = Fleet.loaded(IntStream.range(0, replicas).mapToObj(i -> 0).toList());

        for (int i = 0; i < requests; i++) {
            fleet.loads()[LeastLoad.choose(fleet, i)]++;
        }

        int max = Arrays.stream(fleet.loads()).max().orElseThrow();
        int min = Arrays.stream(fleet.loads()).min().orElseThrow();
        assertThat(max - min).isLessThanOrEqualTo(1);
    }

    @Property(tries = 100)
    void leastLoadSharesTiesEvenly(@ForAll @IntRange(min = 1, max = 20) int replicas) {
        Fleet idle = Fleet.loaded(IntStream.range(0, replicas).mapToObj(i -> 0).toList());
        int[] chosen = new int[replicas];

        for (int i = 0; i < replicas * 3; i++) {
            chosen[LeastLoad.choose(idle, Integer.MAX_VALUE - 5 + i)]++;
        }

        assertThat(Arrays.stream(chosen).max().orElseThrow()).isLessThanOrEqualTo(5);
    }

    @Property(tries = 200)
    void noPolicyTakesAnIneligibleOne(
            @ForAll @Size(min = 1, max = 20) List<Boolean> open, @ForAll @IntRange(max = 1_000) int turn) {
        Fleet fleet = Fleet.loaded(open.stream().map(o -> 0).toList());
        for (int i = 0; i < open.size(); i++) {
            fleet.open()[i] = open.get(i);
        }

        int least = LeastLoad.choose(fleet, turn);
        int next = RoundRobin.choose(fleet, RoundRobin.sequence(fleet.weights()), turn);

        assertThat(List.of(least, next))
                .allSatisfy(
                        chosen -> assertThat(chosen >= 0 && open.get(chosen)).isEqualTo(open.contains(true)));
    }

    @Property(tries = 200)
    void roundRobinGivesExactSharesInEveryCycle(
            @ForAll @Size(min = 1, max = 12) List<@IntRange(min = 1, max = 9) Integer> weights) {
        int[] sequence = RoundRobin.sequence(
                weights.stream().mapToDouble(Integer::doubleValue).toArray());
        double sum = weights.stream().mapToInt(Integer::intValue).sum();

        for (int i = 0; i < weights.size(); i++) {
            int index = i;
            long turns = Arrays.stream(sequence).filter(turn -> turn == index).count();
            assertThat(turns / (double) sequence.length)
                    .isCloseTo(weights.get(i) / sum, org.assertj.core.data.Offset.offset(0.06));
        }
    }

    @Property(tries = 200)
    void roundRobinStaysShortAndLeavesNobodyOut(
            @ForAll @Size(min = 1, max = 50) List<@DoubleRange(min = 0.01, max = 1_000) Double> weights) {
        int[] sequence = RoundRobin.sequence(
                weights.stream().mapToDouble(Double::doubleValue).toArray());

        assertThat(sequence.length).isLessThanOrEqualTo(RoundRobin.MAX_LENGTH + 2 * weights.size());
        assertThat(Arrays.stream(sequence).distinct().count()).isEqualTo(weights.size());
    }
}
