package dev.skyhedge.cli.state;

import dev.skyhedge.state.records.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/// Tells which of a list of events were not in the one before. Events have no numbers, and equal ones happen; so the
/// old list is looked for in the new one. Not thread-safe.
final class EventNews {
    /// So many in a row are not the same by chance.
    private static final int ENOUGH = 20;

    static final int FEW = 1_000;
    /// All that a state keeps.
    static final int ALL = 20_000;

    private List<Event> before = List.of();
    private boolean first = true;

    /// Whether nothing was shown yet.
    boolean isFirst() {
        return first;
    }

    /// Reads few, as little happens between two looks, and all if none of the few is known.
    ///
    /// @param newest reads the newest ones, so many at most, newest first
    /// @return those that are new, newest first
    List<Event> in(IntFunction<List<Event>> newest) {
        List<Event> fresh = first ? newest.apply(ALL) : fresh(newest.apply(FEW));
        if (!first && fresh.size() == FEW) {
            fresh = fresh(newest.apply(ALL));
        }
        List<Event> known = new ArrayList<>(fresh);
        known.addAll(before);
        before = List.copyOf(known.subList(0, Math.min(FEW, known.size())));
        first = false;
        return fresh;
    }

    private List<Event> fresh(List<Event> newestFirst) {
        // Old ones are dropped, never added: if all were known, what is more than before is new.
        int fresh = before.size() < FEW ? Math.max(0, newestFirst.size() - before.size()) : 0;
        while (fresh < newestFirst.size() && !isKnownFrom(newestFirst, fresh)) {
            fresh++;
        }
        return newestFirst.subList(0, fresh);
    }

    private boolean isKnownFrom(List<Event> newestFirst, int index) {
        int same = Math.min(ENOUGH, Math.min(before.size(), newestFirst.size() - index));
        return same > 0 && newestFirst.subList(index, index + same).equals(before.subList(0, same));
    }
}
