package dev.skyhedge.engine.pool;

import dev.skyhedge.spi.HourlyPrice;
import java.util.Comparator;
import java.util.List;

/// What of a claim is of one importance.
///
/// @param from in shares of the claim, those that come first
/// @param until in the same
record Part(Claim claim, Precedence precedence, int from, int until) {
    /// Most important first; those that it takes for equal are.
    static final Comparator<Part> IMPORTANCE = Comparator.comparing(Part::precedence)
            .thenComparing(part -> part.claim().nature().givesWay())
            .thenComparing(part -> part.claim().worth(), Comparator.reverseOrder());

    /// All that a claim consists of.
    static List<Part> of(Claim claim) {
        Precedence floor = claim.nature() == Claim.Nature.PROTECTED ? Precedence.PROTECTED : Precedence.FLOOR;
        Precedence rest = switch (claim.nature()) {
            case PROTECTED, SERVICE -> Precedence.SERVICE;
            case BACKGROUND -> Precedence.BACKGROUND;
            case LATE -> Precedence.DEADLINE;
        };
        return List.of(
                new Part(claim, floor, 0, claim.floor()),
                new Part(claim, rest, claim.floor(), claim.wanted()),
                new Part(claim, Precedence.KEPT, claim.wanted(), claim.wanted() + claim.kept()));
    }

    /// Whether machines are rented for it.
    boolean isRentedFor(HourlyPrice price) {
        return precedence != Precedence.KEPT
                && (precedence != Precedence.BACKGROUND || claim.worth().compareTo(price) >= 0);
    }

    int size() {
        return until - from;
    }

    /// How much of it there is when the claim has so much.
    int within(int shares) {
        return Math.clamp(shares, from, until) - from;
    }
}
