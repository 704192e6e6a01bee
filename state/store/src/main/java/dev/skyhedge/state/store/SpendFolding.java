package dev.skyhedge.state.store;

import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.state.records.SpendEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;

/// Folds spend entries that ended long ago into one of their service and kind. Sums stay as they were to the
/// micro-dollar, because each entry is rounded by itself before and after.
final class SpendFolding {
    private SpendFolding() {}

    private record Group(String service, SpendEntry.Kind kind) implements Comparable<Group> {
        private static final Comparator<Group> ORDER =
                Comparator.comparing(Group::service).thenComparing(Group::kind);

        @Override
        public int compareTo(Group other) {
            return ORDER.compare(this, other);
        }
    }

    /// Folds what had ended by a time.
    static void run(Tables tables, Instant endedBy) {
        SequencedMap<Group, List<SpendEntry>> groups = new TreeMap<>();
        for (SpendEntry entry : tables.spendBegunBefore(endedBy)) {
            if (entry.until().filter(end -> !end.isAfter(endedBy)).isPresent()) {
                groups.computeIfAbsent(new Group(entry.service(), entry.kind()), _ -> new ArrayList<>())
                        .add(entry);
            }
        }
        groups.values().stream().filter(group -> group.size() > 1).forEach(group -> {
            SpendEntry folded = fold(group, endedBy);
            group.forEach(tables::remove);
            tables.put(folded);
        });
    }

    private static SpendEntry fold(List<SpendEntry> entries, Instant now) {
        SpendEntry any = entries.getFirst();
        Instant from = entries.stream()
                .map(SpendEntry::from)
                .min(Comparator.naturalOrder())
                .orElseThrow();
        Optional<Instant> until =
                entries.stream().flatMap(entry -> entry.until().stream()).max(Comparator.naturalOrder());
        long total =
                entries.stream().mapToLong(entry -> entry.microDollars(now)).reduce(0, Math::addExact);
        return new SpendEntry(
                any.service(), any.kind(), SpendEntry.EARLIER, HourlyPrice.ZERO, from, until, Optional.of(total));
    }
}
