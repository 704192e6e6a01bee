package dev.skyhedge.providers.aws;

import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.LaunchRequest;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.Scope;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.RunInstancesResponse;

/// Rents instances, one for each token.
///
/// EC2 remembers a client token and gives back what it made for it. That is the first line. The second is a
/// search for the token among our tags before every launch: it also finds an instance whose boot script has
/// changed since, which EC2 calls a mismatch, and it holds where an implementation of the API does not remember
/// tokens. Within this process launches with one token wait for each other.
final class Launches {
    /// Tokens that may wait for each other by chance: enough that they seldom do.
    private static final int LOCKS = 256;

    /// Writes the boot script of a launch; the same for the same request.
    @FunctionalInterface
    interface BootScripts {
        Outcome<String> of(LaunchRequest request);
    }

    private record Place(Images.Choice image, Optional<String> subnet) {}

    private final Ec2Calls calls;
    private final Fleet fleet;
    private final Images images;
    private final Networks networks;
    private final AwsSettings settings;
    private final BootScripts boot;
    private final Sightings sightings;
    private final List<ReentrantLock> locks =
            IntStream.range(0, LOCKS).mapToObj(i -> new ReentrantLock()).toList();

    Launches(Ec2Calls calls, AwsSettings settings, BootScripts boot, Sightings sightings) {
        this.calls = calls;
        this.fleet = new Fleet(calls);
        this.images = new Images(calls, settings);
        this.networks = new Networks(calls, settings);
        this.settings = settings;
        this.boot = boot;
        this.sightings = sightings;
    }

    Outcome<Instance> launch(LaunchRequest request) {
        ReentrantLock lock = locks.get(Math.floorMod(request.token().hashCode(), LOCKS));
        lock.lock();
        try {
            return boot.of(request)
                    .then(script -> place(request).then(place -> {
                        RunInstancesRequest order =
                                LaunchOrder.of(request, place.image, place.subnet, settings, script);
                        return calls.repeated(
                                region(request),
                                Ec2Calls.Group.RUN,
                                () -> found(request).orElseGet(() -> order(request, order)));
                    }));
        } finally {
            lock.unlock();
        }
    }

    private Outcome<Place> place(LaunchRequest request) {
        return images.in(region(request))
                .then(image -> fit(image, request))
                .then(image -> networks.subnet(request.offer().location()).map(subnet -> new Place(image, subnet)));
    }

    /// Without the name of its first disk nothing can be said about that disk's size.
    private static Outcome<Images.Choice> fit(Images.Choice image, LaunchRequest request) {
        return image.disk().isPresent() || request.diskGb().isEmpty()
                ? Outcome.done(image)
                : Outcome.failed(new Failure.InvalidRequest("EC2 does not tell the disk of image " + image.id()
                        + ", so disk_gb cannot be given: name an image that this account may describe"));
    }

    /// What an earlier launch with this token made; empty if nothing is known of one.
    private Optional<Outcome<Instance>> found(LaunchRequest request) {
        return switch (fleet.ofToken(region(request), request.token().value())) {
            case Outcome.Failed<List<software.amazon.awssdk.services.ec2.model.Instance>>(Failure failure) ->
                Optional.of(Outcome.failed(failure));
            case Outcome.Done<List<software.amazon.awssdk.services.ec2.model.Instance>>(var instances) ->
                instances.stream().findFirst().map(first -> adopt(request, first));
        };
    }

    private Outcome<Instance> adopt(LaunchRequest request, software.amazon.awssdk.services.ec2.model.Instance earlier) {
        return TagSet.madeBy(request, TagSet.read(earlier.tags()))
                ? answer(request, earlier)
                : Outcome.failed(new Failure.Conflict(
                        "Token " + request.token() + " was used for another launch, " + earlier.instanceId()));
    }

    private Outcome<Instance> order(LaunchRequest request, RunInstancesRequest order) {
        Outcome<RunInstancesResponse> outcome =
                calls.once(region(request), Scope.of(request.offer()), ec2 -> ec2.runInstances(order));
        return switch (outcome) {
            case Outcome.Done<RunInstancesResponse>(RunInstancesResponse response) -> rented(request, response);
            case Outcome.Failed<RunInstancesResponse>(Failure.Conflict conflict) ->
                found(request).orElseGet(() -> Outcome.failed(conflict));
            case Outcome.Failed<RunInstancesResponse>(Failure failure) -> Outcome.failed(failure);
        };
    }

    private Outcome<Instance> rented(LaunchRequest request, RunInstancesResponse response) {
        return response.instances().stream()
                .findFirst()
                .map(made -> diedAtBirth(request, made)
                        .map(Outcome::<Instance>failed)
                        .orElseGet(() -> answer(request, made)))
                .orElseGet(
                        () -> Outcome.failed(new Failure.OutcomeUnknown("EC2 took the launch but named no instance")));
    }

    /// A launch whose instance never came to run, as EC2 tells when it is asked again under the same token.
    private static Optional<Failure> diedAtBirth(
            LaunchRequest request, software.amazon.awssdk.services.ec2.model.Instance made) {
        String code = made.stateReason() == null
                ? ""
                : String.valueOf(made.stateReason().code());
        String message = made.instanceId() + " ended before it ran: " + code;
        if (InstanceReader.isPreemption(code)) {
            return Optional.of(new Failure.PreemptedDuringLaunch(Scope.of(request.offer()), message));
        }
        return code.equals(InstanceReader.NO_ROOM)
                ? Optional.of(new Failure.NoCapacity(Scope.of(request.offer()), message))
                : Optional.empty();
    }

    /// The answer to a launch may leave out tags; what we ordered stands for what it does not say.
    private Outcome<Instance> answer(LaunchRequest request, software.amazon.awssdk.services.ec2.model.Instance made) {
        var complete = made.tags().isEmpty()
                ? made.toBuilder().tags(TagSet.of(request)).build()
                : made;
        return sightings
                .see(region(request), complete)
                .map(one -> Outcome.done(new Instance(
                        one.id(),
                        request.offer(),
                        request.tags(),
                        one.state(),
                        one.endpoint(),
                        one.launchedAt(),
                        one.end())))
                .orElseGet(() -> Outcome.failed(
                        new Failure.OutcomeUnknown("EC2 took the launch but did not name its instance")));
    }

    private static String region(LaunchRequest request) {
        return request.offer().location().region();
    }
}
