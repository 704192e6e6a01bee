package dev.skyhedge.watch.endpoints;

import dev.skyhedge.state.records.SpendEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// When replicas that have gone got their last request, so that it can be told how long the balancer went on sending to
/// dead ones. Thread-safe.
public final class LastRequests {
    private static final int MAX_REMEMBERED = 10_000;

    private final SequencedMap<String, Instant> lastRequests = new LinkedHashMap<>();

    synchronized void note(String service, String replica, long generation, Instant at) {
        lastRequests.putLast(key(service, replica + "#" + generation), at);
        if (lastRequests.size() > MAX_REMEMBERED) {
            lastRequests.pollFirstEntry();
        }
    }

    /// For each remembered replica that has died, the time from its death to the last request sent to it; zero if the
    /// last request came before.
    ///
    /// @param spend in which an instance has an entry for each price and each use that its time had;
    ///     the last one ends when the provider says that the instance ended
    public synchronized List<Duration> afterDeath(List<SpendEntry> spend) {
        Map<String, SpendEntry> newest = new LinkedHashMap<>();
        spend.forEach(entry -> newest.merge(
                key(entry.service(), entry.subject()),
                entry,
                (one, other) -> ending(one).isAfter(ending(other)) ? one : other));
        List<Duration> lags = new ArrayList<>();
        newest.forEach((key, entry) -> {
            Instant last = lastRequests.get(key);
            if (last != null && entry.until().isPresent()) {
                Duration lag = Duration.between(ending(entry), last);
                lags.add(lag.isNegative() ? Duration.ZERO : lag);
            }
        });
        return lags;
    }

    /// Of one that runs, after all others.
    private static Instant ending(SpendEntry entry) {
        return entry.until().orElse(Instant.MAX);
    }

    private static String key(String service, String subject) {
        return service + "/" + subject;
    }
}
