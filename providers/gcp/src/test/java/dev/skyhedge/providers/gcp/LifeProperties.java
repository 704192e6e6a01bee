package dev.skyhedge.providers.gcp;

import static dev.skyhedge.providers.gcp.Outcomes.done;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.providers.cloud.fake.Fault;
import dev.skyhedge.providers.gcp.fake.FakeGeography;
import dev.skyhedge.providers.gcp.fake.FakeRules;
import dev.skyhedge.spi.EndCause;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.LaunchRequest;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.Provider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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

/// Whatever happens to the wire, to the cloud and to us, no token has two instances, nothing of ours is left that
/// nobody knows, and everything that ended has its cause.
class LifeProperties {
    private static final int REPLICAS = 4;
    private static final int STEPS = 40;
    private static final int MAX_REPEATS = 10;

    private static final GcpHarness HARNESS =
            new GcpHarness(FakeGeography.small(), FakeRules.calm().lagging(Duration.ofSeconds(20)));
    private static final ComputeClients CLIENTS = clients();

    private static int tries;

    /// A step of a random story, about one replica.
    enum Step {
        LAUNCH,
        REPEAT,
        LOSE_REPLY,
        PAGE_INSTEAD,
        LOSE_CALL,
        CRASH,
        PREEMPT,
        TERMINATE,
        WAIT,
        OBSERVE
    }

    /// @param replica from 0
    record Happening(Step step, int replica) {}

    private static ComputeClients clients() {
        try {
            return new ComputeClients(Optional.of(URI.create(HARNESS.fake().endpoint())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterContainer
    static void close() {
        CLIENTS.close();
        HARNESS.close();
    }

    @Provide
    Arbitrary<List<Happening>> stories() {
        Arbitrary<Step> steps = Arbitraries.of(Step.class);
        return Combinators.combine(steps, Arbitraries.integers().between(0, REPLICAS - 1))
                .as(Happening::new)
                .list()
                .ofMinSize(5)
                .ofMaxSize(STEPS);
    }

    @Property(tries = 80, shrinking = ShrinkingMode.BOUNDED)
    void everyInstanceHasOneRecordAndEveryRecordOneInstanceOrACause(@ForAll("stories") List<Happening> story) {
        HARNESS.fake().noFaults();
        Story told = new Story("story-" + ++tries);

        story.forEach(told::tell);
        told.settle();

        told.check();
    }

    /// One lineage and what we know of it. The journal survives a crash; the client does not.
    private static final class Story {
        private final String lineage;
        private final Map<Integer, LaunchRequest> intents = new TreeMap<>();
        private final Map<Integer, Instance> records = new TreeMap<>();
        private final Set<Integer> terminated = new HashSet<>();
        private final Set<String> takenBack = new HashSet<>();
        private final Map<Integer, Integer> generations = new TreeMap<>();
        private final List<Instance> ended = new ArrayList<>();
        private Provider provider = HARNESS.provider(CLIENTS);

        Story(String lineage) {
            this.lineage = lineage;
        }

        void tell(Happening happening) {
            int replica = happening.replica();
            switch (happening.step()) {
                case LAUNCH -> {
                    if (!intents.containsKey(replica) && !records.containsKey(replica)) {
                        int number = 100 * replica + generations.merge(replica, 1, Integer::sum);
                        intents.put(replica, HARNESS.request(HARNESS.spotOffer(), lineage, number));
                        launch(replica);
                    }
                }
                case REPEAT -> launch(replica);
                case LOSE_REPLY -> HARNESS.fake().fault("Instances.Insert", new Fault.ReplyLost());
                case PAGE_INSTEAD -> {
                    for (int i = 0; i < 5; i++) {
                        HARNESS.fake().fault("Instances.Insert", new Fault.PageAfterEffect(502));
                    }
                }
                case LOSE_CALL -> HARNESS.fake().fault("Instances.Delete", new Fault.CallLost());
                case CRASH -> provider = HARNESS.provider(CLIENTS);
                case PREEMPT -> preempt(replica);
                case TERMINATE -> {
                    if (records.containsKey(replica)) {
                        terminated.add(replica);
                        terminate(replica);
                    }
                }
                case WAIT -> HARNESS.clock().advance(Duration.ofSeconds(13));
                case OBSERVE -> observe();
            }
        }

        private void launch(int replica) {
            LaunchRequest intent = intents.get(replica);
            if (intent != null && provider.launch(intent) instanceof Outcome.Done<Instance>(Instance instance)) {
                intents.remove(replica);
                keep(replica, instance);
            }
        }

        private void keep(int replica, Instance instance) {
            if (instance.isLive()) {
                records.put(replica, instance);
            } else {
                records.remove(replica);
                terminated.remove(replica);
                ended.add(instance);
            }
        }

        private void preempt(int replica) {
            Instance instance = records.get(replica);
            if (instance != null
                    && !terminated.contains(replica)
                    && HARNESS.fake().cloud().live().contains("us-central1-a/" + instance.id())) {
                takenBack.add(instance.id());
                HARNESS.fake().cloud().preempt("us-central1-a", instance.id());
            }
        }

        private void terminate(int replica) {
            Instance instance = Objects.requireNonNull(records.get(replica));
            var _ = provider.terminate(instance.id(), instance.offer().location());
        }

        private void observe() {
            Map<String, Instance> seen = new TreeMap<>();
            done(provider.observe(lineage)).instances().forEach(one -> seen.put(one.id(), one));
            for (Map.Entry<Integer, Instance> record : List.copyOf(records.entrySet())) {
                Instance now = seen.get(record.getValue().id());
                if (now != null) {
                    assertThat(now.tags()).isEqualTo(record.getValue().tags());
                    check(record.getKey(), now);
                    keep(record.getKey(), now);
                }
            }
        }

        private void check(int replica, Instance now) {
            now.end().ifPresent(end -> {
                if (!takenBack.contains(now.id())) {
                    assertThat(end.cause()).isEqualTo(EndCause.TERMINATED);
                } else if (!terminated.contains(replica)) {
                    assertThat(end.cause()).isEqualTo(EndCause.PREEMPTED);
                }
            });
        }

        /// What the engine does when quiet comes back: it repeats what is open and looks again.
        void settle() {
            HARNESS.fake().noFaults();
            for (int round = 0; round < MAX_REPEATS && !intents.isEmpty(); round++) {
                List.copyOf(intents.keySet()).forEach(this::launch);
            }
            terminated.forEach(this::terminate);
            HARNESS.clock().advance(Duration.ofMinutes(1));
            observe();
        }

        void check() {
            assertThat(intents).isEmpty();
            List<String> live = HARNESS.fake().cloud().live(lineage);
            Set<String> recorded = new HashSet<>();
            records.values().stream().map(Instance::id).forEach(recorded::add);
            Set<String> gone = new HashSet<>();
            ended.forEach(one -> gone.add(one.id()));
            assertThat(live).doesNotHaveDuplicates();
            assertThat(live).allMatch(recorded::contains);
            assertThat(live).noneMatch(gone::contains);
            HARNESS.fake()
                    .cloud()
                    .tokens(lineage)
                    .forEach((token, created) -> assertThat(created)
                            .as("instances of token %s", token)
                            .isEqualTo(1));
        }
    }
}
