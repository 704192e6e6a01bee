package dev.skyhedge.providers.aws;

import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.LaunchRequest;
import dev.skyhedge.spi.Outcome;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.RunInstancesResponse;

/// Rents instances, one for each token.
///
/// EC2 remembers a client token and gives back what it made for it. That is the first line. The second is a search for
/// the token among our tags before every launch: it also finds an instance whose boot script has changed since, which
/// EC2 calls a mismatch, and it holds where an implementation of the API does not remember tokens. Within this process
/// launches with one token wait for each other.
final class Launches {
    /// Tokens that may wait for each other by chance: enough that they seldom do.
    private static final int LOCKS = 256;

    private final Ec2Calls calls;
    private final Fleet fleet;
    private final Images images;
    private final AwsSettings settings;
    private final BootScripts boot;
    private final BiFunction<String, software.amazon.awssdk.services.ec2.model.Instance, Optional<Instance>> read;
    private final List<ReentrantLock> locks =
            IntStream.range(0, LOCKS).mapToObj(i -> new ReentrantLock()).toList();

    /// Writes the boot script of a launch.
    @FunctionalInterface
    interface BootScripts {
        String of(LaunchRequest request);
    }

    Launches(
            Ec2Calls calls,
            Fleet fleet,
            Images images,
            AwsSettings settings,
            BootScripts boot,
            BiFunction<String, software.amazon.awssdk.services.ec2.model.Instance, Optional<Instance>> read) {
        this.calls = calls;
        this.fleet = fleet;
        this.images = images;
        this.settings = settings;
        this.boot = boot;
        this.read = read;
    }

    Outcome<Instance> launch(LaunchRequest request) {
        ReentrantLock lock = locks.get(Math.floorMod(request.token().hashCode(), LOCKS));
        lock.lock();
        try {
            return found(request).orElseGet(() -> order(request));
        } finally {
            lock.unlock();
        }
    }

    /// What an earlier launch with this token made; empty if nothing is known of one.
    private Optional<Outcome<Instance>> found(LaunchRequest request) {
        String region = request.offer().location().region();
        return switch (fleet.ofToken(region, request.token().value())) {
            case Outcome.Failed<List<software.amazon.awssdk.services.ec2.model.Instance>>(Failure failure) ->
                Optional.of(Outcome.failed(failure));
            case Outcome.Done<List<software.amazon.awssdk.services.ec2.model.Instance>>(var instances) ->
                instances.stream().findFirst().map(first -> adopt(request, first));
        };
    }

    private Outcome<Instance> adopt(
            LaunchRequest request, software.amazon.awssdk.services.ec2.model.Instance earlier) {
        Map<String, String> tags = TagSet.read(earlier.tags());
        if (!TagSet.madeBy(request, tags)) {
            return Outcome.failed(new Failure.Conflict(
                    "Token " + request.token() + " was used for another launch, " + earlier.instanceId()));
        }
        return answer(request, earlier);
    }

    private Outcome<Instance> order(LaunchRequest request) {
        return switch (images.in(request.offer().location().region())) {
            case Outcome.Failed<Images.Choice>(Failure failure) -> Outcome.failed(failure);
            case Outcome.Done<Images.Choice>(Images.Choice image) -> order(request, image);
        };
    }

    private Outcome<Instance> order(LaunchRequest request, Images.Choice image) {
        String script = boot.of(request);
        if (script.length() > LaunchOrder.MAX_USER_DATA) {
            return Outcome.failed(new Failure.InvalidRequest("The boot script of " + request.tags().replica() + " has "
                    + script.length() + " bytes; EC2 takes " + LaunchOrder.MAX_USER_DATA
                    + ": shorten the replica's command and environment"));
        }
        RunInstancesRequest order = LaunchOrder.of(request, image, settings, script);
        Outcome<RunInstancesResponse> outcome =
                calls.act(Ec2Failures.Subject.of(request.offer()), ec2 -> ec2.runInstances(order));
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
                .map(made -> diedAtBirth(request, made).<Outcome<Instance>>map(Outcome::failed)
                        .orElseGet(() -> answer(request, made)))
                .orElseGet(() -> Outcome.failed(
                        new Failure.OutcomeUnknown("EC2 accepted the launch but named no instance")));
    }

    /// A launch whose instance never came to run, as EC2 tells when it is asked again under the same token.
    private static Optional<Failure> diedAtBirth(
            LaunchRequest request, software.amazon.awssdk.services.ec2.model.Instance made) {
        String code = made.stateReason() == null ? "" : String.valueOf(made.stateReason().code());
        String message = made.instanceId() + " ended before it ran: " + code;
        Scope scope = Scope.of(request.offer());
        return switch (InstanceReader.state(made)) {
            case PENDING, RUNNING -> Optional.empty();
            case STOPPING, ENDED ->
                Stream.of(code)
                        .filter(c -> InstanceReader.isPreemption(c) || c.equals(InstanceReader.NO_ROOM))
                        .map(c -> InstanceReader.isPreemption(c)
                                ? new Failure.PreemptedDuringLaunch(scope, message)
                                : new Failure.NoCapacity(scope, message))
                        .findFirst();
        };
    }

    /// The answer of `RunInstances` may leave out tags; what we ordered stands for what it does not say.
    private Outcome<Instance> answer(
            LaunchRequest request, software.amazon.awssdk.services.ec2.model.Instance made) {
        String region = request.offer().location().region();
        Optional<Instance> instance = read.apply(region, made)
                .or(() -> read.apply(
                        region,
                        made.toBuilder()
                                .tags(TagSet.of(request).getFirst().tags())
                                .build()));
        return instance.map(one -> Outcome.done(new Instance(
                        one.id(),
                        request.offer(),
                        request.tags(),
                        one.state(),
                        one.endpoint(),
                        one.launchedAt(),
                        one.end())))
                .orElseGet(() -> Outcome.failed(
                        new Failure.OutcomeUnknown("EC2 accepted the launch but did not name its instance")));
    }
}
