package dev.skyhedge.state.store;

import dev.skyhedge.state.records.Change;
import dev.skyhedge.state.records.Event;
import dev.skyhedge.state.records.Lease;
import dev.skyhedge.state.records.LeaseClaim;
import dev.skyhedge.state.records.Order;
import dev.skyhedge.state.records.PlacedOrder;
import dev.skyhedge.state.records.RecordedDecision;
import dev.skyhedge.state.records.Snapshot;
import dev.skyhedge.state.records.SpendEntry;
import dev.skyhedge.state.records.StateProblem;
import java.io.IOException;
import java.sql.Connection;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/// A state in a database. One session writes, another reads, so that a long read does not hold up a heartbeat.
final class JdbcState implements StateStore {
    private static final int MAX_ROWS = 1_000_000;
    private static final AtomicLong STORES = new AtomicLong();

    private final Database database;
    private final Optional<Sidecar> sidecar;
    private final Predicate<LeaseClaim> dead;
    private final Retention retention;
    private final SessionSlot writer;
    private final SessionSlot reader;
    private final String commitPrefix =
            ProcessHandle.current().pid() + "." + System.nanoTime() + "." + STORES.incrementAndGet() + ".";
    private final AtomicLong commits = new AtomicLong();
    private volatile Optional<Sidecar.Mark> unremembered = Optional.empty();

    JdbcState(Database database, Optional<Sidecar> sidecar, Predicate<LeaseClaim> dead, Retention retention) {
        this.database = database;
        this.sidecar = sidecar;
        this.dead = dead;
        this.retention = retention;
        this.writer = new SessionSlot(database);
        this.reader = new SessionSlot(database);
    }

    @Override
    public Snapshot read() {
        try {
            Snapshot snapshot = reader.read(SnapshotReader::read);
            database.trust();
            compactIfOvergrown();
            return snapshot;
        } catch (StateException e) {
            if (e.problem().kind() == StateProblem.Kind.DAMAGED) {
                database.distrust();
            }
            throw e;
        }
    }

    @Override
    public Snapshot readAt(long serial) {
        return reader.read(session -> SnapshotReader.readAt(session, serial));
    }

    @Override
    public long serial() {
        return reader.read(session -> SnapshotReader.meta(session).serial());
    }

    @Override
    public List<HistoryEntry> history(long beforeSerial, int limit) {
        return reader.read(session -> HistoryTable.newest(session, beforeSerial, Math.min(limit, MAX_ROWS)));
    }

    @Override
    public List<Event> events(String service, int limit) {
        return reader.read(session -> Rows.events(session, service, Math.min(limit, MAX_ROWS)));
    }

    @Override
    public List<RecordedDecision> decisions(long beforeSerial, int limit) {
        return reader.read(session -> DecisionTable.newest(session, beforeSerial, limit));
    }

    @Override
    public List<SpendEntry> spend(String service) {
        Comparator<SpendEntry> order = Comparator.comparing(SpendEntry::from)
                .thenComparing(SpendEntry::service)
                .thenComparing(SpendEntry::kind)
                .thenComparing(SpendEntry::subject);
        return reader.read(session -> Rows.spend(session, service)).stream()
                .sorted(order)
                .toList();
    }

    @Override
    public PlaceResult place(Order order, String by, Instant at) {
        PlacedOrder asked = Millis.cut(new PlacedOrder(0, order, by, at, Optional.empty()));
        return write((session, attempt) -> {
            // Orders get their numbers one after the other, and between commits.
            LeaseRow.lock(session);
            Optional<PlacedOrder> newest = OrderTable.newest(session);
            if (attempt > 1 && newest.filter(asked::isSameAs).isPresent()) {
                return new PlaceResult.Placed(newest.orElseThrow());
            }
            int waiting = (int) OrderTable.open(session).stream()
                    .filter(open -> open.answer().isEmpty())
                    .count();
            if (waiting >= OrderTable.MAX_WAITING) {
                return new PlaceResult.TooMany(waiting);
            }
            var placed = new PlacedOrder(
                    newest.map(PlacedOrder::number).orElse(0L) + 1,
                    asked.order(),
                    asked.by(),
                    asked.at(),
                    Optional.empty());
            OrderTable.insert(session, placed);
            return new PlaceResult.Placed(placed);
        });
    }

    @Override
    public List<PlacedOrder> openOrders() {
        return reader.read(OrderTable::open);
    }

    @Override
    public Optional<PlacedOrder> newestOrder() {
        return reader.read(OrderTable::newest);
    }

    @Override
    public Optional<PlacedOrder> order(long number) {
        return reader.read(session -> OrderTable.get(session, number));
    }

