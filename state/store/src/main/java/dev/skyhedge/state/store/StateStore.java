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
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The one transactional store. Thread-safe.
///
/// Every commit is fenced by the lease under which it is made, durable when the call returns, and all or nothing.
public interface StateStore extends AutoCloseable {
    /// Everything a planner needs, as of one instant.
    ///
    /// @throws StateException if the store cannot be read or a row fails its checksum
    Snapshot read();

    /// As [#read()], but as it was right after the given serial was committed. Open intents, zone health,
    /// accounts and the lease are not kept in history and are empty.
    ///
    /// @throws StateException also if the serial was never committed or its history was compacted
    Snapshot readAt(long serial);

    /// The current serial, without reading everything.
    long serial();

    /// Claims the right to change the state. A holder that is a dead process on this host is replaced at once;
    /// any other one only after its lease has expired and its last calls must have ended.
    LeaseResult acquire(LeaseClaim claim);

    /// Prolongs the lease. False if it is not ours any more: then stop all effects.
    boolean heartbeat(Lease lease);

    /// Gives the lease back; nothing happens if it is not ours any more.
    void release(Lease lease);

    /// Ends the lease with this epoch, whoever holds it. False if there is no such lease.
    boolean forceUnlock(long epoch);

    /// Applies the changes in order, in one transaction. Serial rises by one if any of them is about a service
    /// or a replica, otherwise only the tick does.
    CommitResult commit(Lease lease, List<Change> changes);

    /// Writes down an order for whoever controls the state, now or next. It needs no lease; [Change.PutOrder] answers
    /// it. Orders that have ended are kept for a while.
    ///
    /// @param by who asks for it, for people
    /// @param at when, by the clock of who asks
    /// @throws StateException if the store does not take it
    PlaceResult place(Order order, String by, Instant at);

    /// Orders that are in force, or that nobody has read yet, in sequence.
    List<PlacedOrder> openOrders();

    /// The order that was placed last, whatever became of it.
    Optional<PlacedOrder> newestOrder();

    /// One order and what became of it; empty if it was never placed, or long ago.
    Optional<PlacedOrder> order(long number);

    /// The changes of committed serials, newest first.
    ///
    /// @param beforeSerial only changes of smaller serials; `Long.MAX_VALUE` for the newest
    /// @param limit at most this many entries
    List<HistoryEntry> history(long beforeSerial, int limit);

    /// Events, newest first.
    ///
    /// @param service only of this service; empty text means all
    /// @param limit at most this many
    List<Event> events(String service, int limit);

    /// Decisions that were kept, newest first. Those of the latest 30 days are, but at most 5,000, and at most
    /// 16 MiB of them as they are packed.
    ///
    /// @param beforeSerial only those that led to smaller serials; `Long.MAX_VALUE` for the newest
    /// @param limit at most this many
    List<RecordedDecision> decisions(long beforeSerial, int limit);

    /// What has been rented and what it would have been on-demand, of this service or, for an empty text, of all.
    List<SpendEntry> spend(String service);

    /// Where the store is, for people: a path or a URL without credentials.
    String location();

    @Override
    void close();
}
