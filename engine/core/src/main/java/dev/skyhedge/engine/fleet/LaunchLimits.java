package dev.skyhedge.engine.fleet;

import dev.skyhedge.engine.placement.Closures;
import dev.skyhedge.engine.placement.Closures.Closed;
import dev.skyhedge.engine.plan.Barred;
import dev.skyhedge.engine.plan.PlanOptions;
import dev.skyhedge.engine.plan.World;
import dev.skyhedge.spi.Accelerator;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.ReplicaRecord;
import dev.skyhedge.state.records.ZoneHealth;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.function.Predicate;

/// What one workload must not launch now, whatever its policy: where somebody ordered so, where a zone is in a pause,
/// where a quota leaves no room, where a launch like it was refused, and at all once too many launches were refused in
/// a minute. A pool whose latest news were bad is asked for one launch at a time. An object serves one plan.
public final class LaunchLimits {
    private final World world;
    private final String service;
    private final QuotaRoom quotas;
    private final AvoidedPlaces avoided;
    private final BarredPlaces barred;
    private final Pace pace;
    private final boolean isPaced;
    private final Map<Pool, ZoneHealth> zones;
    private final Set<Pool> beingAsked;
    private final Map<Market, Integer> left = new EnumMap<>(Market.class);

    private record Pool(Location location, Accelerator accelerator, Market market) {
        static Pool of(Offer offer) {
            return new Pool(offer.location(), offer.accelerator(), offer.market());
        }
    }

    public LaunchLimits(
            World world, String service, String version, int wanted, QuotaRoom quotas, PlanOptions options) {
        this.world = world;
        this.service = service;
        this.barred = new BarredPlaces(world, new Barred.Edit(service, version));
        this.quotas = quotas;
        this.avoided = new AvoidedPlaces(world);
        this.isPaced = options.paced();
        this.zones = new HashMap<>();
        this.beingAsked = new HashSet<>();
        this.pace = pace(_ -> true, wanted);
        for (ZoneHealth zone : isPaced ? world.zoneHealth() : List.<ZoneHealth>of()) {
            if (zone.retryAt().isAfter(world.now()) || zone.status() == ZoneHealth.Status.PREEMPTING) {
                zones.put(new Pool(zone.location(), zone.accelerator(), zone.market()), zone);
            }
        }
        if (!zones.isEmpty()) {
            world.replicas().values().forEach(replicas -> replicas.forEach(this::noteAsked));
        }
    }

    private LaunchLimits(LaunchLimits whole, Predicate<Accelerator> machines, int wanted) {
        this.world = whole.world;
        this.service = whole.service;
        this.barred = whole.barred;
        this.quotas = whole.quotas;
        this.avoided = whole.avoided;
        this.isPaced = whole.isPaced;
        this.zones = whole.zones;
        this.beingAsked = whole.beingAsked;
        this.pace = pace(machines, wanted);
    }

    /// The same limits for one part of what the workload wants, but for the pace of refusals: what is refused of the
    /// machines of other parts does not hold this one up.
    public LaunchLimits forPart(Predicate<Accelerator> machines, int wantedOfThese) {
        return new LaunchLimits(this, machines, wantedOfThese);
    }

    private Pace pace(Predicate<Accelerator> machines, int wanted) {
        var limit = new Pace(world, service, machines, wanted);
        for (Market market : Market.values()) {
            left.put(market, isPaced ? limit.left(market) : Integer.MAX_VALUE);
        }
        return limit;
    }

    private void noteAsked(ReplicaRecord replica) {
        if (replica.lifecycle() == Lifecycle.REQUESTED && isSuspect(Pool.of(replica.offer()))) {
            beingAsked.add(Pool.of(replica.offer()));
        }
    }

    private boolean isSuspect(Pool pool) {
        ZoneHealth zone = zones.get(pool);
        return zone != null && zone.status() == ZoneHealth.Status.PREEMPTING;
    }

    /// Those of the offers that are closed, for the policies.
    public Closures closures(List<Offer> offers) {
        Map<Offer, Closed> closed = new HashMap<>();
        Set<Offer> lastPlaces = new HashSet<>();
        for (Offer offer : offers) {
            closed(offer).ifPresent(why -> closed.put(offer, why));
            if (!quotas.hasRoomForLuxury(offer)) {
                lastPlaces.add(offer);
            }
        }
        return closed.isEmpty() && lastPlaces.isEmpty() ? Closures.NONE : new Closures(closed, lastPlaces);
    }

