package dev.skyhedge.providers.kubernetes.pool;

import dev.skyhedge.providers.cloud.settings.SettingReader;
import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.spi.SettingProblem;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// What can be rented, as the settings say it.
///
/// @param declared pools of nodes, perhaps without any node yet
/// @param discover whether nodes that are there are offered too
/// @param prices of one accelerator, by type
/// @param names accelerator type by the value of the product label
/// @param needs of pods on nodes that are there
/// @param tolerations of pods on nodes that are there, beside those of GPU and spot nodes
public record PoolSettings(
        List<Pool> declared,
        boolean discover,
        SortedMap<String, CardPrice> prices,
        Map<String, String> names,
        Pool.Needs needs,
        List<Taint> tolerations) {
    static final Pattern TYPE = Pattern.compile("[A-Za-z][A-Za-z0-9._-]{0,62}");
    /// A quantity as Kubernetes writes it.
    public static final Pattern QUANTITY = Pattern.compile("[0-9]{1,12}(\\.[0-9]{1,6})?(m|k|Ki|M|Mi|G|Gi|T|Ti)?");
    private static final int MAX_POOLS = 200;
    private static final BigDecimal HIGHEST_PRICE = BigDecimal.valueOf(10_000);

    public PoolSettings {
        declared = List.copyOf(declared);
        prices = Collections.unmodifiableSortedMap(new TreeMap<>(prices));
        tolerations = List.copyOf(tolerations);
    }

    /// Reads them, and tells the reader what is wrong.
    public static PoolSettings read(SettingReader reader, Map<String, Object> values) {
        Map<String, Map<String, Object>> blocks = blocks(reader, values, "pools", "\"l4-spot\" = { … }");
        List<Pool> pools = new ArrayList<>();
        if (blocks.size() > MAX_POOLS) {
            reader.wrong("pools", "are more than " + MAX_POOLS, "Declare fewer.");
        } else {
            blocks.forEach((name, block) -> pools.addAll(DeclaredPool.read(name, block, reader)));
        }
        return new PoolSettings(
                pools,
                reader.flag("discover", true),
                prices(reader, values),
                reader.textMap("accelerator_names", TYPE, "\"NVIDIA-GeForce-RTX-4090\" = \"RTX4090\""),
                new Pool.Needs(
                        Pool.Needs.NVIDIA,
                        reader.text("cpu", QUANTITY, "\"3500m\""),
                        reader.text("memory", QUANTITY, "\"12Gi\"")),
                taints(reader));
    }

    static List<Taint> taints(SettingReader reader) {
        return reader.texts("tolerations", Taint.FORM, "\"dedicated=ml:NoSchedule\"").stream()
                .map(Taint::parse)
                .toList();
    }

    private static SortedMap<String, CardPrice> prices(SettingReader reader, Map<String, Object> values) {
        SortedMap<String, CardPrice> prices = new TreeMap<>();
        blocks(reader, values, "prices", "L4 = { spot = 0.28, on_demand = 0.71 }")
                .forEach((type, block) -> {
                    SettingReader inner = new SettingReader(block);
                    prices.put(type, new CardPrice(price(inner, block, "spot"), price(inner, block, "on_demand")));
                    block.keySet().stream()
                            .filter(name -> !name.equals("spot") && !name.equals("on_demand"))
                            .forEach(name -> inner.wrong(name, "is not known", "Known are spot and on_demand."));
                    adopt(reader, "prices", type, inner);
                });
        return prices;
    }

    /// Finds a price in USD per hour.
    static Optional<HourlyPrice> price(SettingReader reader, Map<String, Object> values, String name) {
        Object value = values.get(name);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof BigDecimal usd && usd.signum() >= 0 && usd.compareTo(HIGHEST_PRICE) <= 0) {
            return Optional.of(HourlyPrice.ofUsd(usd));
        }
        reader.wrong(name, "is not a price", "Write USD per hour as a number, such as 0.28.");
        return Optional.empty();
    }

    /// Takes the problems of a nested object over.
    static void adopt(SettingReader reader, String setting, String name, SettingReader inner) {
        for (SettingProblem problem : inner.problems()) {
            reader.wrong(setting, name + ": " + problem.setting() + " " + problem.summary(), problem.remedy());
        }
    }

    private static Map<String, Map<String, Object>> blocks(
            SettingReader reader, Map<String, Object> values, String setting, String example) {
        Object value = values.get(setting);
        if (value == null) {
            return Map.of();
        }
        SortedMap<String, Map<String, Object>> blocks = new TreeMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, block) -> {
                if (block instanceof Map<?, ?> nested) {
                    SortedMap<String, Object> typed = new TreeMap<>();
                    nested.forEach((key, inner) -> typed.put(String.valueOf(key), inner));
                    blocks.put(String.valueOf(name), typed);
                } else {
                    reader.wrong(setting, name + " is not an object", "Write { " + example + " }.");
                }
            });
        } else {
            reader.wrong(setting, "is not an object", "Write { " + example + " }.");
        }
        return blocks;
    }
}
