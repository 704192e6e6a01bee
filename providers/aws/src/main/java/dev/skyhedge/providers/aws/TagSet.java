package dev.skyhedge.providers.aws;

import dev.skyhedge.spi.Accelerator;
import dev.skyhedge.spi.IdempotencyToken;
import dev.skyhedge.spi.InstanceTags;
import dev.skyhedge.spi.LaunchRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
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
    static final String LINEAGE = "skyhedge-lineage";
    static final String TOKEN = "skyhedge-token";

    private static final String SERVICE = "skyhedge-service";
    private static final String REPLICA = "skyhedge-replica";
    private static final String GENERATION = "skyhedge-generation";
    private static final String ACCELERATOR = "skyhedge-accelerator";
    private static final String PORT = "skyhedge-port";
    private static final String LAUNCH = "skyhedge-launch";
    private static final String NAME = "Name";
    private static final int FINGERPRINT_CHARACTERS = 32;

    private TagSet() {}

    /// The same tags on everything that a launch makes; equal requests have equal tags, in the same order.
    static List<TagSpecification> of(LaunchRequest request) {
        InstanceTags tags = request.tags();
        SequencedMap<String, String> all = new TreeMap<>();
        all.put(NAME, tags.service() + "/" + tags.replica());
        all.put(LINEAGE, tags.lineage());
        all.put(SERVICE, tags.service());
        all.put(REPLICA, tags.replica());
        all.put(GENERATION, Integer.toString(tags.generation()));
        all.put(TOKEN, tags.token().value());
        all.put(ACCELERATOR, request.offer().accelerator().toString());
        all.put(PORT, Integer.toString(request.workload().port()));
        all.put(LAUNCH, fingerprint(request));
        List<Tag> written = all.entrySet().stream()
                .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
        List<ResourceType> resources =
                switch (request.offer().market()) {
                    case SPOT -> List.of(ResourceType.INSTANCE, ResourceType.VOLUME, ResourceType.SPOT_INSTANCES_REQUEST);
                    case ON_DEMAND -> List.of(ResourceType.INSTANCE, ResourceType.VOLUME);
                };
        return resources.stream()
                .map(resource -> TagSpecification.builder()
                        .resourceType(resource)
                        .tags(written)
                        .build())
                .toList();
    }

    /// Tells a repeated launch from another one under the same token. Neither the price nor the values of environment
    /// variables count: a price that moved or a secret that was rotated between a crash and the repetition does not
    /// make it another launch.
    static String fingerprint(LaunchRequest request) {
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
        return HexFormat.of()
                .formatHex(sha256().digest(parts.getBytes(StandardCharsets.UTF_8)))
                .substring(0, FINGERPRINT_CHARACTERS);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    static Map<String, String> read(List<Tag> tags) {
        return tags.stream()
                .filter(tag -> tag.key() != null && tag.value() != null)
                .collect(Collectors.toMap(Tag::key, Tag::value, (first, second) -> second, TreeMap::new));
    }

    /// Whose instance it is; empty if it is not one of ours. One whose tags somebody has damaged is still ours as long
    /// as it has a lineage: it would be paid for unseen otherwise.
    static Optional<InstanceTags> owner(Map<String, String> tags, String instanceId) {
        String lineage = tags.getOrDefault(LINEAGE, "");
        if (lineage.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new InstanceTags(
                lineage,
                orElse(tags.get(SERVICE), "unknown"),
                orElse(tags.get(REPLICA), instanceId),
                Math.max(1, number(tags.get(GENERATION), 1)),
                token(tags.get(TOKEN), instanceId)));
    }

    private static IdempotencyToken token(@Nullable String value, String instanceId) {
        try {
            return new IdempotencyToken(orElse(value, ""));
        } catch (IllegalArgumentException damaged) {
            return new IdempotencyToken("unknown" + instanceId.replaceAll("[^a-z0-9]", ""));
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
        return number(tags.get(PORT), 0);
    }

    /// Whether the instance was made by this very request, as far as its tags tell.
    static boolean madeBy(LaunchRequest request, Map<String, String> tags) {
        String written = tags.get(LAUNCH);
        return written == null || written.equals(fingerprint(request));
    }

    private static String orElse(@Nullable String value, String otherwise) {
        return value == null || value.isEmpty() ? otherwise : value;
    }

    private static int number(@Nullable String value, int otherwise) {
        try {
            return value == null ? otherwise : Integer.parseInt(value);
        } catch (NumberFormatException damaged) {
            return otherwise;
        }
    }
}
