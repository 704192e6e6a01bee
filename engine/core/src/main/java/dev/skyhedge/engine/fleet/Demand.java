package dev.skyhedge.engine.fleet;

import dev.skyhedge.spi.Accelerator;
import dev.skyhedge.spi.Offer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Predicate;

/// What a workload wants from the fleet now: parts, each with its own machines and its own number. No part stands in
/// for another one: each is placed, has its spares and stand-ins, waits after failures and ends what it has too much of
/// by itself.
///
/// @param parts with accelerators of their own first, each of which no other part has; the last one is of every
///     machine that no other asks for
public record Demand(List<Part> parts) {
    public Demand {
        parts = List.copyOf(parts);
        Set<Accelerator> named = new HashSet<>();
        for (Part part : parts.isEmpty() ? parts : parts.subList(0, parts.size() - 1)) {
            if (!part.accelerator().filter(named::add).isPresent()) {
                throw new IllegalArgumentException("Two parts of the same machines: " + parts);
            }
        }
        if (parts.isEmpty() || parts.getLast().accelerator().isPresent()) {
            throw new IllegalArgumentException("The last part is of all other machines: " + parts);
        }
    }

    /// So many of some machines.
    ///
    /// @param accelerator which ones; empty for all that no other part asks for
    /// @param wanted how many are to serve, without spares and stand-ins
    /// @param floor how many of them come before what others want beyond their least
    public record Part(Optional<Accelerator> accelerator, int wanted, int floor) {
        public Part {
            if (floor < 0 || wanted < floor) {
                throw new IllegalArgumentException("Wanted " + wanted + ", of which at least " + floor);
            }
        }

        /// What is said of the part, for people: with the name of its machines if it has some of its own.
        public String says(String text) {
            return accelerator.map(one -> one + ": " + text).orElse(text);
        }
    }

    /// So many of any permitted machine.
    public static Demand ofAny(int wanted, int floor) {
        return new Demand(List.of(new Part(Optional.empty(), wanted, Math.min(wanted, floor))));
    }

    /// So many of each. What is wanted of machines that are not permitted is wanted of any other permitted one
    /// instead, and otherwise none of those.
    ///
    /// @param wanted by accelerator
    /// @param permitted of an accelerator
    public static Demand ofEach(SequencedMap<Accelerator, Integer> wanted, Predicate<Accelerator> permitted) {
        List<Part> parts = new ArrayList<>();
        int others = 0;
        for (Map.Entry<Accelerator, Integer> entry : wanted.entrySet()) {
            int number = entry.getValue();
            if (permitted.test(entry.getKey())) {
                parts.add(new Part(Optional.of(entry.getKey()), number, number));
            } else {
                others += number;
            }
        }
        parts.add(new Part(Optional.empty(), others, others));
        return new Demand(parts);
    }

    /// Of all parts together.
    public int wanted() {
        return parts.stream().mapToInt(Part::wanted).sum();
    }

    /// The part that this would be rented for.
    public Part partOf(Offer offer) {
        return partOf(offer.accelerator());
    }

    /// The part of these machines.
    public Part partOf(Accelerator accelerator) {
        for (Part part : parts) {
            if (part.accelerator().filter(accelerator::equals).isPresent()) {
                return part;
            }
        }
        return parts.getLast();
    }
}
