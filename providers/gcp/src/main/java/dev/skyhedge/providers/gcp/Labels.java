package dev.skyhedge.providers.gcp;

import com.google.cloud.compute.v1.Instance;
import dev.skyhedge.providers.cloud.naming.CloudTags;
import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.spi.InstanceTags;
import dev.skyhedge.spi.LaunchRequest;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/// What is written on an instance: the tags, and what the cloud would not remember otherwise, namely the port
/// of the workload and the price at which it was rented.
final class Labels {
    static final String PORT = "skyhedge-port";
    static final String PRICE = "skyhedge-price";

    private static final String FILTER = "labels.";

    private Labels() {}

    /// The labels of a launch; the price is in micro-dollars an hour.
    static SequencedMap<String, String> of(LaunchRequest request) {
        SequencedMap<String, String> labels = new LinkedHashMap<>(CloudTags.write(request.tags()));
        labels.put(PORT, String.valueOf(request.workload().port()));
        labels.put(PRICE, String.valueOf(request.offer().price().microDollars()));
        return labels;
    }

    /// A filter for instances of this lineage; of any of ours if the text is empty.
    static String filter(String lineage) {
        return FILTER + CloudTags.LINEAGE + (lineage.isEmpty() ? ":*" : "=" + CloudTags.encode(lineage));
    }

    /// Whether the instance is of this lineage; of any of ours if the text is empty.
    static boolean isOf(Instance instance, String lineage) {
        return tags(instance)
                .filter(tags -> lineage.isEmpty() || tags.lineage().equals(lineage))
                .isPresent();
    }

    /// The tags on an instance; empty if it is not ours.
    static Optional<InstanceTags> tags(Instance instance) {
        return CloudTags.read(instance.getLabelsMap());
    }

    static Optional<Integer> port(Instance instance) {
        return number(instance, PORT)
                .filter(port -> port >= 1 && port <= 65_535)
                .map(Long::intValue);
    }

    static Optional<HourlyPrice> price(Instance instance) {
        return number(instance, PRICE).map(HourlyPrice::new);
    }

    private static Optional<Long> number(Instance instance, String label) {
        String value = instance.getLabelsOrDefault(label, "");
        return value.matches("[0-9]{1,18}") ? Optional.of(Long.valueOf(value)) : Optional.empty();
    }
}
