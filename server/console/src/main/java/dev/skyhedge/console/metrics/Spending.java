package dev.skyhedge.console.metrics;

import dev.skyhedge.state.records.SpendEntry;
import dev.skyhedge.state.records.SpendEntry.Kind;
import io.prometheus.metrics.model.snapshots.Labels;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Adds up what was spent, and what all on-demand would have cost. Not thread-safe.
final class Spending {
    private final Map<Account, Long> closedMicroDollars = new TreeMap<>();
    private final Map<Entry, SpendEntry> open = new LinkedHashMap<>();
    /// An entry may end earlier than it was last counted for; a counter must not go back.
    private final Map<Account, Long> shown = new TreeMap<>();

    private record Account(String service, Kind kind) implements Comparable<Account> {
        @Override
        public int compareTo(Account other) {
            int byService = service.compareTo(other.service);
            return byService != 0 ? byService : kind.compareTo(other.kind);
        }
    }

    private record Entry(Account account, String subject, Instant from) {}

    void begin(List<SpendEntry> entries) {
        closedMicroDollars.clear();
        open.clear();
        shown.clear();
        entries.forEach(this::put);
    }

    void put(SpendEntry entry) {
        Account account = new Account(entry.service(), entry.kind());
        Entry key = new Entry(account, entry.subject(), entry.from());
        closedMicroDollars.putIfAbsent(account, 0L);
        if (entry.until().isEmpty()) {
            open.put(key, entry);
        } else {
            open.remove(key);
            closedMicroDollars.merge(account, entry.microDollars(entry.until().orElseThrow()), Long::sum);
        }
    }

    /// What a service has cost is another's from now on.
    void move(String from, String to) {
        for (Kind kind : Kind.values()) {
            Account before = new Account(from, kind);
            Long closed = closedMicroDollars.remove(before);
            if (closed != null) {
                closedMicroDollars.merge(new Account(to, kind), closed, Long::sum);
            }
            shown.remove(before);
        }
        List<SpendEntry> running = open.values().stream()
                .filter(entry -> entry.service().equals(from))
                .toList();
        open.keySet().removeIf(key -> key.account().service().equals(from));
        running.forEach(entry -> put(entry.ofService(to)));
    }

    void write(Exposition text, Instant now) {
        Map<Labels, Long> spent = new TreeMap<>();
        Map<Labels, Long> yardstick = new TreeMap<>();
        total(now).forEach((account, microDollars) -> {
            switch (account.kind()) {
                case RENTED_SPOT -> spent.put(labels(account, "spot"), microDollars);
                case RENTED_ON_DEMAND -> spent.put(labels(account, "on_demand"), microDollars);
                case ALL_ON_DEMAND -> yardstick.put(Labels.of("service", account.service()), microDollars);
            }
        });
        text.dollars("spend_usd_total", "USD spent over the life of the state.", spent);
        text.dollars(
                "all_on_demand_usd_total", "USD that the wanted replicas would have cost, all on-demand.", yardstick);
    }

    private Map<Account, Long> total(Instant now) {
        Map<Account, Long> total = new TreeMap<>(closedMicroDollars);
        open.forEach((key, entry) -> total.merge(key.account(), entry.microDollars(now), Long::sum));
        total.forEach((account, microDollars) -> shown.merge(account, microDollars, Math::max));
        return shown;
    }

    private static Labels labels(Account account, String market) {
        return Labels.of("service", account.service(), "market", market);
    }
}
