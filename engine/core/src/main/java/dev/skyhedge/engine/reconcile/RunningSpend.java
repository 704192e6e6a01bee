package dev.skyhedge.engine.reconcile;

import dev.skyhedge.state.records.SpendEntry;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Spend entries that have not ended, found by what they are for: each change of a replica asks for its own; beside
/// them what those came to that ended today. Not thread-safe.
final class RunningSpend {
    private final Map<String, SpendEntry> entries = new HashMap<>();
    /// Of each service, what all its replicas would cost on demand.
    private final Map<String, SpendEntry> yardsticks = new HashMap<>();
    /// The last day on which any ended, and what those came to on that day.
    private Instant day = Instant.EPOCH;

    private long endedThatDay;

    /// What was spent until now.
    void read(List<SpendEntry> known) {
        known.forEach(entry -> {
            if (entry.until().isPresent()) {
                ended(entry);
            } else {
                put(entry);
            }
        });
    }

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
            // Said twice, it is counted once.
            Optional.ofNullable(entries.remove(key)).ifPresent(_ -> ended(entry));
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

    private void ended(SpendEntry entry) {
        Instant midnight = startOfDay(entry.until().orElseThrow());
        if (entry.kind() == SpendEntry.Kind.ALL_ON_DEMAND || midnight.isBefore(day)) {
            return;
        }
        long before = midnight.equals(day) ? endedThatDay : 0;
        day = midnight;
        endedThatDay = before + since(midnight, entry, midnight);
    }

    /// What all machines have cost since midnight UTC, in micro-dollars.
    long today(Instant now) {
        Instant midnight = startOfDay(now);
        long sum = midnight.equals(day) ? endedThatDay : 0;
        for (SpendEntry entry : entries.values()) {
            if (entry.kind() != SpendEntry.Kind.ALL_ON_DEMAND) {
                sum += since(midnight, entry, now);
            }
        }
        return sum;
    }

    private static long since(Instant midnight, SpendEntry entry, Instant now) {
        Instant from = entry.from().isAfter(midnight) ? entry.from() : midnight;
        Duration time = Duration.between(from, entry.until().orElse(now));
        return entry.total()
                .orElseGet(() -> time.isNegative() ? 0 : entry.price().microDollarsFor(time));
    }

    private static Instant startOfDay(Instant at) {
        return at.truncatedTo(ChronoUnit.DAYS);
    }

    private static String key(String service, String subject) {
        return service + "\n" + subject;
    }
}
