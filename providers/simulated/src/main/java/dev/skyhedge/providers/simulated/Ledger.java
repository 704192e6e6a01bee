package dev.skyhedge.providers.simulated;

import dev.skyhedge.spi.InstanceTags;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/// The record of everything ever rented, in the order of renting. It is written by the cloud and by nobody
/// else, which makes it the judge of whoever rents: no replica launched twice, nothing left behind.
///
/// Thread-safe. Every entry is handed to the writer before it counts; if the writer throws, nothing has
/// happened.
public final class Ledger {
    /// Names one attempt to run a replica.
    public record Attempt(String lineage, String service, String replica, int generation)
            implements Comparable<Attempt> {
        static Attempt of(InstanceTags tags) {
            return new Attempt(tags.lineage(), tags.service(), tags.replica(), tags.generation());
        }

        @Override
        public int compareTo(Attempt other) {
            int byLineage = lineage.compareTo(other.lineage);
            int byService = byLineage != 0 ? byLineage : service.compareTo(other.service);
            int byReplica = byService != 0 ? byService : replica.compareTo(other.replica);
            return byReplica != 0 ? byReplica : Integer.compare(generation, other.generation);
        }
    }

    private final SequencedMap<String, Rental> rentals = new LinkedHashMap<>();
    private final SequencedMap<String, Rental> live = new LinkedHashMap<>();
    private final Consumer<LedgerEntry> writer;
    private Optional<LedgerEntry.Carried> carried = Optional.empty();

    /// A ledger in memory.
    public Ledger() {
        this(List.of(), entry -> {});
    }

    /// A ledger that goes on where earlier entries end.
    ///
    /// @param earlier entries that were written before
    /// @param writer makes an entry durable before it counts
    public Ledger(List<LedgerEntry> earlier, Consumer<LedgerEntry> writer) {
        earlier.forEach(this::count);
        this.writer = writer;
    }

    synchronized void add(LedgerEntry entry) {
        writer.accept(entry);
        count(entry);
    }

    private void count(LedgerEntry entry) {
        switch (entry) {
            case LedgerEntry.Launched launched -> put(opened(launched));
            case LedgerEntry.Running running ->
                put(rented(running.instanceId()).running(running.endpoint(), running.machine()));
            case LedgerEntry.Repriced repriced ->
                put(rented(repriced.instanceId()).repriced(repriced.price(), repriced.at()));
            case LedgerEntry.Ended ended -> put(rented(ended.instanceId()).ended(ended.end()));
            case LedgerEntry.Carried forward -> carried = Optional.of(forward);
        }
    }

    private void put(Rental rental) {
        rentals.put(rental.instanceId(), rental);
        if (rental.isLive()) {
            live.put(rental.instanceId(), rental);
        } else {
            live.remove(rental.instanceId());
        }
    }

    private Rental opened(LedgerEntry.Launched launched) {
        if (rentals.containsKey(launched.instanceId())) {
            throw new IllegalArgumentException("Rented twice: " + launched.instanceId());
        }
        return new Rental(
                launched.instanceId(),
                launched.offer(),
                launched.tags(),
                launched.fingerprint(),
                launched.at(),
                Optional.empty(),
                "",
                Optional.empty());
    }

    private Rental rented(String instanceId) {
        Rental rental = rentals.get(instanceId);
        if (rental == null) {
            throw new IllegalArgumentException("Never rented: " + instanceId);
        }
        return rental;
    }

    /// Those of which nothing is left but what they have cost.
    synchronized Optional<LedgerEntry.Carried> carried() {
        return carried;
    }

    /// Everything ever rented, but for what was carried forward.
    public synchronized List<Rental> rentals() {
        return List.copyOf(rentals.values());
    }

    /// What is rented now.
    public synchronized List<Rental> live() {
        return List.copyOf(live.values());
    }

    /// One rental.
    public synchronized Optional<Rental> rental(String instanceId) {
        return Optional.ofNullable(rentals.get(instanceId));
    }

    /// How often each attempt was launched, in order. Correct work never shows more than 1.
    public synchronized SequencedMap<Attempt, Integer> launches() {
        TreeMap<Attempt, Integer> launches = new TreeMap<>();
        rentals.values().forEach(rental -> launches.merge(Attempt.of(rental.tags()), 1, Integer::sum));
        return launches;
    }

    /// The attempts that were launched more than once: the duplicates.
    public List<Attempt> launchedTwice() {
        List<Attempt> twice = new ArrayList<>();
        for (Map.Entry<Attempt, Integer> entry : launches().entrySet()) {
            if (entry.getValue() > 1) {
                twice.add(entry.getKey());
            }
        }
        return twice;
    }

    /// What everything has cost by then, in micro-dollars.
    public synchronized long spendMicroDollars(Instant now) {
        long before = carried.map(LedgerEntry.Carried::costMicroDollars).orElse(0L);
        return before
                + rentals.values().stream()
                        .mapToLong(rental -> rental.costMicroDollars(now))
                        .sum();
    }
}
