package dev.skyhedge.state.store;

import dev.skyhedge.state.records.Change;
import dev.skyhedge.state.records.ClosedScope;
import dev.skyhedge.state.records.Event;
import dev.skyhedge.state.records.Intent;
import dev.skyhedge.state.records.IntentOutcome;
import dev.skyhedge.state.records.PlacedOrder;
import dev.skyhedge.state.records.ProviderAccount;
import dev.skyhedge.state.records.RecordedDecision;
import dev.skyhedge.state.records.ReplicaKey;
import dev.skyhedge.state.records.ReplicaRecord;
import dev.skyhedge.state.records.SpecInForce;
import dev.skyhedge.state.records.SpendEntry;
import dev.skyhedge.state.records.WorkloadRecord;
import dev.skyhedge.state.records.ZoneHealth;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The rows of an [InMemoryState], with an undo log for the commit that is being made. Not thread-safe.
final class MemoryTables implements Tables {
    private static final Comparator<SpendKey> SPEND_ORDER = Comparator.comparing(SpendKey::from)
            .thenComparing(SpendKey::service)
            .thenComparing(SpendKey::kind)
            .thenComparing(SpendKey::subject);
    static final Comparator<ZoneHealth> HEALTH_ORDER = Comparator.comparing(ZoneHealth::location)
            .thenComparing(ZoneHealth::accelerator)
            .thenComparing(ZoneHealth::market);

    final TreeMap<String, WorkloadRecord> services = new TreeMap<>();
    final TreeMap<ReplicaKey, ReplicaRecord> replicas = new TreeMap<>();
    final TreeMap<Long, Intent> openIntents = new TreeMap<>();
    final SequencedMap<String, IntentOutcome> outcomes = new LinkedHashMap<>();
    private final TreeMap<String, Long> openOrdinals = new TreeMap<>();
    private long lastOrdinal;
    final TreeMap<ZoneHealth, ZoneHealth> health = new TreeMap<>(HEALTH_ORDER);
    final TreeMap<String, ClosedScope> closed = new TreeMap<>();
    final TreeMap<String, ProviderAccount> accounts = new TreeMap<>();
    final TreeMap<Long, PlacedOrder> orders = new TreeMap<>();
    Optional<SpecInForce> specInForce = Optional.empty();
    final TreeMap<SpendKey, SpendEntry> spend = new TreeMap<>(SPEND_ORDER);
    final Deque<Event> events = new ArrayDeque<>();
    final Deque<RecordedDecision> decisions = new ArrayDeque<>();
    /// Of the commit that is being made, if it is about a workload or a replica.
    long nextSerial = 1;
    private final Deque<Runnable> undo = new ArrayDeque<>();

    record SpendKey(Instant from, String service, SpendEntry.Kind kind, String subject) {}

    /// Takes back everything since [#forgetUndo()].
    void rollBack() {
        while (!undo.isEmpty()) {
            undo.pop().run();
        }
    }

    void forgetUndo() {
        undo.clear();
    }

    @Override
    public Optional<WorkloadRecord> service(String name) {
        return Optional.ofNullable(services.get(name));
    }

    @Override
    public void put(WorkloadRecord service) {
        replace(services, service.name(), service);
    }

    @Override
    public void removeService(String name) {
        replace(services, name, null);
    }

    @Override
    public List<ReplicaRecord> generations(String service, String name) {
        SortedMap<ReplicaKey, ReplicaRecord> range =
                replicas.subMap(new ReplicaKey(service, name, 0), new ReplicaKey(service, name, Integer.MAX_VALUE));
        return new ArrayList<>(range.values());
    }

    @Override
    public Optional<ReplicaRecord> replica(ReplicaKey key) {
        return Optional.ofNullable(replicas.get(key));
    }

    @Override
    public void put(ReplicaRecord replica) {
        replace(replicas, ReplicaKey.of(replica), replica);
    }

    @Override
    public void remove(ReplicaKey replica) {
        replace(replicas, replica, null);
    }

    @Override
    public List<String> liveReplicas(String service) {
        return replicas.tailMap(new ReplicaKey(service, "", 0)).values().stream()
                .takeWhile(replica -> replica.service().equals(service))
                .filter(replica -> replica.lifecycle().isLive())
                .map(ReplicaRecord::name)
                .limit(1)
                .toList();
    }

    @Override
    public JournalState journalState(String intentId) {
        if (openOrdinals.containsKey(intentId)) {
            return JournalState.OPEN;
        }
        return outcomes.containsKey(intentId) ? JournalState.CLOSED : JournalState.UNKNOWN;
    }

    @Override
    public void open(Intent intent) {
        lastOrdinal++;
        replace(openOrdinals, intent.id(), lastOrdinal);
        replace(openIntents, lastOrdinal, intent);
    }

    @Override
    public void close(String intentId, IntentOutcome outcome) {
        long ordinal = Objects.requireNonNull(openOrdinals.get(intentId));
        replace(openIntents, ordinal, null);
        replace(openOrdinals, intentId, null);
        outcomes.put(intentId, outcome);
        undo.push(() -> outcomes.remove(intentId));
    }

    @Override
    public void put(ZoneHealth learnt) {
        ZoneHealth before = health.remove(learnt);
        health.put(learnt, learnt);
        undo.push(() -> {
            health.remove(learnt);
            ifPresent(before, old -> health.put(old, old));
        });
    }

    @Override
    public void put(ClosedScope found) {
        replace(closed, found.key(), found);
    }

    @Override
    public void remove(ClosedScope found) {
        replace(closed, found.key(), null);
    }

    @Override
    public void put(ProviderAccount account) {
        replace(accounts, account.provider(), account);
    }

    @Override
    public void put(SpecInForce spec) {
        Optional<SpecInForce> before = specInForce;
        specInForce = Optional.of(spec);
        undo.push(() -> specInForce = before);
    }

    @Override
    public void put(PlacedOrder order) {
        if (!orders.containsKey(order.number())) {
            throw new IllegalStateException("Order " + order.number() + " was never placed");
        }
        replace(orders, order.number(), order);
    }

    @Override
    public void keep(Change.KeepDecision decision) {
        decisions.addLast(new RecordedDecision(nextSerial, decision.at(), decision.text()));
        undo.push(decisions::removeLast);
    }

    @Override
    public void append(Event event) {
        events.addLast(event);
        undo.push(events::removeLast);
    }

    @Override
    public void put(SpendEntry entry) {
        replace(spend, key(entry), entry);
    }

    @Override
    public void remove(SpendEntry entry) {
        replace(spend, key(entry), null);
    }

    @Override
    public List<SpendEntry> spend(String service) {
        return spend.values().stream()
                .filter(entry -> entry.service().equals(service))
                .toList();
    }

    @Override
    public List<SpendEntry> spendBegunBefore(Instant time) {
        return spend.values().stream()
                .takeWhile(entry -> entry.from().isBefore(time))
                .toList();
    }

    private static SpendKey key(SpendEntry entry) {
        return new SpendKey(entry.from(), entry.service(), entry.kind(), entry.subject());
    }

    private <K, V> void replace(TreeMap<K, V> table, K key, @Nullable V value) {
        V before = value == null ? table.remove(key) : table.put(key, value);
        undo.push(() -> {
            table.remove(key);
            ifPresent(before, old -> table.put(key, old));
        });
    }

    private static <T> void ifPresent(@Nullable T value, Consumer<T> action) {
        if (value != null) {
            action.accept(value);
        }
    }
}
