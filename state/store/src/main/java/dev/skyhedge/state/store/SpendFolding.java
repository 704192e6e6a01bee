package dev.skyhedge.state.store;

import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.state.records.RentedTime;
import dev.skyhedge.state.records.SpendEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;

/// Folds spend entries that ended long ago into one of their service, kind, use and sort of machine. Sums stay as they
/// were to the
/// micro-dollar, because each entry is rounded by itself before and after.
final class SpendFolding {
    private SpendFolding() {}

    /// @param subject of the folded entry; two groups of a service must not have the same
    private record Group(String service, SpendEntry.Kind kind, String subject) implements Comparable<Group> {
        private static final Comparator<Group> ORDER =
                Comparator.comparing(Group::service).thenComparing(Group::kind).thenComparing(Group::subject);

        static Group of(SpendEntry entry) {
            String subject = entry.rented()
                    .map(rented -> SpendEntry.EARLIER + " "
                            + rented.use().name().toLowerCase(Locale.ROOT) + " " + rented.location() + " "
                            + rented.instanceType() + " " + rented.accelerator())
                    .orElse(SpendEntry.EARLIER);
            return new Group(entry.service(), entry.kind(), subject);
        }

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
                groups.computeIfAbsent(Group.of(entry), _ -> new ArrayList<>()).add(entry);
            }
        }
        groups.forEach((group, entries) -> {
            if (entries.size() > 1) {
                SpendEntry folded = fold(group, entries, endedBy);
                entries.forEach(tables::remove);
                tables.put(folded);
            }
        });
    }

    private static SpendEntry fold(Group group, List<SpendEntry> entries, Instant now) {
        Instant from = entries.stream()
                .map(SpendEntry::from)
                .min(Comparator.naturalOrder())
                .orElseThrow();
        Optional<Instant> until =
                entries.stream().flatMap(entry -> entry.until().stream()).max(Comparator.naturalOrder());
        long total =
                entries.stream().mapToLong(entry -> entry.microDollars(now)).reduce(0, Math::addExact);
        return new SpendEntry(
                group.service(),
                group.kind(),
                group.subject(),
                HourlyPrice.ZERO,
                from,
                until,
                entries.getFirst().rented().map(RentedTime::ofMany),
                Optional.of(total));
    }
}
