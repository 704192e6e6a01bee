package dev.skyhedge.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.balancer.policy.Chooser;
import dev.skyhedge.balancer.policy.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Choices over virtual time: what errors and youth do to the shares of the traffic.
class ChoiceUnderErrorsTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long MILLISECOND = 1_000_000L;

    private final AnswerTime answerTime = new AnswerTime();
    private long now = 1_000 * SECOND;

    @Test
    void leastLoadIsNotAttractedByQuickErrorsThoughNothingIsEjected() {
        List<Replica> replicas = replicas(3);
        Route route = route(Policy.LEAST_LOAD, replicas);
        int failed = 0;

        for (int i = 0; i < 60; i++) { // the good ones do not answer in this time
            Replica chosen = choose(route);
            Flight flight = Flight.begin(chosen, 0, now);
            if (chosen == replicas.getLast()) {
                failed++;
                flight.close(new Flight.Outcome.Failed(FailureKind.BAD_STATUS), now, answerTime.nanos());
            }
            now += 10 * MILLISECOND;
        }

        assertThat(failed).isBetween(15, 25);
    }

    @ParameterizedTest
    @EnumSource(Policy.class)
    void aNewReplicaStartsSlowlyAndGetsItsShareAfterTenSeconds(Policy policy) {
        List<Replica> replicas = replicas(3);
        replicas.getLast().slowStart.begin(now);
        Route route = route(policy, replicas);

        assertThat(shareOfLast(route, replicas)).isBetween(0.01, 0.1);
        now += 5 * SECOND;
        assertThat(shareOfLast(route, replicas)).isBetween(0.2, 0.25);
        now += 4 * SECOND;
        assertThat(shareOfLast(route, replicas)).isBetween(0.29, 0.33);
        now += SECOND;
        assertThat(shareOfLast(route, replicas)).isBetween(0.32, 0.35);
    }

    @ParameterizedTest
    @EnumSource(Policy.class)
    void whereAllAreNewNobodyStartsSlowly(Policy policy) {
        List<Replica> replicas = replicas(3);
        replicas.forEach(replica -> replica.slowStart.begin(now));

        assertThat(shareOfLast(route(policy, replicas), replicas)).isBetween(0.32, 0.35);
    }

    @Test
    void ejectsTheOneThatFailsAlone() {
        assertThat(ejectedAfter(4, i -> i == 2)).isEqualTo(1);
    }

    @Test
    void ejectsHalfAtMost() {
        assertThat(ejectedAfter(4, i -> i < 2)).isEqualTo(2);
        assertThat(ejectedAfter(4, i -> i < 3)).isLessThanOrEqualTo(2);
        assertThat(ejectedAfter(3, i -> i < 2)).isLessThanOrEqualTo(1);
    }

    @Test
    void ejectsNobodyWhenAllFail() {
        assertThat(ejectedAfter(4, i -> true)).isZero();
    }

    /// Every second request is poison, and with two replicas in turn one gets all of it.
    @Test
    void takesAReplicaBackThatOnlyTheRhythmOfTheRequestsMadeLookBad() {
        List<Replica> replicas = replicas(2);
        Route route = route(Policy.ROUND_ROBIN, replicas);
        int outOfIt = 0;
        for (int i = 0; i < 2_000; i++) {
            Replica chosen = choose(route);
            if (i % 2 == 0) {
                route.blame(List.of(chosen), now);
            } else {
                chosen.standing.record(false, now);
            }
            route.exonerate(now);
            outOfIt += replicas.stream().anyMatch(replica -> replica.standing.isEjected(now)) ? 1 : 0;
            now += 10 * MILLISECOND;
        }

        assertThat(outOfIt).isBetween(1, 400);
    }

    @Test
    void neverEjectsTheOnlyOne() {
        assertThat(ejectedAfter(1, i -> true)).isZero();
    }

    private int ejectedAfter(int size, IntPredicate fails) {
        List<Replica> replicas = replicas(size);
        Route route = route(Policy.ROUND_ROBIN, replicas);
        for (int i = 0; i < 500; i++) {
            Replica chosen = choose(route);
            if (fails.test(replicas.indexOf(chosen))) {
                route.blame(List.of(chosen), now);
            } else {
                chosen.standing.record(false, now);
            }
            now += MILLISECOND;
        }
        return (int) replicas.stream()
                .filter(replica -> replica.standing.isEjected(now))
                .count();
    }

    private double shareOfLast(Route route, List<Replica> replicas) {
        var flights = new ArrayList<Flight>();
        int last = 0;
        for (int i = 0; i < 300; i++) {
            Replica chosen = choose(route);
            flights.add(Flight.begin(chosen, 0, now));
            last += chosen == replicas.getLast() ? 1 : 0;
        }
        flights.forEach(flight -> flight.close(Flight.ABANDONED, now, 1));
        return last / 300.0;
    }

    private Replica choose(Route route) {
        return Optional.ofNullable(route.choose(Set.of(), Subject.of(Chooser.NO_SESSION), now))
                .orElseThrow()
                .replica();
    }

    private Route route(Policy policy, List<Replica> replicas) {
        List<Target> targets = replicas.stream().map(Replica::target).toList();
        return new Route(
                new RoutingTable(1, "chat", policy, targets, Optional.empty()),
                replicas,
                answerTime,
                () -> Integer.MAX_VALUE,
                Optional.empty());
    }

    private static List<Replica> replicas(int size) {
        var replicas = new ArrayList<Replica>();
        for (int i = 0; i < size; i++) {
            replicas.add(new Replica(Target.ready("r" + i, 1, "127.0.0.1", 80 + i), new Breaker(new Random(i)), 4));
        }
        return replicas;
    }
}
