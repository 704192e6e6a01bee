package dev.skyhedge.providers.aws;

import dev.skyhedge.providers.cloud.naming.CloudTags;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Outcome;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.Tag;

/// Finds instances by what we wrote on them. Only filters by tag are used, which every implementation of the
/// API has, and what comes back is checked once more: an implementation that ignores a filter would hand us
/// strangers.
final class Fleet {
    private static final int PAGE = 1000;

    private final Ec2Calls calls;

    Fleet(Ec2Calls calls) {
        this.calls = calls;
    }

    /// All instances of a lineage in a region, live or ended; of every lineage if the text is empty.
    Outcome<List<Instance>> ofLineage(String region, String lineage) {
        return find(region, ofLineage(lineage))
                .map(all -> all.stream()
                        .filter(instance -> lineage.isEmpty()
                                ? has(instance, CloudTags.LINEAGE)
                                : has(instance, CloudTags.LINEAGE, CloudTags.encode(lineage)))
                        .toList());
    }

    /// All instances that are there or about to be, whoever rented them.
    Outcome<List<Instance>> running(String region) {
        return find(
                region,
                Filter.builder()
                        .name("instance-state-name")
                        .values("pending", "running")
                        .build());
    }

    /// Filters what carries this lineage; all that carries any if the text is empty.
    static Filter ofLineage(String lineage) {
        return lineage.isEmpty()
                ? Filter.builder().name("tag-key").values(CloudTags.LINEAGE).build()
                : tagged(CloudTags.LINEAGE, CloudTags.encode(lineage));
    }

    /// The instances that a launch with this token has made in a region: one, if all is well. Asked once,
    /// because who asks repeats this together with the launch.
    Outcome<List<Instance>> ofToken(String region, String token) {
        return calls.once(region, Ec2Calls.region(region), ec2 -> all(ec2, tagged(CloudTags.TOKEN, token)))
                .map(all -> all.stream()
                        .filter(instance -> has(instance, CloudTags.TOKEN, token))
                        .toList());
    }

    /// An instance by its id; empty if it does not exist.
    Outcome<Optional<Instance>> byId(String region, String id) {
        Outcome<List<Instance>> answer = calls.read(
                region,
                ec2 -> instances(ec2.describeInstances(one -> one.instanceIds(id)))
                        .filter(instance -> id.equals(instance.instanceId()))
                        .toList());
        return switch (answer) {
            case Outcome.Done<List<Instance>>(List<Instance> found) ->
                Outcome.done(found.stream().findFirst());
            case Outcome.Failed<List<Instance>>(Failure.NotFound missing) -> Outcome.done(Optional.empty());
            case Outcome.Failed<List<Instance>>(var failure) -> Outcome.failed(failure);
        };
    }

    private Outcome<List<Instance>> find(String region, Filter filter) {
        return calls.read(region, ec2 -> all(ec2, filter));
    }

    private static List<Instance> all(Ec2Client ec2, Filter filter) {
        return Pages.all(token -> page(ec2, filter, token));
    }

    private static Pages.Page<Instance> page(Ec2Client ec2, Filter filter, Optional<String> token) {
        DescribeInstancesRequest.Builder request =
                DescribeInstancesRequest.builder().filters(filter).maxResults(PAGE);
        token.ifPresent(request::nextToken);
        DescribeInstancesResponse answer = ec2.describeInstances(request.build());
        return new Pages.Page<>(instances(answer).toList(), answer.nextToken());
    }

    private static Stream<Instance> instances(DescribeInstancesResponse answer) {
        return answer.reservations().stream().flatMap(reservation -> reservation.instances().stream());
    }

    private static Filter tagged(String key, String value) {
        return Filter.builder().name("tag:" + key).values(value).build();
    }

    private static boolean has(Instance instance, String key) {
        return instance.tags().stream().map(Tag::key).anyMatch(key::equals);
    }

    private static boolean has(Instance instance, String key, String value) {
        return instance.tags().stream().anyMatch(tag -> key.equals(tag.key()) && value.equals(tag.value()));
    }
}
