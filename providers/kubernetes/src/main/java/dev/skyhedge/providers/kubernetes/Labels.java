package dev.skyhedge.providers.kubernetes;

import dev.skyhedge.providers.cloud.naming.CloudTags;
import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.spi.InstanceTags;
import dev.skyhedge.spi.LaunchRequest;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.spi.Sha256;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.regex.Pattern;

/// What is written on a pod: the tags, and what it was rented as. Tags are labels, so that they can be
/// searched for. A tag that Kubernetes does not take as a label stands in an annotation, and a hash of it
/// in the label.
final class Labels {
    static final String MANAGED_BY = "app.kubernetes.io/managed-by";
    static final String SKYHEDGE = "skyhedge";

    private static final String OFFER_TYPE = "skyhedge-instance-type";
    private static final String ACCELERATOR = "skyhedge-accelerator";
    private static final String LOCATION = "skyhedge-location";
    private static final String MARKET = "skyhedge-market";
    private static final String PRICE = "skyhedge-price";
    private static final String PORT = "skyhedge-port";
    private static final String REQUEST = "skyhedge-request";

    private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?");
    private static final int HASH_CHARACTERS = 40;

    private Labels() {}

    /// The labels of a launch.
    static SequencedMap<String, String> labels(InstanceTags tags) {
        SequencedMap<String, String> labels = new LinkedHashMap<>();
        labels.put(MANAGED_BY, SKYHEDGE);
        CloudTags.write(tags).forEach((key, value) -> labels.put(key, label(value)));
        return labels;
    }

    /// The annotations of a launch; the price is in micro-dollars an hour.
    static SequencedMap<String, String> annotations(LaunchRequest request) {
        SequencedMap<String, String> annotations = new LinkedHashMap<>();
        CloudTags.write(request.tags()).forEach((key, value) -> {
            if (!value.equals(label(value))) {
                annotations.put(key, value);
            }
        });
        Offer offer = request.offer();
        annotations.put(OFFER_TYPE, offer.instanceType());
        annotations.put(ACCELERATOR, offer.accelerator().toString());
        annotations.put(LOCATION, offer.location().toString());
        annotations.put(MARKET, offer.market().word());
        annotations.put(PRICE, String.valueOf(offer.price().microDollars()));
        annotations.put(PORT, String.valueOf(request.workload().port()));
        annotations.put(REQUEST, fingerprint(request));
        return annotations;
    }

    /// Selects pods of this lineage; of any of ours if the text is empty.
    static String selector(String lineage) {
        return lineage.isEmpty() ? CloudTags.LINEAGE : CloudTags.LINEAGE + "=" + label(CloudTags.encode(lineage));
    }

    /// The tags on an object; empty if it is not ours.
    static Optional<InstanceTags> tags(ObjectMeta metadata) {
        Map<String, String> written = new LinkedHashMap<>(Absent.map(metadata.getLabels()));
        written.putAll(Absent.map(metadata.getAnnotations()));
        return CloudTags.read(written);
    }

    /// What a pod was rented as; empty if it does not say.
    static Optional<Offer> offer(ObjectMeta metadata) {
        Map<String, String> written = Absent.map(metadata.getAnnotations());
        try {
            return Optional.of(new Offer(
                    written.getOrDefault(OFFER_TYPE, ""),
                    dev.skyhedge.spi.Accelerator.parse(written.getOrDefault(ACCELERATOR, "")),
                    dev.skyhedge.spi.Location.parse(written.getOrDefault(LOCATION, "")),
                    Market.parse(written.getOrDefault(MARKET, "")),
                    new HourlyPrice(Long.parseLong(written.getOrDefault(PRICE, "0")))));
        } catch (IllegalArgumentException incomplete) {
            return Optional.empty();
        }
    }

    static Optional<Integer> port(ObjectMeta metadata) {
        String port = Absent.map(metadata.getAnnotations()).getOrDefault(PORT, "");
        return port.matches("[1-9][0-9]{0,4}")
                ? Optional.of(Integer.valueOf(port)).filter(number -> number <= 65_535)
                : Optional.empty();
    }

    /// The fingerprint of the request that made the object.
    static String fingerprint(ObjectMeta metadata) {
        return Absent.map(metadata.getAnnotations()).getOrDefault(REQUEST, "");
    }

    /// A hash of all that a launch with the same token must repeat. Values of variables are left out: they may be
    /// secrets, and everybody who may list pods could try guesses at them.
    static String fingerprint(LaunchRequest request) {
        Offer offer = request.offer();
        var text = new StringBuilder("skyhedge/1");
        for (Object part : new Object[] {
            offer.instanceType(),
            offer.accelerator(),
            offer.location(),
            offer.market().word(),
            request.tags()
        }) {
            text.append('\n').append(part);
        }
        text.append('\n')
                .append(request.workload().image())
                .append('\n')
                .append(request.workload().port());
        request.workload()
                .command()
                .forEach(word -> text.append("\nword ").append(word.length()).append(word));
        request.workload()
                .environment()
                .keySet()
                .forEach(name -> text.append("\nvariable ").append(name));
        return hash(text.toString());
    }

    private static String label(String value) {
        return LABEL.matcher(value).matches() ? value : "x" + hash(value);
    }

    private static String hash(String text) {
        return Sha256.hex(text).substring(0, HASH_CHARACTERS);
    }
}
