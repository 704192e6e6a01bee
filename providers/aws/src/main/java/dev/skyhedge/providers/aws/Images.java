package dev.skyhedge.providers.aws;

import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Outcome;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import software.amazon.awssdk.services.ec2.model.DescribeImagesRequest;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Image;

/// The machine image of each region: the one that the user names, or the newest of Amazon's own images with
/// NVIDIA's driver and a container runtime. What was found is kept, so that all machines of a run boot alike.
/// Thread-safe.
final class Images {
    /// Only images of this owner count: anybody may publish one under any name.
    private static final String OWNER = "amazon";

    private static final String NAME_PATTERN = "Deep Learning Base OSS Nvidia Driver GPU AMI (Ubuntu 22.04) *";

    /// What a launch needs to know of an image.
    ///
    /// @param disk its first disk; empty if EC2 does not tell
    record Choice(String id, Optional<Disk> disk) {}

    /// The first disk of an image.
    ///
    /// @param device its name
    /// @param leastGib the size of what is on it; 0 if that is not known
    record Disk(String device, int leastGib) {}

    private final Ec2Calls calls;
    private final AwsSettings settings;
    private final Map<String, Choice> found = new ConcurrentHashMap<>();
    private final Map<String, ReentrantLock> asking = new ConcurrentHashMap<>();

    Images(Ec2Calls calls, AwsSettings settings) {
        this.calls = calls;
        this.settings = settings;
    }

    /// The choice for a region. Launches that come together wait for one question.
    Outcome<Choice> in(String region) {
        ReentrantLock one = asking.computeIfAbsent(region, where -> new ReentrantLock());
        one.lock();
        try {
            Choice known = found.get(region);
            if (known != null) {
                return Outcome.done(known);
            }
            Outcome<Choice> answer =
                    settings.image(region).map(id -> named(region, id)).orElseGet(() -> newest(region));
            if (answer instanceof Outcome.Done<Choice>(Choice choice)) {
                found.put(region, choice);
            }
            return answer;
        } finally {
            one.unlock();
        }
    }

    /// A named image is looked at for its disk only. If EC2 will not show it, its disk stays as it is: whether
    /// the image can be used is for the launch to find out.
    private Outcome<Choice> named(String region, String id) {
        return switch (look(region, DescribeImagesRequest.builder().imageIds(id).build())) {
            case Outcome.Done<List<Image>>(List<Image> images) ->
                Outcome.done(new Choice(id, images.stream().findFirst().flatMap(Images::disk)));
            case Outcome.Failed<List<Image>>(Failure.Throttled busy) -> Outcome.failed(busy);
            case Outcome.Failed<List<Image>>(Failure.OutcomeUnknown silent) -> Outcome.failed(silent);
            case Outcome.Failed<List<Image>> hidden -> Outcome.done(new Choice(id, Optional.empty()));
        };
    }

    private Outcome<Choice> newest(String region) {
        DescribeImagesRequest question = DescribeImagesRequest.builder()
                .owners(OWNER)
                .filters(filter("name", NAME_PATTERN), filter("state", "available"), filter("architecture", "x86_64"))
                .build();
        return switch (look(region, question)) {
            case Outcome.Failed<List<Image>>(Failure failure) -> Outcome.failed(failure);
            case Outcome.Done<List<Image>>(List<Image> images) ->
                images.stream()
                        .filter(image -> image.imageId() != null)
                        .max(Comparator.comparing((Image image) -> Objects.toString(image.creationDate(), ""))
                                .thenComparing(Image::imageId))
                        .map(image -> Outcome.done(new Choice(image.imageId(), disk(image))))
                        .orElseGet(() -> Outcome.failed(new Failure.InvalidRequest("No image of Amazon's in " + region
                                + " is called \"" + NAME_PATTERN
                                + "\": name one with images = { " + region + " = \"ami-…\" } in provider \"aws\"")));
        };
    }

    private Outcome<List<Image>> look(String region, DescribeImagesRequest question) {
        return calls.read(region, ec2 -> ec2.describeImages(question).images());
    }

    private static Optional<Disk> disk(Image image) {
        return Optional.ofNullable(image.rootDeviceName())
                .filter(device -> !device.isEmpty())
                .map(device -> new Disk(
                        device,
                        image.blockDeviceMappings().stream()
                                .filter(mapping -> device.equals(mapping.deviceName()))
                                .filter(mapping ->
                                        mapping.ebs() != null && mapping.ebs().volumeSize() != null)
                                .mapToInt(mapping -> mapping.ebs().volumeSize())
                                .findFirst()
                                .orElse(0)));
    }

    private static Filter filter(String name, String value) {
        return Filter.builder().name(name).values(value).build();
    }
}
