package dev.skyhedge.engine.fleet;

import dev.skyhedge.spi.HourlyPrice;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import java.util.SequencedMap;

/// Who gets what when quotas do not allow everything: what is protected first, then floors, then what else is wanted,
/// cheapest first. The order of blocks in a file says nothing; ties are decided by name.
public final class Arbiter {
    /// Of somebody who wants nothing.
    public static final Claims NOTHING = new Claims() {
        @Override
        public boolean hasNext() {
            return false;
        }

        @Override
        public Precedence next() {
            throw new NoSuchElementException();
        }

        @Override
        public HourlyPrice nextPrice() {
            throw new NoSuchElementException();
        }

        @Override
        public void grantNext() {
            throw new NoSuchElementException();
        }
    };

    private Arbiter() {}

    /// What a launch is for, most important first.
    public enum Precedence {
        /// Of a workload that must not be lost.
        PROTECTED("protected"),
        /// Up to the least that a workload is to have.
        FLOOR("up to its minimum"),
        /// Beyond that.
        REST("cheaper, or as cheap");

        private final String reason;

        Precedence(String reason) {
            this.reason = reason;
        }

        /// Why it comes before others, for people.
        String reason() {
            return reason;
        }
    }

    /// Who asks for launches.
    public interface Claimant {
        /// Identifies it.
        String name();

        /// What its most urgent launch is for, whichever that turns out to be.
        Precedence first();

        /// Decides which launches it wants, where others with precedence have left room.
        Claims decide();
    }

    /// The launches that somebody wants, most urgent first.
    public interface Claims {
        boolean hasNext();

        /// What the next one is for.
        Precedence next();

        /// What the next one costs.
        HourlyPrice nextPrice();

        /// Launches the next one, or finds that there is no room for it.
        void grantNext();
    }

    /// Has everybody decide, and grants launches in order.
    ///
    /// @return them in the order of what their most urgent launches are for
    public static <T extends Claimant> List<T> grant(Collection<T> claimants) {
        SequencedMap<String, Claims> rest = new LinkedHashMap<>();
        List<T> byName = claimants.stream()
                .sorted(Comparator.<T, Precedence>comparing(Claimant::first).thenComparing(Claimant::name))
                .toList();
        for (T claimant : byName) {
            Claims claims = claimant.decide();
            while (claims.hasNext() && claims.next() != Precedence.REST) {
                claims.grantNext();
            }
            rest.put(claimant.name(), claims);
        }
        grantCheapestFirst(rest);
        return claimants.stream().sorted(Comparator.comparing(Claimant::first)).toList();
    }

    private static void grantCheapestFirst(SequencedMap<String, Claims> claims) {
        var open = new PriorityQueue<Map.Entry<String, Claims>>(
                Comparator.<Map.Entry<String, Claims>, HourlyPrice>comparing(
                                entry -> entry.getValue().nextPrice())
                        .thenComparing(Map.Entry::getKey));
        claims.entrySet().stream().filter(entry -> entry.getValue().hasNext()).forEach(open::add);
        while (!open.isEmpty()) {
            Map.Entry<String, Claims> cheapest = open.remove();
            cheapest.getValue().grantNext();
            if (cheapest.getValue().hasNext()) {
                open.add(cheapest);
            }
        }
    }
}
