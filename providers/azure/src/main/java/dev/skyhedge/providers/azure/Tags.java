package dev.skyhedge.providers.azure;

import com.azure.resourcemanager.compute.fluent.models.VirtualMachineInner;
import dev.skyhedge.providers.cloud.naming.CloudTags;
import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.spi.InstanceTags;
import dev.skyhedge.spi.LaunchRequest;
import dev.skyhedge.spi.Sha256;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;

/// What is written on a machine: the tags, and what the cloud would not tell otherwise, namely the port of
/// the workload, the price at which it was rented, and a fingerprint of the boot script, which Azure never
/// gives back.
final class Tags {
    static final String PORT = "skyhedge-port";
    static final String PRICE = "skyhedge-price";
    static final String SCRIPT = "skyhedge-script";

    private static final int FINGERPRINT_CHARACTERS = 32;

    private Tags() {}

    /// The tags of a launch; the price is in micro-dollars an hour.
    static SequencedMap<String, String> of(LaunchRequest request, String bootScript) {
        SequencedMap<String, String> tags = new LinkedHashMap<>(CloudTags.write(request.tags()));
        tags.put(PORT, String.valueOf(request.workload().port()));
        tags.put(PRICE, String.valueOf(request.offer().price().microDollars()));
        tags.put(SCRIPT, fingerprint(bootScript));
        return tags;
    }

    /// Whether the machine is of this lineage; of any of ours if the text is empty.
    static boolean isOf(VirtualMachineInner machine, String lineage) {
        return tags(machine)
                .filter(tags -> lineage.isEmpty() || tags.lineage().equals(lineage))
                .isPresent();
    }

    /// The tags on a machine; empty if it is not ours.
    static Optional<InstanceTags> tags(VirtualMachineInner machine) {
        return CloudTags.read(all(machine));
    }

    static String value(VirtualMachineInner machine, String tag) {
        return all(machine).getOrDefault(tag, "");
    }

    static Optional<Integer> port(VirtualMachineInner machine) {
        return number(machine, PORT).filter(port -> port >= 1 && port <= 65_535).map(Long::intValue);
    }

    static Optional<HourlyPrice> price(VirtualMachineInner machine) {
        return number(machine, PRICE).map(HourlyPrice::new);
    }

    private static Map<String, String> all(VirtualMachineInner machine) {
        if (machine.tags() == null) {
            return Map.of();
        }
        Map<String, String> written = new TreeMap<>(machine.tags());
        written.values().removeIf(Objects::isNull);
        return written;
    }

    private static Optional<Long> number(VirtualMachineInner machine, String tag) {
        String value = value(machine, tag);
        return value.matches("[0-9]{1,18}") ? Optional.of(Long.valueOf(value)) : Optional.empty();
    }

    private static String fingerprint(String text) {
        return Sha256.hex(text).substring(0, FINGERPRINT_CHARACTERS);
    }
}
