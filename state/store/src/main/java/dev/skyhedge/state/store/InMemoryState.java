package dev.skyhedge.state.store;

import dev.skyhedge.state.records.Change;
import dev.skyhedge.state.records.Event;
import dev.skyhedge.state.records.Lease;
import dev.skyhedge.state.records.LeaseClaim;
import dev.skyhedge.state.records.Order;
import dev.skyhedge.state.records.PlacedOrder;
import dev.skyhedge.state.records.RecordedDecision;
import dev.skyhedge.state.records.ReplicaKey;
import dev.skyhedge.state.records.ReplicaRecord;
import dev.skyhedge.state.records.Snapshot;
import dev.skyhedge.state.records.SpendEntry;
import dev.skyhedge.state.records.WorkloadRecord;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/// A state that lives and ends with its process: for simulations, and for tests of what stands above the store.
/// It keeps every promise of [StateStore] but durability. Thread-safe.
public final class InMemoryState implements StateStore {
    private final String lineage;
    private final InstantSource clock;
    private final Predicate<LeaseClaim> dead;
    private final Retention retention;

    private final MemoryTables tables = new MemoryTables();
    private final Deque<Committed> history = new ArrayDeque<>();
    private long serial;
    private long tick;
    private long oldestReadable;
    private long epoch;
    private Optional<Lease> lease = Optional.empty();

    private record Committed(long serial, Instant at, List<RowChange> changes) {}

    /// An empty state.
    ///
    /// @param lineage identifies it; simulations derive it from their seed
    /// @param clock the store's clock
    public InMemoryState(String lineage, InstantSource clock) {
        this(lineage, clock, LocalProcesses::isDead, Retention.DEFAULT);
    }

    /// An empty state.
    ///
    /// @param lineage identifies it
    /// @param clock the store's clock
    /// @param dead tells which holders of a lease are known to have ended
    /// @param retention how much of the past is kept
    public InMemoryState(String lineage, InstantSource clock, Predicate<LeaseClaim> dead, Retention retention) {
        this.lineage = lineage;
        this.clock = clock;
        this.dead = dead;
        this.retention = retention;
    }

    @Override
    public synchronized Snapshot read() {
        return new Snapshot(
                lineage,
                serial,
                List.copyOf(tables.services.values()),
                ReplicaKey.newestGenerations(tables.replicas),
                List.copyOf(tables.openIntents.values()),
                List.copyOf(tables.health.values()),
                List.copyOf(tables.closed.values()),
                List.copyOf(tables.accounts.values()),
                lease,
                tables.specInForce,
                openOrders());
    }

    @Override
    public synchronized Snapshot readAt(long wanted) {
        StateProblems.requireReadable(wanted, oldestReadable, serial);
        TreeMap<String, WorkloadRecord> services = new TreeMap<>(tables.services);
        TreeMap<ReplicaKey, ReplicaRecord> replicas = new TreeMap<>(tables.replicas);
        Iterator<Committed> newestFirst = history.descendingIterator();
        while (newestFirst.hasNext()) {
            Committed commit = newestFirst.next();
            if (commit.serial() <= wanted) {
                break;
            }
            commit.changes().forEach(change -> takeBack(change, services, replicas));
        }
        return Snapshot.of(lineage, wanted, List.copyOf(services.values()), ReplicaKey.newestGenerations(replicas));
    }

    private static void takeBack(
            RowChange change, TreeMap<String, WorkloadRecord> services, TreeMap<ReplicaKey, ReplicaRecord> replicas) {
        switch (change) {
            case RowChange.OfService(var name, var before, var ignored) ->
                before.ifPresentOrElse(row -> services.put(name, row), () -> services.remove(name));
            case RowChange.OfReplica(var key, var before, var ignored) ->
                before.ifPresentOrElse(row -> replicas.put(key, row), () -> replicas.remove(key));
        }
    }

    @Override
    public synchronized long serial() {
        return serial;
    }

    @Override
    public synchronized LeaseResult acquire(LeaseClaim claim) {
        LeaseResult result = LeaseTerms.decide(lease, epoch, claim, now(), dead);
        if (result instanceof LeaseResult.Granted(var granted)) {
            lease = Optional.of(granted);
            epoch = granted.epoch();
        }
        return result;
    }

    @Override
    public synchronized boolean heartbeat(Lease held) {
        if (!isCurrent(held)) {
            return false;
        }
        Instant now = now();
        lease = Optional.of(new Lease(held.claim(), held.epoch(), now, now.plus(LeaseTerms.EXPIRY)));
        return true;
    }

    @Override
    public synchronized void release(Lease held) {
        forceUnlock(held.epoch());
    }

    @Override
    public synchronized boolean forceUnlock(long heldEpoch) {
        if (lease.isEmpty() || lease.get().epoch() != heldEpoch) {
            return false;
        }
        lease = Optional.empty();
        return true;
    }

