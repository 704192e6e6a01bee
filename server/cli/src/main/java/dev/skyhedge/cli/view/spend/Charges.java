package dev.skyhedge.cli.view.spend;

import dev.skyhedge.state.records.SpendEntry;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Spend of a state within some time, cut at midnights of UTC. The parts of an entry add up to the entry, to the
/// micro-dollar.
///
/// @param from beginning of the time
/// @param until end of the time
/// @param rented what was paid, in order
/// @param allOnDemandMicroDollars what the wanted replicas would have cost, all on demand
public record Charges(Instant from, Instant until, List<Charge> rented, long allOnDemandMicroDollars) {
    private static final Comparator<Charge> ORDER = Comparator.comparing(Charge::from)
            .thenComparing(charge -> charge.entry().service())
            .thenComparing(charge -> charge.entry().subject())
            .thenComparing(charge -> charge.entry().kind());

    /// @param since beginning of the time; [Instant#MIN] for all that is known
    /// @param now end of the time, up to which what runs is counted
    public static Charges of(List<SpendEntry> entries, Instant since, Instant now) {
        List<Charge> rented = new ArrayList<>();
        long yardstick = 0;
        for (SpendEntry entry : entries) {
            List<Charge> parts = parts(entry, since, now);
            if (entry.kind() == SpendEntry.Kind.ALL_ON_DEMAND) {
                yardstick += parts.stream().mapToLong(Charge::microDollars).sum();
            } else {
                rented.addAll(parts);
            }
        }
        rented.sort(ORDER);
        Instant first = rented.isEmpty() ? now : rented.getFirst().from();
        return new Charges(first.isBefore(since) ? since : first, now, List.copyOf(rented), yardstick);
    }

    private static List<Charge> parts(SpendEntry entry, Instant since, Instant now) {
        Instant end = entry.until().filter(ended -> ended.isBefore(now)).orElse(now);
        List<Charge> parts = new ArrayList<>();
        Instant from = entry.from();
        while (from.isBefore(end)) {
            Instant midnight = midnightAfter(from);
            Instant until = midnight.isBefore(end) ? midnight : end;
            if (from.isBefore(since) && since.isBefore(until)) {
                until = since;
            }
            if (!from.isBefore(since)) {
                parts.add(new Charge(entry, from, until, cost(entry, until) - cost(entry, from)));
            }
            from = until;
        }
        return parts;
    }

    /// From the beginning of the entry until then. Of many together the share of their time, since nothing else is
    /// known.
    private static long cost(SpendEntry entry, Instant until) {
        if (entry.total().isEmpty()) {
            return entry.endedAt(until).microDollars(until);
        }
        Instant end = entry.until().orElse(until);
        if (!until.isBefore(end)) {
            return entry.total().get();
        }
        Duration whole = Duration.between(entry.from(), end);
        Duration part = Duration.between(entry.from(), until);
        return BigInteger.valueOf(entry.total().get())
                .multiply(BigInteger.valueOf(part.toMillis()))
                .divide(BigInteger.valueOf(whole.toMillis()))
                .longValueExact();
    }

    private static Instant midnightAfter(Instant at) {
        return at.atOffset(ZoneOffset.UTC)
                .truncatedTo(ChronoUnit.DAYS)
                .plusDays(1)
                .toInstant();
    }

    /// What was paid.
    long microDollars() {
        return rented.stream().mapToLong(Charge::microDollars).reduce(0, Math::addExact);
    }

    Duration time() {
        return rented.stream().map(Charge::time).reduce(Duration.ZERO, Duration::plus);
    }
}
