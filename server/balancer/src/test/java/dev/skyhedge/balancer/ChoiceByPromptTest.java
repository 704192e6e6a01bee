package dev.skyhedge.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.balancer.policy.Chooser;
import dev.skyhedge.balancer.policy.Policy;
import dev.skyhedge.balancer.prompt.PromptCaches;
import dev.skyhedge.balancer.prompt.PromptReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Choices over virtual time: what prompts do to them.
class ChoiceByPromptTest {
    private static final int SLOTS = 4;
    private static final long SECOND = 1_000_000_000L;

    private final PromptCaches<TargetKey> caches = new PromptCaches<>(SLOTS, 65_536);
    private long now = 1_000 * SECOND;

    private Route route(List<Replica> replicas) {
        List<Target> targets = replicas.stream().map(Replica::target).toList();
        caches.route(replicas.stream().map(replica -> replica.key).toList());
        return new Route(
                new RoutingTable(1, "chat", Policy.PREFIX_AFFINITY, targets, Optional.empty()),
                replicas,
                new AnswerTime(),
                () -> Integer.MAX_VALUE,
                Optional.of(caches));
    }

    private static List<Replica> replicas(int size) {
        var replicas = new ArrayList<Replica>();
        for (int i = 0; i < size; i++) {
            replicas.add(new Replica(Target.ready("r" + i, 1, "127.0.0.1", 80 + i), new Breaker(new Random(i)), 4));
        }
        return replicas;
    }

    private static Subject asking(String text) {
        byte[] body = ("{\"prompt\":\"" + text + "\"}").getBytes(StandardCharsets.UTF_8);
        return Subject.of(Chooser.NO_SESSION).asking(PromptReader.read(body));
    }

    private Pick pick(Route route, String text) {
        return Optional.ofNullable(route.choose(Set.of(), asking(text), now)).orElseThrow();
    }

    @Test
    void aLongerPromptIsReadOnlyFromWhereItsReplicaHasSeenIt() {
        Route route = route(replicas(3));
        String text = "x".repeat(8 * 256);

        Pick first = pick(route, text);
        Pick next = pick(route, text + "y".repeat(4 * 256));

        assertThat(first).isEqualTo(new Pick(first.replica(), 8, 0, 512, 0));
        assertThat(next).isEqualTo(new Pick(first.replica(), 12, 8, 256, 0));
    }

    @Test
    void aReplicaThatReadsAsMuchAsItsCacheSavesIsWaitedForNoLongerThanReadingTakes() {
        List<Replica> replicas = replicas(2);
        Route route = route(replicas);
        Replica busy = replicas.getFirst();
        String rest = "x".repeat(256 * 256);
        Flight reading = Flight.begin(busy, 256 * 256 / 4, now);

        assertThat(choicesOf(busy, route, "a" + rest)).isBetween(1L, 20L);
        reading.answers();
        assertThat(choicesOf(busy, route, "b" + rest)).isEqualTo(40);
    }

    /// Of 40 prompts that it has in its cache.
    private long choicesOf(Replica home, Route route, String rest) {
        long there = 0;
        for (int i = 0; i < 40; i++) {
            String text = i + rest;
            caches.given(asking(text).prompt().orElseThrow(), home.key, now);
            there += pick(route, text).replica() == home ? 1 : 0;
        }
        return there;
    }

    @Test
    void aReplicaThatIsNotToldApartIsChosenByLoad() {
        List<Replica> replicas = replicas(SLOTS + 1);
        Route route = route(replicas);
        Replica beyond = replicas.getLast();
        assertThat(caches.slot(beyond.key)).isEqualTo(PromptCaches.NONE);
        replicas.subList(0, SLOTS).forEach(replica -> {
            for (int i = 0; i < 8; i++) {
                Flight.begin(replica, 0, now);
            }
        });

        for (int i = 0; i < 4; i++) {
            Pick pick = pick(route, "z".repeat(1_000));
            assertThat(pick.replica()).isEqualTo(beyond);
            assertThat(pick.seenBlocks()).isZero();
        }
    }

    @Test
    void whatWasNotAskedForTooLongIsForgotten() {
        Route route = route(replicas(3));
        String text = "x".repeat(1_024);
        pick(route, text);
        now += 299 * SECOND;
        assertThat(pick(route, text).seenBlocks()).isEqualTo(4);
        now += 301 * SECOND;

        assertThat(pick(route, text).seenBlocks()).isZero();
    }
}
