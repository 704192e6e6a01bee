package dev.skyhedge.engine.simulate;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;

/// What a made-up market is to be like.
///
/// @param zones how many zones
/// @param regions how many regions they are in, in turn
/// @param up mean time for which a zone has capacity
/// @param down mean time for which it has none
/// @param regionCorrelation of having capacity, between zones of a region
/// @param cloudCorrelation of having capacity, between zones of different regions
/// @param shocksPerDay how often all zones of a region lose their capacity together
/// @param tide what good and bad times alternate with
/// @param blackout once a day, for how long, no zone has capacity
/// @param capacity the most that a zone has room for; at least half of it whenever it has any
/// @param days how long the market is before it begins anew
/// @param seed makes the market
public record MarketSetting(
        int zones,
        int regions,
        Duration up,
        Duration down,
        double regionCorrelation,
        double cloudCorrelation,
        double shocksPerDay,
        Tide tide,
        Duration blackout,
        int capacity,
        int days,
        long seed) {
    /// What good and bad times alternate with. In bad times zones fall three times as often and come back three
    /// times as slowly, in good times the other way round.
    public enum Tide {
        NONE,
        /// Every second region is good by day, the others by night.
        REGIONS_BY_DAY,
        /// Every second zone of a region is good one day and bad the next, the others the other way round.
        ZONES_BY_TURNS
    }

    private static final List<String> KEYS = List.of(
            "zones",
            "regions",
            "up",
            "down",
            "corr_region",
            "corr_cloud",
            "shock",
            "tide",
            "blackout",
            "capacity",
            "days",
            "seed");
    private static final int MAX_ZONES = 1_000;
    private static final int MAX_DAYS = 3_650;
    private static final MarketSetting INDEPENDENT = new MarketSetting(
            6, 3, Duration.ofHours(3), Duration.ofHours(1), 0, 0, 0, Tide.NONE, Duration.ZERO, 4, 30, 1);

    public MarketSetting {
        if (zones < 1 || zones > MAX_ZONES || regions < 1 || regions > zones) {
            throw new IllegalArgumentException("zones from 1 to " + MAX_ZONES + " in at most as many regions");
        }
        if (up.compareTo(LatentMarket.SAMPLE) <= 0 || down.compareTo(LatentMarket.SAMPLE) <= 0) {
            throw new IllegalArgumentException("up and down are longer than 60s");
        }
        if (!(cloudCorrelation >= 0 && regionCorrelation >= cloudCorrelation && regionCorrelation < 1)) {
            throw new IllegalArgumentException("correlations from 0 to below 1, within a region not the lower one");
        }
        if (!(shocksPerDay >= 0) || shocksPerDay * up.toHours() > 24) {
            throw new IllegalArgumentException("at most one shock in a mean spell of capacity");
        }
        if (blackout.isNegative() || blackout.compareTo(Duration.ofHours(12)) > 0) {
            throw new IllegalArgumentException("a blackout of at most 12h");
        }
        if (capacity < 1 || days < 2 || days > MAX_DAYS) {
            throw new IllegalArgumentException("a capacity from 1, and from 2 to " + MAX_DAYS + " days");
        }
    }

    /// The settings that have a name.
    public static SequencedMap<String, MarketSetting> named() {
        SequencedMap<String, MarketSetting> settings = new LinkedHashMap<>();
        settings.put("independent", INDEPENDENT);
        settings.put("one-region", with(INDEPENDENT, Map.of("regions", "1", "corr_region", "0.7")));
        settings.put(
                "clusters",
                with(
                        INDEPENDENT,
                        Map.of("zones", "9", "up", "4h", "down", "1h30m", "corr_region", "0.4", "corr_cloud", "0.1")));
        settings.put("region-shocks", with(INDEPENDENT, Map.of("shock", "1", "up", "6h")));
        settings.put("day-night", with(INDEPENDENT, Map.of("regions", "2", "tide", "day")));
        settings.put("drift", with(INDEPENDENT, Map.of("tide", "drift")));
        settings.put("blackout", with(INDEPENDENT, Map.of("blackout", "2h")));
        return settings;
    }

    /// Reads a name and, after commas, what is to be otherwise: `clusters,zones=12,seed=7`.
    ///
    /// @throws SimulationInputException if that is not what the text says
    public static MarketSetting parse(String text) {
        String[] parts = text.split(",", -1);
        SequencedMap<String, MarketSetting> named = named();
        MarketSetting setting = named.get(parts[0]);
        if (setting == null) {
            throw new SimulationInputException(
                    "No such market",
                    "There is no setting \"" + parts[0] + "\" of synthetic markets. There are "
                            + String.join(", ", named.sequencedKeySet()) + ".");
        }
        for (int i = 1; i < parts.length; i++) {
            int equals = parts[i].indexOf('=');
            String key = equals < 0 ? parts[i] : parts[i].substring(0, equals);
            String value = equals < 0 ? "" : parts[i].substring(equals + 1);
            try {
                setting = with(setting, Map.of(key, value));
            } catch (IllegalArgumentException e) {
                throw new SimulationInputException(
                        "Invalid market setting",
                        "\"" + parts[i] + "\" in synthetic:" + text + " is not valid: " + e.getMessage() + ". Write"
                                + " zones=N, regions=N, up=3h, down=1h, corr_region=0.4, corr_cloud=0.1, shock=1 (a day),"
                                + " tide=none|day|drift, blackout=2h, capacity=N, days=N or seed=N.");
            }
        }
        return setting;
    }

    private static MarketSetting with(MarketSetting base, Map<String, String> changes) {
        for (String key : changes.keySet()) {
            if (!KEYS.contains(key)) {
                throw new IllegalArgumentException("there is no \"" + key + "\"");
            }
        }
        var changed = new Changed(changes);
        return new MarketSetting(
                changed.integer("zones", base.zones),
                changed.integer("regions", base.regions),
                changed.duration("up", base.up),
                changed.duration("down", base.down),
                changed.number("corr_region", base.regionCorrelation),
                changed.number("corr_cloud", base.cloudCorrelation),
                changed.number("shock", base.shocksPerDay),
                changed.tide(base.tide),
                changed.duration("blackout", base.blackout),
                changed.integer("capacity", base.capacity),
                changed.integer("days", base.days),
                (long) changed.number("seed", base.seed));
    }

    /// Values that are to be otherwise, by key.
    private record Changed(Map<String, String> values) {
        int integer(String key, int otherwise) {
            return values.containsKey(key) ? Integer.parseInt(values.get(key)) : otherwise;
        }

        double number(String key, double otherwise) {
            return values.containsKey(key) ? Double.parseDouble(values.get(key)) : otherwise;
        }

        Duration duration(String key, Duration otherwise) {
            try {
                return values.containsKey(key)
                        ? Duration.parse("PT" + values.get(key).toUpperCase(Locale.ROOT))
                        : otherwise;
            } catch (DateTimeParseException e) {
                throw new IllegalArgumentException("a duration is written as 1h30m, not " + values.get(key), e);
            }
        }

        Tide tide(Tide otherwise) {
            return switch (values.getOrDefault("tide", "")) {
                case "" -> otherwise;
                case "none" -> Tide.NONE;
                case "day" -> Tide.REGIONS_BY_DAY;
                case "drift" -> Tide.ZONES_BY_TURNS;
                default -> throw new IllegalArgumentException("tide is none, day or drift");
            };
        }
    }
}
