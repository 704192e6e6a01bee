package dev.skyhedge.console.live;

import dev.skyhedge.engine.reconcile.Message;
import dev.skyhedge.state.records.Event;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// The latest events of this process, each with a number, so that a page that was away gets what it missed.
/// Thread-safe; nobody waits here for longer than it takes to copy the list.
public final class EventLog {
    /// How many are kept for pages that come back.
    public static final int KEPT = 1_000;

    private final Deque<Numbered> kept = new ArrayDeque<>();
    private long last;

    /// An event and its number, from 1.
    public record Numbered(long number, Event event) {}

    /// Events after a number, oldest first.
    ///
    /// @param complete whether none of those in between has been dropped
    public record Later(boolean complete, List<Numbered> events) {}

    synchronized void add(Event event) {
        last++;
        kept.addLast(new Numbered(last, shown(event)));
        if (kept.size() > KEPT) {
            kept.removeFirst();
        }
    }

    /// What a workload wrote is nobody's to show on a page: it may hold anything.
    ///
    /// @return the same event, without what a workload wrote
    public static Event shown(Event event) {
        return event.kind().equals(Message.LogRead.EVENT)
                ? new Event(
                        event.at(),
                        event.service(),
                        event.replica(),
                        event.kind(),
                        "wrote last lines before it failed: `skyhedge logs " + event.replica() + "`")
                : event;
    }

    /// The number of the newest event; 0 if there was none.
    public synchronized long last() {
        return last;
    }

    /// What came after that number.
    public synchronized Later after(long number) {
        long oldest = kept.isEmpty() ? last + 1 : kept.getFirst().number();
        return new Later(
                number <= last && number + 1 >= oldest,
                kept.stream().filter(one -> one.number() > number).toList());
    }
}
