package dev.skyhedge.providers.simulated.settings;

import dev.skyhedge.providers.simulated.CloudDescription;
import dev.skyhedge.providers.simulated.CloudRules;
import dev.skyhedge.providers.simulated.Listing;
import dev.skyhedge.providers.simulated.market.MarketSeries;
import dev.skyhedge.providers.simulated.market.MarketTrace;
import dev.skyhedge.spi.Listed;
import dev.skyhedge.spi.SettingProblem;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/// The settings of a made-up cloud, read and found good or bad.
///
/// | setting | meaning | default |
/// |---|---|---|
/// | `regions` | list of region names, or map from region to list of zones | three regions of two zones |
/// | `instance_types` | map from name to `{ accelerator, on_demand, spot }`, prices in USD per hour | `small` |
/// | `market` | `{ kind, directory, seed, mean_up, mean_down, shock_every, capacity, notice }` | calm |
/// | `speed` | how much faster than life the market passes | 1 |
/// | `boot_delay`, `on_demand_boot_delay` | from launch to running | `2s`, the same |
/// | `visibility_delay` | how long `observe` does not show a new instance | `0s` |
/// | `stop_delay` | how long an instance is seen stopping before it has ended | `0s` |
/// | `max_instances` | quota | 200 |
public final class CloudSettings {
    /// All settings, in the order in which they are documented.
    public static final List<String> NAMES = List.of(
            "regions",
            "instance_types",
            "market",
            "speed",
            "boot_delay",
            "on_demand_boot_delay",
            "visibility_delay",
            "stop_delay",
            "max_instances");

    private static final int MAX_INSTANCES = 100_000;
    private static final Duration ENDED_RETENTION = Duration.ofHours(1);

    private final String name;
    private final ZoneSettings zones;
    private final List<InstanceType> instanceTypes;
    private final MarketSettings market;
    private final CloudRules rules;
    private final List<SettingProblem> problems;

    private CloudSettings(String name, Map<String, Object> given) {
        SettingValues values = new SettingValues(given);
        values.allowOnly(NAMES);
        this.name = name;
        this.market = MarketSettings.read(values);
        this.zones = ZoneSettings.read(values);
        this.instanceTypes = InstanceType.read(values, market.isRecorded());
        Duration boot = values.duration("boot_delay", Duration.ofSeconds(2));
        this.rules = CloudRules.calm()
                .withBoot(boot, values.duration("on_demand_boot_delay", boot))
                .withNotice(market.notice())
                .withVisibilityDelay(values.duration("visibility_delay", Duration.ZERO))
                .withStopDelay(values.duration("stop_delay", Duration.ZERO))
                .withEndedRetention(ENDED_RETENTION)
                .withLimits(values.whole("max_instances", 200, 1, MAX_INSTANCES), Double.POSITIVE_INFINITY);
        if (market.isRecorded() && values.has("regions")) {
            values.wrong("regions", "a recorded market brings its own regions", "Leave regions out.");
        }
        this.problems = values.problems();
    }

    /// Reads settings; see [#problems()] for whether they are good.
    ///
    /// @param name of the cloud
    /// @param values as in [dev.skyhedge.spi.ProviderSettings#values()]
    public static CloudSettings read(String name, Map<String, Object> values) {
        return new CloudSettings(name, values);
    }

    /// What is wrong; empty means that they are good.
    public List<SettingProblem> problems() {
        return problems;
    }

    /// How long `observe` does not show a new instance.
    public Duration visibilityDelay() {
        return rules.visibilityDelay();
    }

    /// What the cloud rents out; nothing if there are problems, or a recorded market cannot be read.
    public List<Listed> listed() {
        try {
            return problems.isEmpty()
                    ? build(Instant.EPOCH).listings().stream()
                            .map(listing -> new Listed(
                                    listing.accelerator(),
                                    listing.location().region(),
                                    List.of(listing.location().zone())))
                            .distinct()
                            .toList()
                    : List.of();
        } catch (IOException e) {
            return List.of();
        }
    }

    /// Builds what they describe.
    ///
    /// @param marketOrigin when the market begins
    /// @throws IOException if a recorded market cannot be read
    /// @throws IllegalStateException if there are problems
    public CloudDescription build(Instant marketOrigin) throws IOException {
        if (!problems.isEmpty()) {
            throw new IllegalStateException("Settings with problems: " + problems);
        }
        MarketTrace trace = market.build(zones.series());
        List<MarketSeries> series = instanceTypes.isEmpty() ? trace.series() : oneOfEachZone(trace.series());
        List<Listing> listings = new ArrayList<>();
        for (int i = 0; i < series.size(); i++) {
            double place = series.size() == 1 ? 0.5 : (double) i / (series.size() - 1);
            listings.addAll(InstanceType.listings(name, series.get(i), instanceTypes, place));
        }
        return new CloudDescription(name, listings, trace, marketOrigin, rules, new SplittableRandom(market.seed()));
    }

    /// Types of our own that a zone lists draw on the first of its series.
    private static List<MarketSeries> oneOfEachZone(List<MarketSeries> all) {
        Map<String, MarketSeries> first = new LinkedHashMap<>();
        all.forEach(series -> first.putIfAbsent(series.region() + "/" + series.zone(), series));
        return List.copyOf(first.values());
    }
}
