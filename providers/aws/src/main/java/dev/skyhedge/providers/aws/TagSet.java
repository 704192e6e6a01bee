package dev.skyhedge.providers.aws;

import dev.skyhedge.providers.cloud.naming.CloudNames;
import dev.skyhedge.providers.cloud.naming.CloudTags;
import dev.skyhedge.spi.Accelerator;
import dev.skyhedge.spi.IdempotencyToken;
import dev.skyhedge.spi.InstanceTags;
import dev.skyhedge.spi.LaunchRequest;
import dev.skyhedge.spi.Sha256;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/// What we write on instances, volumes and spot requests: whose they are, and what EC2 would not tell us back.
final class TagSet {
    private static final String ACCELERATOR = "skyhedge-accelerator";
    private static final String PORT = "skyhedge-port";
    private static final String LAUNCH = "skyhedge-launch";
    private static final String NAME = "Name";
    private static final int FINGERPRINT_CHARACTERS = 32;

    private TagSet() {}

    /// The tags of a launch; equal requests have equal tags, in the same order.
    static List<Tag> of(LaunchRequest request) {
        SequencedMap<String, String> all = new TreeMap<>(CloudTags.write(request.tags()));
        all.put(NAME, CloudNames.machine(request.tags()));
        all.put(ACCELERATOR, request.offer().accelerator().toString());
        all.put(PORT, Integer.toString(request.workload().port()));
        all.put(LAUNCH, fingerprint(request));
        return all.entrySet().stream()
                .map(tag ->
                        Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
    }

    /// The same tags on everything that a launch makes.
    static List<TagSpecification> specifications(LaunchRequest request) {
        List<Tag> tags = of(request);
        List<ResourceType> made = switch (request.offer().market()) {
            case SPOT -> List.of(ResourceType.INSTANCE, ResourceType.VOLUME, ResourceType.SPOT_INSTANCES_REQUEST);
            case ON_DEMAND -> List.of(ResourceType.INSTANCE, ResourceType.VOLUME);
        };
        return made.stream()
                .map(resource -> TagSpecification.builder()
                        .resourceType(resource)
                        .tags(tags)
                        .build())
                .toList();
    }

    /// Tells a repeated launch from another one under the same token. Neither the price nor the values of
    /// environment variables count: a price that moved or a secret that was rotated between a crash and the
    /// repetition does not make it another launch.
    private static String fingerprint(LaunchRequest request) {
        String parts = String.join(
                "\n",
                request.offer().instanceType(),
                request.offer().accelerator().toString(),
                request.offer().location().toString(),
                request.offer().market().word(),
                request.workload().image().orElse(""),
                Integer.toString(request.workload().port()),
                String.join("\0", request.workload().command()),
                String.join("\0", request.workload().environment().keySet()));
        return Sha256.hex(parts).substring(0, FINGERPRINT_CHARACTERS);
    }

    static Map<String, String> read(List<Tag> tags) {
        return tags.stream()
                .filter(tag -> tag.key() != null && tag.value() != null)
                .collect(Collectors.toMap(Tag::key, Tag::value, (first, second) -> second, TreeMap::new));
    }

    /// Whose instance it is; empty if it is not one of ours. One whose tags somebody has damaged is still ours
    /// as long as it has a lineage: otherwise it would be paid for unseen.
    static Optional<InstanceTags> owner(Map<String, String> tags, String instanceId) {
        return CloudTags.read(tags)
                .or(() -> lineage(tags).map(lineage -> {
                    String id = instanceId.replaceAll("[^a-z0-9]", "");
                    return new InstanceTags(lineage, "unknown", instanceId, 1, new IdempotencyToken("unknown" + id));
                }));
    }

    private static Optional<String> lineage(Map<String, String> tags) {
        try {
            return Optional.ofNullable(tags.get(CloudTags.LINEAGE)).map(CloudTags::decode);
        } catch (IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }

    static Optional<Accelerator> accelerator(Map<String, String> tags) {
        try {
            return Optional.ofNullable(tags.get(ACCELERATOR)).map(Accelerator::parse);
        } catch (IllegalArgumentException damaged) {
            return Optional.empty();
        }
    }

    /// The port of its workload; 0 if it is not known.
    static int port(Map<String, String> tags) {
        @Nullable String port = tags.get(PORT);
        return port != null && port.matches("[1-9][0-9]{0,4}") ? Integer.parseInt(port) : 0;
    }

    /// Whether the instance was made by this very request, as far as its tags tell.
    static boolean madeBy(LaunchRequest request, Map<String, String> tags) {
        String written = tags.get(LAUNCH);
        return written == null || written.equals(fingerprint(request));
    }
}
