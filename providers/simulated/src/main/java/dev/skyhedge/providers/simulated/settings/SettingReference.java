package dev.skyhedge.providers.simulated.settings;

import java.util.List;

/// What the settings of a made-up cloud mean, for people.
///
/// @param name as in a `provider` block; behind a dot an attribute of the setting before it
/// @param meaning in words
/// @param fallback what holds where it is not given
public record SettingReference(String name, String meaning, String fallback) {
    /// Every setting, in the order in which they are documented.
    public static final List<SettingReference> ALL = List.of(
            of("regions", "a list of regions, of two zones each; or a map from region to its zones", "three regions"),
            of("instance_types", "a map from the name of a type to its attributes; every zone has all", "small"),
            of("instance_types.accelerator", "TYPE:COUNT, such as L4:1; CPU:1 for machines without", "CPU:1"),
            of("instance_types.on_demand", "USD per hour", "0.10"),
            of(
                    "instance_types.spot",
                    "USD per hour, the mean: the first zone is 15 % cheaper, the last dearer",
                    "40 %"),
            of("market", "who takes spot instances away, and when", "calm"),
            of("market.kind", "calm takes nothing; synthetic is drawn; recorded plays a trace", "calm"),
            of("market.directory", "of a recorded market: meta.json and capacity.csv", "none"),
            of("market.seed", "of a synthetic market: the same seed, the same events", "1"),
            of("market.mean_up", "how long a zone has spot capacity, on average", "10m"),
            of("market.mean_down", "how long it then has none", "2m"),
            of("market.shock_every", "how often all zones of a region lose it together, on average", "never"),
            of("market.capacity", "room for so many spot instances in a zone", "1000; synthetic 4"),
            of("market.notice", "warning before an instance is taken", "0s"),
            of("speed", "how much faster than life the market passes", "1"),
            of("boot_delay", "from the launch of a spot instance to its running", "2s"),
            of("on_demand_boot_delay", "the same of an on-demand instance", "boot_delay"),
            of("visibility_delay", "how long a new instance is not listed", "0s"),
            of("stop_delay", "how long an instance is seen stopping before it is gone", "0s"),
            of("max_instances", "quota over all zones; more are refused", "200"));

    private static SettingReference of(String name, String meaning, String fallback) {
        return new SettingReference(name, meaning, fallback);
    }
}
