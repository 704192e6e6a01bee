package dev.skyhedge.engine.placement;

import dev.skyhedge.spi.Offer;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Offers that must not be asked for now, whatever the policy: zones in a pause after a refusal, used up quotas,
/// a service that was refused too often in a minute. They are found once, below the policies.
public final class Closures {
    /// Everything may be asked for.
    public static final Closures NONE = new Closures(Map.of(), Set.of());

    private final Map<Offer, Closed> closed;
    private final Set<Offer> lastPlaces;

    /// Why an offer must not be asked for.
    ///
    /// @param reason for people
    /// @param reopensAt when it is worth another try without further news; empty if only news can tell
    public record Closed(String reason, Optional<Instant> reopensAt) {}

    /// @param closed what must not be asked for
    /// @param lastPlaces what must not be asked for if it could be done without: it may use up a quota
    public Closures(Map<Offer, Closed> closed, Set<Offer> lastPlaces) {
        this.closed = new HashMap<>(closed);
        this.lastPlaces = new HashSet<>(lastPlaces);
    }

    /// Whether the offer may be asked for.
    public boolean isOpen(Offer offer) {
        return closed.isEmpty() || !closed.containsKey(offer);
    }

    /// Whether the offer may be asked for by who could do without.
    boolean isOpenToLuxuries(Offer offer) {
        return isOpen(offer) && (lastPlaces.isEmpty() || !lastPlaces.contains(offer));
    }

    /// Those of them that may be asked for.
    List<Offer> open(List<Offer> offers) {
        return closed.isEmpty() ? offers : offers.stream().filter(this::isOpen).toList();
    }

    /// Why an offer must not be asked for.
    public Optional<Closed> of(Offer offer) {
        return Optional.ofNullable(closed.get(offer));
    }
}
