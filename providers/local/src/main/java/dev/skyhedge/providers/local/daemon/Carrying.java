package dev.skyhedge.providers.local.daemon;

import dev.skyhedge.providers.simulated.LedgerEntry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Carries forward in a ledger what instances have cost that ended long ago. Whatever is live, listed, or may be asked
/// for again under its token keeps its entries.
///
/// @param clock tells what is long ago
/// @param keep for how long after its end an instance keeps its entries
record Carrying(InstantSource clock, Duration keep) {
    /// At least so long, whatever is listed: whoever launched one may come back and ask under the same token.
    private static final Duration AT_LEAST = Duration.ofHours(24);

    /// As the cloud lists ended instances.
    static Carrying after(InstantSource clock, Duration listed) {
        return new Carrying(clock, listed.compareTo(AT_LEAST) > 0 ? listed : AT_LEAST);
    }

    /// What stays of these entries, in the same order; what was carried forward before counts in.
    List<LedgerEntry> of(List<LedgerEntry> entries) {
        Instant before = clock.instant().minus(keep);
        Set<String> over = new HashSet<>();
        long cost = 0;
        String latest = "";
        for (LedgerEntry entry : entries) {
            switch (entry) {
                case LedgerEntry.Ended ended -> {
                    if (ended.end().at().isBefore(before)) {
                        over.add(ended.instanceId());
                        cost += ended.costMicroDollars();
                    }
                }
                case LedgerEntry.Carried carried -> {
                    cost += carried.costMicroDollars();
                    latest = carried.instanceId();
                }
                case LedgerEntry.Launched launched -> latest = launched.instanceId();
                case LedgerEntry.Running _, LedgerEntry.Repriced _ -> {}
            }
        }
        List<LedgerEntry> kept = new ArrayList<>();
        if (!latest.isEmpty()) {
            kept.add(new LedgerEntry.Carried(latest, cost));
        }
        for (LedgerEntry entry : entries) {
            if (!(entry instanceof LedgerEntry.Carried) && !over.contains(entry.instanceId())) {
                kept.add(entry);
            }
        }
        return kept;
    }
}
