package dev.skyhedge.engine.reconcile;

import dev.skyhedge.state.records.Change;
import dev.skyhedge.state.records.Event;
import dev.skyhedge.state.records.ReplicaKey;

/// Takes in what a failed replica wrote last.
final class LogNews {
    private LogNews() {}

    /// The replica may have been launched anew before its log was read: then only the event keeps why it failed.
    static void take(Draft draft, Message.LogRead read) {
        if (read.lastLines().isBlank()) {
            return;
        }
        ReplicaKey key = read.replica();
        draft.change(new Change.AppendEvent(
                new Event(draft.now(), key.service(), key.name(), Message.LogRead.EVENT, read.lastLines())));
        draft.model()
                .replica(key)
                .ifPresent(replica -> draft.change(new Change.PutReplica(replica.withLog(read.lastLines()))));
    }
}