    @Override
    public synchronized CommitResult commit(Lease held, List<Change> changes) {
        if (!isCurrent(held)) {
            return new CommitResult.Fenced(lease);
        }
        tables.nextSerial = serial + 1;
        ChangeApplier applier = new ChangeApplier(tables, held.epoch());
        try {
            changes.forEach(change -> applier.apply(Millis.cut(change)));
        } catch (RuntimeException e) {
            tables.rollBack();
            throw e;
        }
        tick++;
        if (retention.foldsSpendAt(tick)) {
            SpendFolding.run(tables, now().minus(retention.spend()));
        }
        tables.forgetUndo();
        if (applier.raisesSerial()) {
            serial++;
            history.addLast(new Committed(serial, now(), applier.rowChanges()));
        }
        dropOld();
        return new CommitResult.Committed(serial);
    }

    private void dropOld() {
        while (history.size() > retention.serials()) {
            oldestReadable = history.removeFirst().serial();
        }
        while (tables.events.size() > retention.events()) {
            tables.events.removeFirst();
        }
        while (tables.decisions.size() > DecisionTable.KEPT || isOldestDecisionTooOld()) {
            tables.decisions.removeFirst();
        }
        while (tables.outcomes.size() > retention.events()) {
            tables.outcomes.pollFirstEntry();
        }
    }

    private boolean isOldestDecisionTooOld() {
        return !tables.decisions.isEmpty()
                && tables.decisions
                        .getFirst()
                        .at()
                        .isBefore(tables.decisions.getLast().at().minus(DecisionTable.KEPT_FOR));
    }

    @Override
    public synchronized PlaceResult place(Order order, String by, Instant at) {
        int waiting = (int)
                openOrders().stream().filter(open -> open.answer().isEmpty()).count();
        if (waiting >= OrderTable.MAX_WAITING) {
            return new PlaceResult.TooMany(waiting);
        }
        long number = tables.orders.isEmpty() ? 1 : tables.orders.lastKey() + 1;
        PlacedOrder placed = Millis.cut(new PlacedOrder(number, order, by, at, Optional.empty()));
        tables.orders.put(number, placed);
        tables.orders.headMap(number - OrderTable.KEPT, true).values().removeIf(old -> !old.isOpen());
        return new PlaceResult.Placed(placed);
    }

    @Override
    public synchronized List<PlacedOrder> openOrders() {
        return tables.orders.values().stream().filter(PlacedOrder::isOpen).toList();
    }

    @Override
    public synchronized Optional<PlacedOrder> newestOrder() {
        return tables.orders.isEmpty()
                ? Optional.empty()
                : Optional.of(tables.orders.lastEntry().getValue());
    }

    @Override
    public synchronized Optional<PlacedOrder> order(long number) {
        return Optional.ofNullable(tables.orders.get(number));
    }

    @Override
    public synchronized List<HistoryEntry> history(long beforeSerial, int limit) {
        List<HistoryEntry> entries = new ArrayList<>();
        Iterator<Committed> newestFirst = history.descendingIterator();
        while (newestFirst.hasNext() && entries.size() < limit) {
            Committed commit = newestFirst.next();
            if (commit.serial() < beforeSerial) {
                commit.changes().reversed().stream()
                        .limit(limit - entries.size())
                        .map(change -> HistoryEntry.of(commit.serial(), commit.at(), change))
                        .forEach(entries::add);
            }
        }
        return entries;
    }

    @Override
    public synchronized List<Event> events(String service, int limit) {
        List<Event> newest = new ArrayList<>();
        Iterator<Event> newestFirst = tables.events.descendingIterator();
        while (newestFirst.hasNext() && newest.size() < limit) {
            Event event = newestFirst.next();
            if (service.isEmpty() || event.service().equals(service)) {
                newest.add(event);
            }
        }
        return newest;
    }

    @Override
    public synchronized List<RecordedDecision> decisions(long beforeSerial, int limit) {
        List<RecordedDecision> newest = new ArrayList<>();
        Iterator<RecordedDecision> newestFirst = tables.decisions.descendingIterator();
        while (newestFirst.hasNext() && newest.size() < limit) {
            RecordedDecision decision = newestFirst.next();
            if (decision.serial() < beforeSerial) {
                newest.add(decision);
            }
        }
        return newest;
    }

    @Override
    public synchronized List<SpendEntry> spend(String service) {
        return tables.spend.values().stream()
                .filter(entry -> service.isEmpty() || entry.service().equals(service))
                .toList();
    }

    @Override
    public String location() {
        return "memory";
    }

    /// Nothing to give back; the state stays readable.
    @Override
    public void close() {}

    private boolean isCurrent(Lease held) {
        return lease.isPresent() && lease.get().epoch() == held.epoch();
    }

    private Instant now() {
        return Millis.cut(clock.instant());
    }
}