    /// What keeps it from some of these offers by order.
    public List<AvoidedPlace> avoided(List<Offer> offers) {
        return avoided.among(offers);
    }

    /// Where launches of some of these offers are refused, and waiting is not expected to help.
    public List<String> barred(List<Offer> offers) {
        return barred.lastingAmong(offers).stream().map(Barred::text).toList();
    }

    private Optional<Closed> closed(Offer offer) {
        Optional<AvoidedPlace> avoidedThere = avoided.of(offer.location());
        if (avoidedThere.isPresent()) {
            return avoidedThere.map(place -> new Closed(place.text(), place.until()));
        }
        Optional<QuotaRoom.Shortage> shortage = quotas.shortage(offer, service);
        if (shortage.isPresent()) {
            return Optional.of(new Closed(shortage.get().text(), shortage.get().retryAt()));
        }
        Optional<Closed> bar = barred.closed(offer);
        if (bar.isPresent()) {
            return bar;
        }
        ZoneHealth zone = zones.get(Pool.of(offer));
        if (zone != null && zone.retryAt().isAfter(world.now())) {
            return Optional.of(new Closed(zone.location() + ": " + zone.evidence(), Optional.of(zone.retryAt())));
        }
        if (beingAsked.contains(Pool.of(offer))) {
            return Optional.of(new Closed(offer.location() + " is being tried again", Optional.empty()));
        }
        return left.getOrDefault(offer.market(), 0) > 0
                ? Optional.empty()
                : Optional.of(new Closed(pace.text(offer.market()), pace.reopensAt(offer.market())));
    }

    /// Why no place is left for any of these, each reason once; empty if waiting may help with some.
    ///
    /// @param countsQuotas false while one of ours is about to leave room
    public List<String> hopeless(List<Offer> offers, boolean countsQuotas) {
        SequencedSet<String> reasons = new LinkedHashSet<>();
        for (Offer offer : offers) {
            Optional<String> why = hopeless(offer, countsQuotas);
            if (why.isEmpty()) {
                return List.of();
            }
            reasons.add(why.get());
        }
        return List.copyOf(reasons);
    }

    private Optional<String> hopeless(Offer offer, boolean countsQuotas) {
        return avoided.of(offer.location())
                .map(place -> place.text() + ", and no other place is left; `skyhedge zone allow " + place.location()
                        + "` ends that")
                .or(() -> countsQuotas ? quotas.hopeless(offer) : Optional.empty())
                .or(() -> barred.lasting(offer)
                        .map(bar -> "nothing is launched any more, as the provider refuses it: " + bar.text()
                                + ". Correct the spec or the credentials and apply again"));
    }

    /// When what is barred is tried again.
    public List<Instant> barsEnd() {
        return barred.retries();
    }

    /// Takes one launch of what may be launched; otherwise says why not, and nothing is taken.
    ///
    /// @param forgiven zones that the decision itself does not hold against any more
    /// @param what what it is for
    Optional<Closed> take(Offer offer, List<ZoneHealth> forgiven, Arbiter.Precedence what) {
        forgiven.stream()
                .filter(zone -> zone.status() == ZoneHealth.Status.ACTIVE
                        && !zone.retryAt().isAfter(world.now()))
                .forEach(zone -> zones.remove(new Pool(zone.location(), zone.accelerator(), zone.market())));
        Optional<Closed> why = closed(offer);
        if (why.isPresent()) {
            return why;
        }
        if (!quotas.take(offer, service, what)) {
            throw new IllegalStateException("Room that was there a moment ago: " + offer);
        }
        left.merge(offer.market(), -1, Integer::sum);
        barred.take(offer);
        if (isSuspect(Pool.of(offer))) {
            beingAsked.add(Pool.of(offer));
        }
        return Optional.empty();
    }

    /// When the first of these is worth another try.
    static Optional<Instant> reopens(List<Closed> closed) {
        return closed.stream().flatMap(one -> one.reopensAt().stream()).min(Comparator.naturalOrder());
    }
}
