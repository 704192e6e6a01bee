package dev.skyhedge.engine.guard;

import dev.skyhedge.state.records.ReplicaRecord;
import dev.skyhedge.state.records.Snapshot;
import java.util.SortedSet;
import java.util.TreeSet;

/// Providers that a state cannot do without, whatever a spec says.
public final class ProvidersInUse {
    private ProvidersInUse() {}

    /// Names of those with live replicas or open intents.
    public static SortedSet<String> of(Snapshot snapshot) {
        SortedSet<String> names = new TreeSet<>();
        for (ReplicaRecord replica : snapshot.replicas()) {
            if (replica.lifecycle().isLive()) {
                names.add(replica.offer().location().cloud());
            }
        }
        snapshot.openIntents()
                .forEach(intent -> names.add(intent.offer().location().cloud()));
        return names;
    }
}
