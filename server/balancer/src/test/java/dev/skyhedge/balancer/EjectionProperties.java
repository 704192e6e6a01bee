package dev.skyhedge.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.balancer.Statistics.BreakerState;
import dev.skyhedge.balancer.policy.Chooser;
import dev.skyhedge.balancer.policy.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

/// What ejection by errors must never do, whatever fails and whenever.
class EjectionProperties {
    private static final long MILLISECOND = 1_000_000L;
    private static final int REQUESTS = 2_000;

    private long now = 1_000_000 * MILLISECOND;

    /// Replicas fail, die and come back, requests are poisoned; all by chance.
    @Property(tries = 60)
    void neverMoreThanHalfAndNeverTheLastIsLeftOut(
            @ForAll @IntRange(min = 1, max = 7) int size, @ForAll Policy policy, @ForAll long seed) {
        var random = new Random(seed);
        List<Replica> replicas = replicas(size, random);
        Route route = route(policy, replicas);
        double[] errors = random.doubles(size).map(x -> x * x).toArray();
        double poison = random.nextDouble() / 2;

        for (int i = 0; i < REQUESTS; i++) {
            now += random.nextInt(20) * MILLISECOND;
            if (random.nextInt(100) == 0) {
                toggle(replicas.get(random.nextInt(size)));
            }
            Pick pick = route.choose(Set.of(), Subject.of(Chooser.NO_SESSION), now);
            Replica chosen = pick == null ? null : pick.replica();
            if (chosen != null && (random.nextDouble() < poison || random.nextDouble() < errors[indexOf(chosen)])) {
                route.blame(List.of(chosen), now);
            } else if (chosen != null) {
                chosen.standing.record(false, now);
            }
            route.exonerate(now);
            assertFloor(route, replicas);
        }
    }

    /// Though several are about to be ejected.
    @Property(tries = 100)
    void oneRequestEjectsOneReplicaAtMost(
            @ForAll @IntRange(min = 2, max = 9) int size, @ForAll @IntRange(max = 30) int errors, @ForAll long seed) {
        var random = new Random(seed);
        List<Replica> replicas = replicas(size, random);
        Route route = route(Policy.LEAST_LOAD, replicas);
        List<Replica> bad = replicas.subList(0, 1 + random.nextInt(size));
        for (Replica replica : replicas) {
            for (int i = 0; i < errors; i++) {
                replica.standing.record(bad.contains(replica), now);
            }
        }

        route.blame(bad, now);

        assertThat(replicas.stream().filter(replica -> replica.standing.isEjected(now)))
                .hasSizeLessThanOrEqualTo(1);
    }

    @Property(tries = 100)
    void whatFailsAtTwoReplicasIsToBlameItself(@ForAll @IntRange(min = 1, max = 7) int size, @ForAll long seed) {
        var random = new Random(seed);
        var served = new Blame<Integer>();
        var unserved = new Blame<Integer>();
        List<Integer> failedAt = random.ints(size, 0, 4).boxed().toList();
        failedAt.forEach(served::failed);
        failedAt.forEach(unserved::failed);

        assertThat(served.served()).containsExactlyInAnyOrderElementsOf(Set.copyOf(failedAt));
        assertThat(unserved.unserved()).hasSize(Set.copyOf(failedAt).size() == 1 ? 1 : 0);
        assertThat(unserved.unserved()).isEmpty();
    }

    /// All replicas fail the same share of the requests: chance may eject one for a while, once in a million
    /// outcomes, and nothing else does.
    @Property(tries = 60)
    void whatFailsAlikeEverywhereEjectsNobodyButByChance(
            @ForAll @IntRange(min = 2, max = 6) int size,
            @ForAll @DoubleRange(min = 0.05, max = 1) double poison,
            @ForAll long seed) {
        var random = new Random(seed);
        List<Replica> replicas = replicas(size, random);
        Route route = route(Policy.LEAST_LOAD, replicas);

        int ejections = 0;
        for (int i = 0; i < REQUESTS; i++) {
            now += random.nextInt(10) * MILLISECOND;
            Replica chosen = replicas.get(random.nextInt(size));
            if (random.nextDouble() < poison) {
                ejections += route.blame(List.of(chosen), now).isPresent() ? 1 : 0;
            } else {
                chosen.standing.record(false, now);
            }
        }

        assertThat(ejections).isLessThanOrEqualTo(1);
    }

    private void assertFloor(Route route, List<Replica> replicas) {
        long reachable = replicas.stream().filter(Replica::isReachable).count();
        long leftOut = replicas.stream()
                .filter(Replica::isReachable)
                .filter(replica -> route.leavesOut(replica, now))
                .count();
        assertThat(leftOut * 2).isLessThanOrEqualTo(reachable);
        if (reachable > 0) {
            assertThat(route.choose(Set.of(), Subject.of(Chooser.NO_SESSION), now))
                    .isNotNull();
        }
    }

    private void toggle(Replica replica) {
        if (replica.breaker.state() == BreakerState.CLOSED) {
            replica.breaker.unreachable(false, now);
        } else {
            replica.breaker.offerTrial(now);
            replica.breaker.acquire(now);
            replica.breaker.answered();
        }
    }

    private static int indexOf(Replica replica) {
        return Integer.parseInt(replica.key.replica());
    }

    private static Route route(Policy policy, List<Replica> replicas) {
        List<Target> targets = replicas.stream().map(Replica::target).toList();
        return new Route(
                new RoutingTable(1, "chat", policy, targets, Optional.empty()),
                replicas,
                new AnswerTime(),
                () -> Integer.MAX_VALUE,
                Optional.empty());
    }

    private static List<Replica> replicas(int size, Random random) {
        var replicas = new ArrayList<Replica>();
        for (int i = 0; i < size; i++) {
            replicas.add(new Replica(Target.ready("" + i, 1, "127.0.0.1", 80 + i), new Breaker(random), 4));
        }
        return replicas;
    }
}
