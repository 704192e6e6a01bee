package dev.skyhedge.providers.kubernetes;

import static dev.skyhedge.providers.cloud.contract.Outcomes.done;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.providers.kubernetes.fake.Fault;
import dev.skyhedge.spi.EndCause;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.LaunchRequest;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.Provider;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;

/// Whatever is lost on the way, taken back or forgotten by us: no token ever has two pods, nothing of ours
/// is left that nobody knows, no secret outlives its pod, and everything that ended has its cause.
class LifeProperties {
    private static final int REPLICAS = 4;
    private static final int MOST_STEPS = 40;
    private static final int MOST_ROUNDS = 10;

    private static final KubernetesHarness HARNESS = new KubernetesHarness();
    private static final Cluster CONNECTION = HARNESS.connection();

    private static int stories;

    /// What can happen in a story.
    enum Turn {
        LAUNCH,
        REPEAT,
        LOSE_POD_REPLY,
        LOSE_SECRET_CALL,
        PAGE_INSTEAD,
        LOSE_DELETION,
        CRASH,
        PREEMPT,
        TERMINATE,
        WAIT,
        LOOK
    }

    /// A turn, about one replica.
    record Chapter(Turn turn, int replica) {}

    @AfterContainer
    static void close() {
        CONNECTION.client().close();
        HARNESS.close();
    }

    @Provide
    Arbitrary<List<Chapter>> chapters() {
        return Combinators.combine(
                        Arbitraries.of(Turn.class), Arbitraries.integers().between(0, REPLICAS - 1))
                .as(Chapter::new)
                .list()
                .ofMinSize(5)
                .ofMaxSize(MOST_STEPS);
    }

    @Property(tries = 100, shrinking = ShrinkingMode.BOUNDED)
    void everyPodHasARecordAndEveryRecordAPodOrACause(@ForAll("chapters") List<Chapter> chapters) {
        Story story = new Story("story-" + ++stories);
        chapters.forEach(story::tell);
        story.end();
    }

    /// One lineage, and what its journal says: that survives crashes, the client does not.
    private static final class Story {
        private final String lineage;
        private final Map<Integer, LaunchRequest> intents = new TreeMap<>();
        private final Map<Integer, Instance> records = new TreeMap<>();
        private final Map<Integer, Integer> generations = new HashMap<>();
        private final Set<String> terminated = new HashSet<>();
        private final Set<String> taken = new HashSet<>();
        private Provider provider = HARNESS.provider(CONNECTION);

        Story(String lineage) {
            this.lineage = lineage;
            HARNESS.server().noFaults();
        }

        void tell(Chapter chapter) {
            int replica = chapter.replica();
            switch (chapter.turn()) {
                case LAUNCH -> decide(replica);
                case REPEAT -> launch(replica);
                case LOSE_POD_REPLY -> HARNESS.server().fault("POST pods", new Fault.ReplyLost());
                case LOSE_SECRET_CALL -> lose("POST secrets", new Fault.CallLost());
                case PAGE_INSTEAD -> lose("POST pods", new Fault.PageAfterEffect(502));
                case LOSE_DELETION -> lose("DELETE pods", new Fault.ReplyLost());
                case CRASH -> provider = HARNESS.provider(CONNECTION);
                case PREEMPT -> preempt(replica);
                case TERMINATE -> terminate(replica);
                case WAIT -> HARNESS.clock().advance(Duration.ofSeconds(13));
                case LOOK -> look();
            }
        }

        /// More often than the client tries.
        private static void lose(String call, Fault fault) {
            for (int i = 0; i < 5; i++) {
                HARNESS.server().fault(call, fault);
            }
        }

        private void decide(int replica) {
            if (!intents.containsKey(replica) && !records.containsKey(replica)) {
                int number = 100 * replica + generations.merge(replica, 1, Integer::sum);
                intents.put(replica, HARNESS.request(HARNESS.spotOffer(), lineage, number));
                launch(replica);
            }
        }

        private void launch(int replica) {
            LaunchRequest intent = intents.get(replica);
            if (intent != null && provider.launch(intent) instanceof Outcome.Done<Instance>(Instance made)) {
                intents.remove(replica);
                keep(replica, made);
            }
        }

        private void keep(int replica, Instance now) {
            if (now.isLive()) {
                records.put(replica, now);
            } else {
                check(now);
                records.remove(replica);
            }
        }

        private void check(Instance ended) {
            EndCause cause = ended.end().orElseThrow().cause();
            if (!taken.contains(ended.id())) {
                assertThat(cause).isEqualTo(EndCause.TERMINATED);
            } else if (!terminated.contains(ended.id())) {
                assertThat(cause).isEqualTo(EndCause.PREEMPTED);
            }
        }

        private void preempt(int replica) {
            Instance instance = records.get(replica);
            if (instance != null
                    && !terminated.contains(instance.id())
                    && HARNESS.cluster().live().contains(instance.id())) {
                taken.add(instance.id());
                HARNESS.cluster().preempt(instance.id());
            }
        }

        private void terminate(int replica) {
            Instance instance = records.get(replica);
            if (instance != null) {
                terminated.add(instance.id());
                var _ = provider.terminate(instance.id(), instance.offer().location());
            }
        }

        /// A client that crashed may not have seen what is gone by now: the engine then takes it as vanished.
        private void look() {
            Map<String, Instance> seen = new HashMap<>();
            done(provider.observe(lineage)).instances().forEach(one -> seen.put(one.id(), one));
            for (Map.Entry<Integer, Instance> record : List.copyOf(records.entrySet())) {
                Instance now = seen.get(record.getValue().id());
                if (now == null) {
                    assertThat(HARNESS.cluster().live())
                            .doesNotContain(record.getValue().id());
                    records.remove(record.getKey());
                } else {
                    assertThat(now.tags()).isEqualTo(record.getValue().tags());
                    keep(record.getKey(), now);
                }
            }
        }

        /// Quiet comes back: what is open is repeated, what is to go is told so once more.
        void end() {
            HARNESS.server().noFaults();
            for (int round = 0; round < MOST_ROUNDS && !intents.isEmpty(); round++) {
                List.copyOf(intents.keySet()).forEach(this::launch);
            }
            records.forEach((replica, instance) -> {
                if (terminated.contains(instance.id())) {
                    done(provider.terminate(instance.id(), instance.offer().location()));
                }
            });
            HARNESS.clock().advance(Duration.ofMinutes(1));
            look();

            assertThat(intents).isEmpty();
            List<String> recorded =
                    records.values().stream().map(Instance::id).sorted().toList();
            assertThat(HARNESS.cluster().live("skyhedge-lineage", lineage)).containsExactlyElementsOf(recorded);
            assertThat(HARNESS.cluster().made().values()).allMatch(pods -> pods == 1);
            records.values()
                    .forEach(
                            one -> done(provider.terminate(one.id(), one.offer().location())));
            HARNESS.clock().advance(Duration.ofMinutes(1));
            assertThat(HARNESS.cluster().live()).isEmpty();
            assertThat(HARNESS.cluster().secretNames()).isEmpty();
        }
    }
}
