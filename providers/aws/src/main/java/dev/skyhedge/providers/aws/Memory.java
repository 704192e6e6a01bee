package dev.skyhedge.providers.aws;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Remembers something about the newest instances, and forgets the oldest. Thread-safe.
final class Memory<V> {
    private static final int MAX = 20_000;

    private final Map<String, V> values = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
            return size() > MAX;
        }
    };

    synchronized void put(String id, V value) {
        values.put(id, value);
    }

    /// What is known, which stays as it was first put.
    synchronized V putIfAbsent(String id, V value) {
        V known = values.putIfAbsent(id, value);
        return known == null ? value : known;
    }

    synchronized Optional<V> get(String id) {
        return Optional.ofNullable(values.get(id));
    }
}
