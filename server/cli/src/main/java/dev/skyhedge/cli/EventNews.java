package dev.skyhedge.cli;

import dev.skyhedge.state.Event;
import java.util.List;

/// Tells which of a list of events were not in the one before. Events have no numbers, and equal ones happen; so the
/// old list is looked for in the new one. Not thread-safe.
final class EventNews {
    /// So many in a row are not the same by chance.
    private static final int ENOUGH = 20;

    private List<Event> before = List.of();
    private boolean first = true;

    /// Whether nothing was shown yet.
    boolean isFirst() {
        return first;
    }

    /// @param newestFirst all that there are
    /// @return those that are new, newest first
    List<Event> in(List<Event> newestFirst) {
        // Old ones are dropped, never added: what is more than before is new.
        int fresh = Math.max(0, newestFirst.size() - before.size());
        while (fresh < newestFirst.size() && !isKnownFrom(newestFirst, fresh)) {
            fresh++;
        }
        first = false;
        before = newestFirst;
        return newestFirst.subList(0, fresh);
    }

    private boolean isKnownFrom(List<Event> newestFirst, int index) {
        int same = Math.min(ENOUGH, Math.min(before.size(), newestFirst.size() - index));
        return same > 0 && newestFirst.subList(index, index + same).equals(before.subList(0, same));
    }
}
