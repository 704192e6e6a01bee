package dev.skyhedge.providers.gcp;

import com.google.cloud.compute.v1.Instance;
import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.spi.IdempotencyToken;
import dev.skyhedge.spi.InstanceTags;
import dev.skyhedge.spi.LaunchRequest;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// What is written on an instance: the tags, and what the cloud would not remember otherwise, namely the port of the
/// workload and the price at which it was rented.
final class Labels {
    static final String LINEAGE = "skyhedge-lineage";
    static final String SERVICE = "skyhedge-service";
    static final String REPLICA = "skyhedge-replica";
    static final String GENERATION = "skyhedge-generation";
    static final String TOKEN = "skyhedge-token";
    static final String PORT = "skyhedge-port";
    static final String PRICE = "skyhedge-price";

    private static final Pattern VALUE = Pattern.compile("[a-z0-9_-]{1,63}");

    private Labels() {}

    /// The labels of a launch; the price is in micro-dollars an hour.
    static SequencedMap<String, String> of(LaunchRequest request) {
        InstanceTags tags = request.tags();
        TreeMap<String, String> labels = new TreeMap<>();
        labels.put(LINEAGE, tags.lineage());
        labels.put(SERVICE, tags.service());
        labels.put(REPLICA, tags.replica());
        labels.put(GENERATION, String.valueOf(tags.generation()));
        labels.put(TOKEN, tags.token().value());
        labels.put(PORT, String.valueOf(request.workload().port()));
        labels.put(PRICE, String.valueOf(request.offer().price().microDollars()));
        return labels;
    }

    /// A label whose value Google would refuse; empty if all are good.
    static Optional<String> bad(SequencedMap<String, String> labels) {
        return labels.entrySet().stream()
                .filter(entry -> !VALUE.matcher(entry.getValue()).matches())
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .findFirst();
    }

    /// A filter for instances of this lineage; of any of ours if the text is empty.
    static String filter(String lineage) {
        return lineage.isEmpty() ? "labels." + LINEAGE + ":*" : "labels." + LINEAGE + "=" + lineage;
    }

    /// Whether the instance is of this lineage; of any of ours if the text is empty.
    static boolean isOf(Instance instance, String lineage) {
        return tags(instance)
                .filter(tags -> lineage.isEmpty() || tags.lineage().equals(lineage))
                .isPresent();
    }

    /// The tags on an instance; empty if it is not ours.
    static Optional<InstanceTags> tags(Instance instance) {
        Map<String, String> labels = instance.getLabelsMap();
        try {
            return Optional.of(new InstanceTags(
                    labels.getOrDefault(LINEAGE, ""),
                    labels.getOrDefault(SERVICE, ""),
                    labels.getOrDefault(REPLICA, ""),
                    Integer.parseInt(labels.getOrDefault(GENERATION, "")),
                    new IdempotencyToken(labels.getOrDefault(TOKEN, ""))));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    static Optional<Integer> port(Instance instance) {
        return number(instance, PORT).filter(port -> port >= 1 && port <= 65_535).map(Long::intValue);
    }

    static Optional<HourlyPrice> price(Instance instance) {
        return number(instance, PRICE).map(HourlyPrice::new);
    }

    private static Optional<Long> number(Instance instance, String label) {
        String value = instance.getLabelsOrDefault(label, "");
        return value.matches("[0-9]{1,18}") ? Optional.of(Long.valueOf(value)) : Optional.empty();
    }
}
