package dev.skyhedge.providers.kubernetes.pool;

import dev.skyhedge.providers.cloud.settings.SettingReader;
import dev.skyhedge.spi.Accelerator;
import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.Market;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Reads a pool of the settings:
///
/// | attribute | meaning | default |
/// |---|---|---|
/// | `accelerator` | what a pod gets, such as `L4:1`; `CPU:4` for a pod without a GPU | none: it must be given |
/// | `market` | `spot` or `on_demand` | `on_demand` |
/// | `locations` | `region/zone`, each | one that is not said |
/// | `node_selector` | labels of the pool's nodes | none: it must be given |
/// | `tolerations` | taints of the pool's nodes | those of GPU and spot nodes |
/// | `price` | USD per hour of such a pod | 0: the cluster is paid for anyway |
/// | `cpu`, `memory` | what a pod asks for beside its accelerator | nothing |
/// | `gpu_resource` | the cluster's name of the accelerator | `nvidia.com/gpu` |
public final class DeclaredPool {
    private static final List<String> NAMES = List.of(
            "accelerator",
            "market",
            "locations",
            "node_selector",
            "tolerations",
            "price",
            "cpu",
            "memory",
            "gpu_resource");

    private static final Pattern POOL = Pattern.compile("[a-z0-9]([a-z0-9._-]{0,61}[a-z0-9])?");
    private static final Pattern ACCELERATOR = Pattern.compile("[A-Za-z][A-Za-z0-9._-]{0,62}(:[1-9][0-9]{0,2})?");
    private static final Pattern MARKET = Pattern.compile("spot|on_demand");
    private static final Pattern PLACE = Pattern.compile("[A-Za-z0-9._-]{1,63}/[A-Za-z0-9._-]{1,63}");
    private static final Pattern LABEL_VALUE = Pattern.compile("([A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?)?");
    private static final Pattern RESOURCE = Pattern.compile("[a-z0-9.-]{1,253}/[A-Za-z0-9._-]{1,63}");

    private DeclaredPool() {}

    /// The pool in each of its places; problems go to the reader.
    public static List<Pool> read(String name, Map<String, Object> values, SettingReader problems) {
        SettingReader reader = new SettingReader(values);
        if (!POOL.matcher(name).matches()) {
            reader.wrong("name", "does not have the right form", "Write something like \"l4-spot\".");
        }
        Optional<String> accelerator = reader.text("accelerator", ACCELERATOR, "\"L4:1\"");
        if (!reader.has("accelerator")) {
            reader.wrong("accelerator", "is missing", "Say what a pod gets, such as accelerator = \"L4:1\".");
        }
        Market market = Market.parse(
                reader.text("market", MARKET, "\"spot\" or \"on_demand\"").orElse("on_demand"));
        Map<String, String> selector = reader.textMap("node_selector", LABEL_VALUE, "\"pool\" = \"l4-spot\"");
        if (selector.isEmpty()) {
            reader.wrong("node_selector", "is missing", "Name labels of its nodes: { \"pool\" = \"l4-spot\" }.");
        }
        List<String> places = reader.texts("locations", PLACE, "\"us-central1/us-central1-a\"");
        List<Taint> tolerations = new ArrayList<>(NodeLabels.tolerations(market));
        tolerations.addAll(PoolSettings.taints(reader));
        Pool.Needs needs = new Pool.Needs(
                reader.text("gpu_resource", RESOURCE, "\"nvidia.com/gpu\"").orElse(Pool.Needs.NVIDIA),
                reader.text("cpu", PoolSettings.QUANTITY, "\"3500m\""),
                reader.text("memory", PoolSettings.QUANTITY, "\"12Gi\""));
        Optional<HourlyPrice> price = PoolSettings.price(reader, values, "price");
        values.keySet().stream()
                .filter(key -> !NAMES.contains(key))
                .forEach(key -> reader.wrong(key, "is not known", "Known are " + String.join(", ", NAMES) + "."));
        PoolSettings.adopt(problems, "pools", name, reader);
        List<Pool> pools = new ArrayList<>();
        if (reader.problems().isEmpty()) {
            Accelerator sold = Accelerator.parse(accelerator.orElseThrow());
            for (String place : places.isEmpty() ? List.of(Places.UNSAID + "/" + Places.UNSAID) : places) {
                Location location = Location.parse(Places.CLOUD + "/" + place);
                pools.add(new Pool(
                        name,
                        sold,
                        location,
                        market,
                        price,
                        inZone(selector, location),
                        List.of(),
                        tolerations,
                        needs));
            }
        }
        return pools;
    }

    private static SortedMap<String, String> inZone(Map<String, String> selector, Location location) {
        SortedMap<String, String> narrowed = new TreeMap<>(selector);
        if (!location.zone().equals(Places.UNSAID)) {
            narrowed.put(NodeLabels.ZONE, location.zone());
        }
        return narrowed;
    }
}
