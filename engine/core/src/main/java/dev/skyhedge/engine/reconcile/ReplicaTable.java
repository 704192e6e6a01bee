package dev.skyhedge.engine.reconcile;

import dev.skyhedge.engine.plan.ReplicaNames;
import dev.skyhedge.state.records.ReplicaRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The newest generation of each replica of one service: found by name, listed by ordinal. Every step lists
/// all, few steps bring new names, so the order is kept and not made anew. Not thread-safe.
public final class ReplicaTable {
    private final List<ReplicaRecord> ordered = new ArrayList<>();
    private final Map<String, Integer> positions = new HashMap<>();
    private boolean inOrder = true;
    private @Nullable List<ReplicaRecord> listed;

    /// The replica of that name.
    public Optional<ReplicaRecord> get(String name) {
        return Optional.ofNullable(positions.get(name)).map(ordered::get);
    }

    /// Adds a replica, in the place of an earlier one of its name.
    public void put(ReplicaRecord replica) {
        listed = null;
        Integer position = positions.get(replica.name());
        if (position != null) {
            ordered.set(position, replica);
            return;
        }
        inOrder &= ordered.isEmpty() || ReplicaNames.BY_ORDINAL.compare(ordered.getLast(), replica) < 0;
        positions.put(replica.name(), ordered.size());
        ordered.add(replica);
    }

    void remove(String name) {
        if (positions.containsKey(name)) {
            listed = null;
            ordered.removeIf(replica -> replica.name().equals(name));
            index();
        }
    }

    /// A copy, by ordinal.
    public List<ReplicaRecord> list() {
        if (listed != null) {
            return listed;
        }
        if (!inOrder) {
            ordered.sort(ReplicaNames.BY_ORDINAL);
            index();
            inOrder = true;
        }
        listed = List.copyOf(ordered);
        return listed;
    }

    int size() {
        return ordered.size();
    }

    private void index() {
        positions.clear();
        for (int i = 0; i < ordered.size(); i++) {
            positions.put(ordered.get(i).name(), i);
        }
    }
}
