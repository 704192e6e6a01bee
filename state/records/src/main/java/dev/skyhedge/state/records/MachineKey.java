package dev.skyhedge.state.records;

import java.util.Comparator;

/// Identifies one generation of a machine; its instance carries both as tags. The order is natural.
///
/// @param name unique in a state
/// @param generation counts the attempts to rent under this name, from 1
public record MachineKey(String name, int generation) implements Comparable<MachineKey> {
    private static final Comparator<MachineKey> ORDER =
            Comparator.comparing(MachineKey::name, NaturalOrder.INSTANCE).thenComparingInt(MachineKey::generation);

    @Override
    public int compareTo(MachineKey other) {
        return ORDER.compare(this, other);
    }

    /// As people read it: `chat-1#2`.
    @Override
    public String toString() {
        return name + "#" + generation;
    }
}
