package dev.skyhedge.providers.simulated.settings;

import dev.skyhedge.providers.simulated.market.MarketSeries;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.regex.Pattern;

/// Regions and their zones.
record ZoneSettings(SequencedMap<String, List<String>> zonesByRegion) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
    private static final int MAX_ZONES = 1_000;
    private static final List<String> DEFAULT_REGIONS = List.of("east", "north", "west");
    private static final List<String> DEFAULT_ZONES = List.of("a", "b");

    static ZoneSettings read(SettingValues values) {
        SequencedMap<String, List<String>> zones = new LinkedHashMap<>();
        if (values.isMap("regions")) {
            SettingValues regions = values.nested("regions");
            regions.names().forEach(region -> zones.put(region, regions.texts(region)));
        } else {
            List<String> regions = values.has("regions") ? values.texts("regions") : DEFAULT_REGIONS;
            regions.forEach(region -> zones.put(
                    region,
                    DEFAULT_ZONES.stream().map(zone -> region + "-" + zone).toList()));
        }
        List<String> all = zones.values().stream().flatMap(List::stream).toList();
        if (all.isEmpty() || all.size() > MAX_ZONES) {
            values.wrong("regions", all.size() + " zones", "Name from 1 to " + MAX_ZONES + " zones.");
        }
        if (all.stream().distinct().count() != all.size()) {
            values.wrong("regions", "a zone is named twice", "Give every zone its own name.");
        }
        if (!all.stream().allMatch(zone -> NAME.matcher(zone).matches())
                || !zones.keySet().stream()
                        .allMatch(region -> NAME.matcher(region).matches())) {
            values.wrong("regions", "a name is not valid", "Use the characters a-z, 0-9 and -.");
        }
        return new ZoneSettings(zones);
    }

    List<MarketSeries> series() {
        return zonesByRegion.entrySet().stream()
                .flatMap(region -> region.getValue().stream().map(zone -> MarketSeries.ofZone(region.getKey(), zone)))
                .toList();
    }
}
