package dev.skyhedge.providers.aws;

import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Outcome;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.services.ec2.model.DescribeImagesRequest;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Image;

/// The machine image of each region: the one that the user names, or the newest of Amazon's own images with NVIDIA's
/// driver and a container runtime. What was found is kept, so that all machines of a run boot alike. Thread-safe.
final class Images {
    /// Only images of this owner count: anybody may publish one under any name.
    static final String OWNER = "amazon";

    static final String NAME_PATTERN = "Deep Learning Base OSS Nvidia Driver GPU AMI (Ubuntu 22.04) *";

    /// What a launch needs to know of an image.
    ///
    /// @param rootDevice name of its first disk; empty if the image was not looked at
    record Choice(String id, Optional<String> rootDevice) {}

    private final Ec2Calls calls;
    private final Map<String, String> named;
    private final boolean needsRootDevice;
    private final Map<String, Choice> found = new ConcurrentHashMap<>();

    /// Chooses images.
    ///
    /// @param named image of each region; that of the region `*` is for all others
    /// @param needsRootDevice whether the choice must tell the name of the first disk
    Images(Ec2Calls calls, Map<String, String> named, boolean needsRootDevice) {
        this.calls = calls;
        this.named = named;
        this.needsRootDevice = needsRootDevice;
    }

    Outcome<Choice> in(String region) {
        Choice known = found.get(region);
        if (known != null) {
            return Outcome.done(known);
        }
        Outcome<Choice> answer = look(region);
        if (answer instanceof Outcome.Done<Choice>(Choice choice)) {
            found.put(region, choice);
        }
        return answer;
    }

    private Outcome<Choice> look(String region) {
        Optional<String> id = Optional.ofNullable(named.getOrDefault(region, named.get("*")));
        if (id.isPresent() && !needsRootDevice) {
            return Outcome.done(new Choice(id.get(), Optional.empty()));
        }
        DescribeImagesRequest question = id.map(
                        one -> DescribeImagesRequest.builder().imageIds(one).build())
                .orElseGet(Images::newestOfAmazon);
        Outcome<List<Image>> answer = calls.read(
                region, ec2 -> ec2.describeImages(question).images());
        return switch (answer) {
            case Outcome.Failed<List<Image>>(Failure failure) -> Outcome.failed(failure);
            case Outcome.Done<List<Image>>(List<Image> images) ->
                images.stream()
                        .filter(image -> image.imageId() != null)
                        .max(Comparator.comparing((Image image) -> String.valueOf(image.creationDate()))
                                .thenComparing(Image::imageId))
                        .map(image -> Outcome.done(
                                new Choice(image.imageId(), Optional.ofNullable(image.rootDeviceName()))))
                        .orElseGet(() -> Outcome.failed(new Failure.InvalidRequest(
                                "No machine image in " + region + " is called \"" + NAME_PATTERN
                                        + "\": name one with image = \"ami-…\" in provider \"aws\"")));
        };
    }

    private static DescribeImagesRequest newestOfAmazon() {
        return DescribeImagesRequest.builder()
                .owners(OWNER)
                .filters(
                        Filter.builder().name("name").values(NAME_PATTERN).build(),
                        Filter.builder().name("state").values("available").build(),
                        Filter.builder().name("architecture").values("x86_64").build())
                .build();
    }
}
