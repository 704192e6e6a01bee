package dev.skyhedge.engine.reconcile;

import dev.skyhedge.state.records.SpendEntry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Spend entries that have not ended, found by what they are for: each change of a replica asks for its own. Not
/// thread-safe.
final class RunningSpend {
    private final Map<String, SpendEntry> entries = new HashMap<>();
    /// Of each service, what all its replicas would cost on demand.
    private final Map<String, SpendEntry> yardsticks = new HashMap<>();

    /// Of a service.
    List<SpendEntry> of(String service) {
        return entries.values().stream()
                .filter(entry -> entry.service().equals(service))
                .toList();
    }

    Optional<SpendEntry> of(String service, String subject) {
        return Optional.ofNullable(entries.get(key(service, subject)));
    }

    /// The running entry of what all replicas of a service would cost on demand.
    Optional<SpendEntry> yardstick(String service) {
        return Optional.ofNullable(yardsticks.get(service));
    }

    /// An entry is like this from now on; one that has ended is none of ours any more.
    void put(SpendEntry entry) {
        String key = key(entry.service(), entry.subject());
        boolean isRunning = entry.until().isEmpty();
        if (isRunning) {
            entries.put(key, entry);
        } else {
            entries.remove(key);
        }
        if (entry.kind() == SpendEntry.Kind.ALL_ON_DEMAND) {
            yardsticks.compute(
                    entry.service(),
                    (_, present) -> isRunning
                            ? entry
                            : present == null || present.subject().equals(entry.subject()) ? null : present);
        }
    }

    /// A service has got another name.
    void move(String from, String to) {
        List<SpendEntry> running = of(from);
        running.forEach(entry -> entries.remove(key(entry.service(), entry.subject())));
        yardsticks.remove(from);
        running.forEach(entry -> put(entry.ofService(to)));
    }

    private static String key(String service, String subject) {
        return service + "\n" + subject;
    }
}
