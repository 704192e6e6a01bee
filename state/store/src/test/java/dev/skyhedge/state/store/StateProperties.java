package dev.skyhedge.state.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.state.records.Change;
import dev.skyhedge.state.records.Event;
import dev.skyhedge.state.records.Intent;
import dev.skyhedge.state.records.Lease;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.ReplicaKey;
import dev.skyhedge.state.records.ReplicaRecord;
import dev.skyhedge.state.records.Snapshot;
import dev.skyhedge.state.records.WorkloadRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// Random commits against a model that is nothing but maps, with the store closed and opened anew in between.
class StateProperties {
    private static final List<String> SERVICES = List.of("chat", "bert");

    /// What a random commit does to one thing.
    record Step(int kind, int subject, int generation, Lifecycle lifecycle) {}

    @Provide
    Arbitrary<List<List<Step>>> commits() {
        Arbitrary<Step> step = Combinators.combine(
                        Arbitraries.integers().between(0, 5),
                        Arbitraries.integers().between(0, 5),
                        Arbitraries.integers().between(1, 3),
                        Arbitraries.of(Lifecycle.class))
                .as(Step::new);
        return step.list().ofMaxSize(6).list().ofMaxSize(12);
    }

    @Property(tries = 6, edgeCases = net.jqwik.api.EdgeCasesMode.NONE)
    void filesAreWhatTheModelSays(@ForAll("commits") List<List<Step>> commits) throws IOException {
        Path directory = Files.createTempDirectory("state-properties");
        try {
            Model model = new Model();
            int half = commits.size() / 2;
            play(directory, model, commits.subList(0, half));
            play(directory, model, commits.subList(half, commits.size()));
        } finally {
            try (Stream<Path> files = Files.walk(directory)) {
                files.sorted(Comparator.reverseOrder())
                        .forEach(path -> path.toFile().delete());
            }
        }
    }

    @Property(tries = 200)
    void memoryIsWhatTheModelSays(@ForAll("commits") List<List<Step>> commits) {
        Model model = new Model();
        StateStore store = new InMemoryState("lineage-1", new MovableClock());
        model.play(store, commits);
        model.check(store);
    }

    private static void play(Path directory, Model model, List<List<Step>> commits) {
        try (StateStore store = Opening.opened(Opening.open(directory))) {
            model.play(store, commits);
            model.check(store);
        }
    }

    /// The state in plain maps.
    private static final class Model {
        private final TreeMap<String, WorkloadRecord> services = new TreeMap<>();
        private final TreeMap<ReplicaKey, ReplicaRecord> replicas = new TreeMap<>();
        private final Map<String, Intent> open = new LinkedHashMap<>();
        private final Map<Long, List<ReplicaRecord>> replicasAt = new HashMap<>();
        private final List<String> events = new ArrayList<>();
        private long serial;
        private int intents;

        Model() {
            replicasAt.put(0L, List.of());
        }

        void play(StateStore store, List<List<Step>> commits) {
            Lease lease = StateStoreContract.granted(store.acquire(LocalProcesses.claim("apply", "1")));
            for (List<Step> steps : commits) {
                List<Change> changes = new ArrayList<>();
                long before = serial;
                for (Step step : steps) {
                    changes.add(change(step, lease));
                }
                boolean raises = changes.stream()
                        .anyMatch(c -> c instanceof Change.PutReplica
                                || c instanceof Change.ForgetReplica
                                || c instanceof Change.PutWorkload);
                serial = raises ? before + 1 : before;
                assertThat(StateStoreContract.committed(store.commit(lease, changes)))
                        .isEqualTo(serial);
                replicasAt.put(serial, ReplicaKey.newestGenerations(replicas));
            }
            store.release(lease);
        }

        private Change change(Step step, Lease lease) {
            String service = SERVICES.get(step.subject() % SERVICES.size());
            return switch (step.kind()) {
                case 0 -> {
                    WorkloadRecord record = Samples.service(service, step.generation());
                    services.put(service, record);
                    yield new Change.PutWorkload(record);
                }
                case 1, 2 -> {
                    ReplicaRecord record =
                            Samples.replica(service, step.subject() * 5, step.generation(), step.lifecycle());
                    replicas.put(ReplicaKey.of(record), record);
                    yield new Change.PutReplica(record);
                }
                case 3 -> {
                    String name = service + "-" + step.subject() * 5;
                    replicas.keySet().removeIf(key -> key.name().equals(name));
                    yield new Change.ForgetReplica(service, name);
                }
                case 4 -> openOrClose(lease);
                default -> {
                    events.addFirst("event " + events.size());
                    yield new Change.AppendEvent(Samples.event(service, events.getFirst()));
                }
            };
        }

        private Change openOrClose(Lease lease) {
            Optional<String> oldest = open.keySet().stream().findFirst();
            if (intents % 3 == 2 && oldest.isPresent()) {
                intents++;
                open.remove(oldest.get());
                return new Change.CloseIntent(oldest.get(), Samples.done());
            }
            Intent intent = Samples.intent("intent-" + intents++, lease.epoch());
            open.put(intent.id(), intent);
            return new Change.OpenIntent(intent);
        }

        void check(StateStore store) {
            Snapshot snapshot = store.read();
            assertThat(snapshot.serial()).isEqualTo(serial);
            assertThat(snapshot.services()).isEqualTo(List.copyOf(services.values()));
            assertThat(snapshot.replicas()).isEqualTo(ReplicaKey.newestGenerations(replicas));
            assertThat(snapshot.openIntents()).isEqualTo(List.copyOf(open.values()));
            assertThat(store.events("", Integer.MAX_VALUE))
                    .extracting(Event::message)
                    .isEqualTo(events);
            replicasAt.forEach((at, then) ->
                    assertThat(store.readAt(at).replicas()).as("serial " + at).isEqualTo(then));
        }
    }
}
