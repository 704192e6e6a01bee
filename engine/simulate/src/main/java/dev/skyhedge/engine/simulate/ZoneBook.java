package dev.skyhedge.engine.simulate;

import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.state.records.ZoneHealth;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What has been learnt of the zones, as the state would record it. All offers are of one accelerator.
final class ZoneBook {
    private record Key(Location location, Market market) {}

    private static final Comparator<Key> ORDER =
            Comparator.comparing(Key::location).thenComparing(Key::market);

    private final SortedMap<Key, ZoneHealth> zones = new TreeMap<>(ORDER);
    private List<ZoneHealth> snapshot = List.of();
    private boolean isChanged = false;

    Optional<ZoneHealth> entry(Offer offer) {
        return Optional.ofNullable(zones.get(new Key(offer.location(), offer.market())));
    }

    void put(ZoneHealth entry) {
        zones.put(new Key(entry.location(), entry.market()), entry);
        isChanged = true;
    }

    List<ZoneHealth> entries() {
        if (isChanged) {
            snapshot = List.copyOf(zones.values());
            isChanged = false;
        }
        return snapshot;
    }
}
