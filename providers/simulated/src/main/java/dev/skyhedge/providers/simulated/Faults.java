package dev.skyhedge.providers.simulated;

import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.LocationPattern;
import dev.skyhedge.spi.Unreachable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The faults that a cloud is told to have. Thread-safe.
public final class Faults {
    private static final LocationPattern ANYWHERE = LocationPattern.parse("*");

    private static final class Rule {
        final Call call;
        final LocationPattern locations;
        final Fault fault;
        int times;

        Rule(Call call, LocationPattern locations, Fault fault, int times) {
            this.call = call;
            this.locations = locations;
            this.fault = fault;
            this.times = times;
        }
    }

    private final List<Rule> rules = new ArrayList<>();
    private final Map<LocationPattern, Failure> unreachable = new LinkedHashMap<>();

    Faults() {}

    /// The next call of this kind goes wrong.
    public void next(Call call, Fault fault) {
        next(call, ANYWHERE, fault, 1);
    }

    /// The next call of this kind is refused.
    public void refuseNext(Call call, Failure failure) {
        next(call, new Fault.Refused(failure));
    }

    /// The next calls of this kind to these locations go wrong, after those of earlier orders. `OFFERS` and
    /// `OBSERVE` go to no location in particular, so only a pattern for everywhere concerns them.
    public synchronized void next(Call call, LocationPattern locations, Fault fault, int times) {
        rules.add(new Rule(call, locations, fault, times));
    }

    /// Nothing reaches these locations until [#reachable] is called: `observe` and `offers` name them as
    /// unreachable, launches and terminations are lost on the way.
    public synchronized void unreachable(LocationPattern locations, Failure failure) {
        unreachable.put(locations, failure);
    }

    /// Ends an outage that was ordered with the same pattern.
    public synchronized void reachable(LocationPattern locations) {
        unreachable.remove(locations);
    }

    /// Forgets all orders.
    public synchronized void clear() {
        rules.clear();
        unreachable.clear();
    }

    synchronized Optional<Fault> take(Call call, Optional<Location> location) {
        for (Iterator<Rule> all = rules.iterator(); all.hasNext(); ) {
            Rule rule = all.next();
            boolean there = location.map(rule.locations::matches).orElse(rule.locations.equals(ANYWHERE));
            if (rule.call == call && there) {
                if (--rule.times <= 0) {
                    all.remove();
                }
                return Optional.of(rule.fault);
            }
        }
        return location.filter(this::isUnreachable).map(l -> new Fault.CallLost());
    }

    synchronized List<Unreachable> unreachable() {
        List<Unreachable> all = new ArrayList<>();
        unreachable.forEach((locations, failure) -> all.add(new Unreachable(locations, failure)));
        return all;
    }

    synchronized boolean isUnreachable(Location location) {
        return unreachable.keySet().stream().anyMatch(pattern -> pattern.matches(location));
    }
}
