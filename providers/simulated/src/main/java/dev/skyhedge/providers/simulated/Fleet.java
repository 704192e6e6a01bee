package dev.skyhedge.providers.simulated;

import dev.skyhedge.spi.IdempotencyToken;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The instances of a cloud, found by id, token and lineage. Guarded by the cloud's lock.
final class Fleet {
    private final Map<String, Rented> byId = new HashMap<>();
    private final Map<IdempotencyToken, Rented> byToken = new HashMap<>();
    private final Map<String, LinkedHashMap<String, Rented>> byLineage = new LinkedHashMap<>();
    private long nextOrdinal = 1;
    private int live;

    long takeOrdinal() {
        return nextOrdinal++;
    }

    void continueAfter(long ordinal) {
        nextOrdinal = Math.max(nextOrdinal, ordinal + 1);
    }

    void add(Rented rented) {
        byId.put(rented.id(), rented);
        byToken.put(rented.instance.tags().token(), rented);
        byLineage
                .computeIfAbsent(rented.instance.tags().lineage(), lineage -> new LinkedHashMap<>())
                .put(rented.id(), rented);
        live += rented.instance.isLive() ? 1 : 0;
    }

    void ended() {
        live--;
    }

    /// `observe` does not list it any more; its token still counts.
    void forget(Rented rented) {
        String lineage = rented.instance.tags().lineage();
        Map<String, Rented> listed = byLineage.get(lineage);
        if (listed != null) {
            listed.remove(rented.id());
        }
    }

    Optional<Rented> byId(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    Optional<Rented> byToken(IdempotencyToken token) {
        return Optional.ofNullable(byToken.get(token));
    }

    /// In the order of launch; of every lineage, one after the other, if the text is empty.
    Collection<Rented> ofLineage(String lineage) {
        if (lineage.isEmpty()) {
            return byLineage.values().stream()
                    .flatMap(listed -> listed.values().stream())
                    .toList();
        }
        Map<String, Rented> listed = byLineage.get(lineage);
        return listed == null ? List.of() : listed.values();
    }

    int live() {
        return live;
    }
}