    @Override
    public LeaseResult acquire(LeaseClaim claim) {
        try {
            return write((session, _) -> {
                LeaseRow row = LeaseRow.lock(session);
                LeaseResult result = LeaseTerms.decide(row.holder(), row.epoch(), claim, now(session), dead);
                if (result instanceof LeaseResult.Granted(var lease)) {
                    LeaseRow.update(session, lease.epoch(), Optional.of(lease));
                }
                return result;
            });
        } catch (StateException e) {
            return new LeaseResult.Unavailable(e.problem());
        }
    }

    @Override
    public boolean heartbeat(Lease lease) {
        return write((session, _) -> {
            if (!LeaseRow.lock(session).isHeldUnder(lease.epoch())) {
                return false;
            }
            Instant now = now(session);
            Lease prolonged = new Lease(lease.claim(), lease.epoch(), now, now.plus(LeaseTerms.EXPIRY));
            LeaseRow.update(session, lease.epoch(), Optional.of(prolonged));
            return true;
        });
    }

    @Override
    public void release(Lease lease) {
        forceUnlock(lease.epoch());
    }

    @Override
    public boolean forceUnlock(long epoch) {
        return write((session, attempt) -> {
            LeaseRow row = LeaseRow.lock(session);
            if (!row.isHeldUnder(epoch)) {
                // The answer to an earlier attempt may have been lost: then it is free under the same epoch.
                return attempt > 1 && row.epoch() == epoch && row.holder().isEmpty();
            }
            LeaseRow.update(session, epoch, Optional.empty());
            return true;
        });
    }

    @Override
    public CommitResult commit(Lease lease, List<Change> changes) {
        List<Change> cut = changes.stream().map(Millis::cut).toList();
        String name = commitPrefix + commits.incrementAndGet();
        Committer committer = new Committer(lease, cut, name, retention, database);
        try {
            rememberWhatFailedBefore();
            CommitResult result = commit(committer);
            if (result instanceof CommitResult.Committed) {
                committer.mark().ifPresent(this::remember);
                Failpoint.reached("commit.after");
                compactIfOvergrown();
            }
            return result;
        } catch (StateException e) {
            return new CommitResult.NotSaved(e.problem());
        }
    }

    private CommitResult commit(Committer committer) {
        try {
            Failpoint.reached("commit.before");
            return write(committer::commit);
        } catch (StateException e) {
            if (e.problem().kind() == StateProblem.Kind.LOST) {
                throw e;
            }
            return resultOfFailed(committer, e);
        }
    }

    /// Whoever has the files does it: after its commits, or after its reads if others commit through it. Calls on
    /// this store wait meanwhile.
    private void compactIfOvergrown() {
        if (database.isOvergrown()) {
            writer.whileClosed(() -> reader.whileClosed(database::compact));
        }
    }

    /// A commit may stand although no answer came: only the store itself can tell.
    private CommitResult resultOfFailed(Committer committer, StateException failure) {
        try {
            return writer.attempt(
                            Connection.TRANSACTION_READ_COMMITTED, (session, _) -> committer.earlierResult(session))
                    .orElseThrow(() -> failure);
        } catch (StateException e) {
            if (e != failure) {
                failure.addSuppressed(e);
            }
            throw failure;
        }
    }

    /// The commit stands even if the sidecar cannot be written now; but no further one is made until it can.
    private void remember(Sidecar.Mark mark) {
        try {
            if (sidecar.isPresent()) {
                sidecar.get().remember(mark);
            }
        } catch (IOException e) {
            unremembered = Optional.of(mark);
        }
    }

    private void rememberWhatFailedBefore() {
        Optional<Sidecar.Mark> mark = unremembered;
        if (mark.isEmpty() || sidecar.isEmpty()) {
            return;
        }
        try {
            sidecar.get().remember(mark.get());
            unremembered = Optional.empty();
        } catch (IOException e) {
            throw new StateException(
                    StateProblems.notWritable(sidecar.get().file().toString(), e), e);
        }
    }

    private <T> T write(SessionSlot.Attempt<T> work) {
        database.trust();
        T result = writer.attempt(Connection.TRANSACTION_READ_COMMITTED, work);
        sync();
        return result;
    }

    private void sync() {
        writer.attempt(Connection.TRANSACTION_READ_COMMITTED, (session, _) -> {
            database.sync(session);
            return true;
        });
    }

    private Instant now(Session session) {
        return Millis.cut(database.now(session));
    }

    @Override
    public String location() {
        return database.location();
    }

    @Override
    public void close() {
        writer.close();
        reader.close();
        database.close();
    }
}
