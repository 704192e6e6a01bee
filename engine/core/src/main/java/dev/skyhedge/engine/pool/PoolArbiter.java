package dev.skyhedge.engine.pool;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Stream;

/// Who has how much of a pool: what is protected first, then floors, of those that serve before
/// those of background work, then deadlines at risk, then what serves, then work in the background;
/// among those by worth. Of equals those keep what they have who have it; beyond that names decide.
///
/// Machines are rented for all of that but for background work that is worth less than they cost.
/// That has what is idle: what machines that are rented anyway have left, and what others
/// [keep][Claim#kept].
///
/// - Nothing is idle that somebody wants and can use.
/// - With more machines nobody who serves has less.
/// - Asked again with what it has given, it moves nothing.
public final class PoolArbiter {
    private final Pool pool;
    private final SequencedMap<String, Integer> given = new LinkedHashMap<>();
    private int left;

    private PoolArbiter(Pool pool) {
        this.pool = pool;
    }

    /// Divides a pool.
    ///
    /// @throws IllegalArgumentException if two claims have one name, or more is held than is rented
    public static Division divide(Pool pool, Collection<Claim> claims) {
        List<Claim> byName =
                claims.stream().sorted(Comparator.comparing(Claim::name)).toList();
        check(pool, byName);
        return new PoolArbiter(pool).divide(byName);
    }

    private static void check(Pool pool, List<Claim> byName) {
        long names = byName.stream().map(Claim::name).distinct().count();
        int held = byName.stream().mapToInt(Claim::held).sum();
        if (names < byName.size() || held > pool.rented() * Pool.SHARES) {
            throw new IllegalArgumentException(byName.size() + " claims with " + names + " names hold " + held
                    + " shares of " + pool.rented() + " machines");
        }
    }

    private Division divide(List<Claim> claims) {
        claims.forEach(claim -> given.put(claim.name(), 0));
        List<Part> parts = claims.stream()
                .map(Part::of)
                .flatMap(List::stream)
                .sorted(Part.IMPORTANCE)
                .toList();
        int most = pool.mostMachines() * Pool.SHARES;
        left = most;
        dealAll(parts.stream().filter(part -> part.isRentedFor(pool.price())));
        int used = most - left;
        int kept = claims.stream().mapToInt(Claim::kept).sum();
        int machines = Math.min(pool.mostMachines(), Pool.machines(used + kept));
        left = machines * Pool.SHARES - used;
        dealAll(parts.stream().filter(part -> !part.isRentedFor(pool.price())));
        return new Division(machines, given, new Movements(pool, machines, claims, given).all());
    }

    private void dealAll(Stream<Part> sorted) {
        List<Part> parts = sorted.toList();
        int from = 0;
        for (int i = 1; i <= parts.size(); i++) {
            if (i == parts.size() || Part.IMPORTANCE.compare(parts.get(from), parts.get(i)) != 0) {
                deal(parts.subList(from, i));
                from = i;
            }
        }
    }

    private void deal(List<Part> equals) {
        equals.forEach(part -> give(part, part.within(part.claim().held())));
        equals.forEach(part -> give(part, part.size()));
    }

    private void give(Part part, int wanted) {
        String name = part.claim().name();
        int has = given.getOrDefault(name, 0);
        int more = part.claim().wholeUnits(Math.min(wanted - part.within(has), left));
        // What comes before it may have found no room.
        if (more > 0 && has >= part.from()) {
            given.put(name, has + more);
            left -= more;
        }
    }
}
