package dev.skyhedge.providers.kubernetes.pool;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// Turns what a product label says into the name of an accelerator type as other providers have it: both
/// `NVIDIA-A100-SXM4-80GB` and `nvidia-a100-80gb` are an `A100-80GB`.
public final class AcceleratorNames {
    /// A row: whoever matches is called that; the first row counts.
    private record Known(Pattern pattern, String type) {}

    private static final List<Known> KNOWN = List.of(
            known("a100.*80gb", "A100-80GB"),
            known("a100", "A100"),
            known("h100.*nvl", "H100-NVL"),
            known("h100", "H100"),
            known("h200", "H200"),
            known("b200", "B200"),
            known("v100.*32gb", "V100-32GB"),
            known("v100", "V100"),
            known("l40s", "L40S"),
            known("l40", "L40"),
            known("l4", "L4"),
            known("a10g", "A10G"),
            known("a10", "A10"),
            known("t4", "T4"),
            known("p100", "P100"),
            known("p4", "P4"),
            known("k80", "K80"),
            known("mi300x", "MI300X"));

    /// Parts of a GPU are not the GPU: time slices and instances of it keep their own names.
    private static final Pattern PARTIAL = Pattern.compile("(?i).*(-shared|-mig-).*");

    private AcceleratorNames() {}

    private static Known known(String word, String type) {
        return new Known(Pattern.compile("(.*-)?" + word + "(-.*)?"), type);
    }

    /// The type; never empty.
    ///
    /// @param product value of a product label
    /// @param settings names that win over those built in
    public static String of(String product, Map<String, String> settings) {
        String named = settings.get(product);
        if (named != null) {
            return named;
        }
        String lower = product.toLowerCase(Locale.ROOT);
        if (!PARTIAL.matcher(product).matches()) {
            for (Known known : KNOWN) {
                if (known.pattern().matcher(lower).matches()) {
                    return known.type();
                }
            }
        }
        String bare = product.replaceFirst("(?i)^nvidia-", "");
        return PoolSettings.TYPE.matcher(bare).matches() ? bare : "GPU-" + bare.replaceAll("[^A-Za-z0-9._-]", "-");
    }
}
