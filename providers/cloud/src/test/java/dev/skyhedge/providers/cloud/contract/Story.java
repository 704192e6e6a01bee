package dev.skyhedge.providers.cloud.contract;

import static dev.skyhedge.providers.cloud.contract.Outcomes.done;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.providers.cloud.fake.Fault;
import dev.skyhedge.spi.EndCause;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.LaunchRequest;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.Provider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/// One lineage and what we know of it. The journal survives a crash; the client does not.
final class Story {
    private static final int MAX_REPEATS = 10;

    /// A step of a story, about one replica.
    enum Step {
        LAUNCH,
        REPEAT,
        LOSE_REPLY,
        PAGE_INSTEAD,
        LOSE_CALL,
        FAIL,
        CRASH,
        PREEMPT,
        TERMINATE,
        WAIT,
        OBSERVE
    }

    /// @param replica from 0
    record Happening(Step step, int replica) {}

    private final CloudHarness<?> harness;
    private final boolean toldWhoEnded;
    private final String lineage;
    private final Map<Integer, LaunchRequest> intents = new TreeMap<>();
    private final Map<Integer, Instance> records = new TreeMap<>();
    private final Set<Integer> terminated = new HashSet<>();
    private final Set<Integer> forgotten = new HashSet<>();
    private final Set<String> takenBack = new HashSet<>();
    private final Map<Integer, Integer> generations = new TreeMap<>();
    private final List<Instance> ended = new ArrayList<>();
    private Provider provider;

    /// @param toldWhoEnded whether the cloud says who ended an instance
    Story(CloudHarness<?> harness, String lineage, boolean toldWhoEnded) {
        this.harness = harness;
        this.lineage = lineage;
        this.toldWhoEnded = toldWhoEnded;
        this.provider = harness.afterCrash();
    }

    void tell(Happening happening) {
        int replica = happening.replica();
        switch (happening.step()) {
            case LAUNCH -> {
                if (!intents.containsKey(replica) && !records.containsKey(replica)) {
                    int number = 100 * replica + generations.merge(replica, 1, Integer::sum);
                    intents.put(replica, harness.request(harness.spotOffer(), lineage, number));
                    launch(replica);
                }
            }
            case REPEAT -> launch(replica);
            case LOSE_REPLY -> harness.fake().fault(harness.calls().create(), new Fault.ReplyLost());
            case PAGE_INSTEAD -> {
                harness.fake().faults(harness.calls().create(), 5, new Fault.PageAfterEffect(502));
            }
            case LOSE_CALL -> harness.fake().fault(harness.calls().delete(), new Fault.CallLost());
            case FAIL -> harness.fake().fault(harness.calls().create(), harness.noRoom());
            case CRASH -> {
                forgotten.addAll(terminated);
                provider = harness.afterCrash();
            }
            case PREEMPT -> preempt(replica);
            case TERMINATE -> {
                if (records.containsKey(replica)) {
                    terminated.add(replica);
                    terminate(replica);
                }
            }
            case WAIT -> harness.clock().advance(Duration.ofSeconds(13));
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
            forgotten.remove(replica);
            ended.add(instance);
        }
    }

    private void preempt(int replica) {
        Instance instance = records.get(replica);
        if (instance != null
                && !terminated.contains(replica)
                && harness.ledger().live(lineage).contains(instance.id())) {
            takenBack.add(instance.id());
            harness.preempt(instance.id());
        }
    }

    private void terminate(int replica) {
        Instance instance = Objects.requireNonNull(records.get(replica));
        var unused = provider.terminate(instance.id(), instance.offer().location());
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
            if (forgotten.contains(replica) && !toldWhoEnded) {
                // The client that asked for the end is gone, and the cloud does not say who did; the journal does.
                assertThat(end.cause()).isIn(EndCause.TERMINATED, EndCause.PREEMPTED);
            } else if (!takenBack.contains(now.id())) {
                assertThat(end.cause()).isEqualTo(EndCause.TERMINATED);
            } else if (!terminated.contains(replica)) {
                assertThat(end.cause()).isEqualTo(EndCause.PREEMPTED);
            }
        });
    }

    /// What the engine does when quiet comes back: it repeats what is open and looks again.
    void settle() {
        harness.fake().noFaults();
        for (int round = 0; round < MAX_REPEATS && !intents.isEmpty(); round++) {
            List.copyOf(intents.keySet()).forEach(this::launch);
        }
        terminated.forEach(this::terminate);
        harness.clock().advance(Duration.ofMinutes(1));
        observe();
    }

    void check() {
        assertThat(intents).isEmpty();
        List<String> live = harness.ledger().live(lineage);
        Set<String> recorded = new HashSet<>();
        records.values().stream().map(Instance::id).forEach(recorded::add);
        Set<String> gone = new HashSet<>();
        ended.forEach(one -> gone.add(one.id()));
        assertThat(live).doesNotHaveDuplicates();
        assertThat(live).allMatch(recorded::contains);
        assertThat(live).noneMatch(gone::contains);
        harness.ledger()
                .tokens(lineage)
                .forEach((token, created) ->
                        assertThat(created).as("instances of token %s", token).isEqualTo(1));
    }
}
