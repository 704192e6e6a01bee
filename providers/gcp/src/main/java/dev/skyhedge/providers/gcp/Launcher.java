package dev.skyhedge.providers.gcp;

import com.google.cloud.compute.v1.Instance;
import com.google.cloud.compute.v1.Items;
import com.google.cloud.compute.v1.Operation;
import dev.skyhedge.providers.cloud.failures.CloudError;
import dev.skyhedge.providers.cloud.lifecycle.KnownInstances;
import dev.skyhedge.providers.cloud.naming.CloudTags;
import dev.skyhedge.spi.BackOff;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.LaunchRequest;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.Scope;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;

/// Launches: insert under a request id that the token gives, follow the operation to its end, and look at what is
/// there. Two things keep a repeated launch from a second instance: Google's memory of the request id, about an
/// hour long, and the name, which is unique in its zone for as long as the instance lives.
final class Launcher {
    /// An operation that is not done after this time has an unknown outcome.
    static final Duration OPERATION_TIME = Duration.ofMinutes(5);

    private static final BackOff POLLS = new BackOff(Duration.ofMillis(500), Duration.ofSeconds(4));
    private static final Duration AFTER_INTERNAL_ERROR = Duration.ofSeconds(30);

    private final ComputeCalls calls;
    private final InstanceReader reader;
    private final KnownInstances known;
    private final Endings endings;
    private final InstantSource clock;

    Launcher(ComputeCalls calls, InstanceReader reader, KnownInstances known, Endings endings, InstantSource clock) {
        this.calls = calls;
        this.reader = reader;
        this.known = known;
        this.endings = endings;
        this.clock = clock;
    }

    /// Launches, or finds what an earlier launch with this token made.
    ///
    /// @param order the instance to ask for
    /// @param requestId derived from the token
    Outcome<dev.skyhedge.spi.Instance> launch(LaunchRequest request, Instance order, UUID requestId) {
        String zone = request.offer().location().zone();
        Optional<dev.skyhedge.spi.Instance> past =
                known.find(order.getName()).map(KnownInstances.Known::instance).filter(one -> !one.isLive());
        if (past.isPresent()) {
            return Outcome.done(past.get());
        }
        return switch (calls.insert(zone, requestId, order, Scope.of(request.offer()))) {
            case Outcome.Failed<Operation>(Failure failure) ->
                failure instanceof Failure.Conflict ? adopt(request, order, failure) : Outcome.failed(failure);
            case Outcome.Done<Operation>(Operation accepted) -> follow(request, order, accepted);
        };
    }

    private Outcome<dev.skyhedge.spi.Instance> follow(LaunchRequest request, Instance order, Operation accepted) {
        return switch (untilDone(request.offer().location().zone(), accepted)) {
            case Outcome.Failed<Operation>(Failure failure) -> unfollowed(request, order, failure);
            case Outcome.Done<Operation>(Operation operation) -> {
                Optional<CloudError> error = GoogleErrors.of(operation);
                yield error.isPresent()
                        ? failed(request, order, GoogleFailures.of(error.get(), Scope.of(request.offer())))
                        : made(request, order, operation.getTargetId());
            }
        };
    }

    private Outcome<Operation> untilDone(String zone, Operation accepted) {
        Operation operation = accepted;
        Duration waited = Duration.ZERO;
        Duration wait = POLLS.first();
        while (operation.getStatus() != Operation.Status.DONE) {
            if (operation.getName().isEmpty()) {
                return Outcome.failed(new Failure.OutcomeUnknown("the operation has no name"));
            }
            if (waited.compareTo(OPERATION_TIME) >= 0 || !calls.pause().rest(wait)) {
                return Outcome.failed(new Failure.OutcomeUnknown(
                        "operation " + operation.getName() + " is not done after " + waited.toSeconds() + " s"));
            }
            waited = waited.plus(wait);
            wait = POLLS.longer(wait);
            switch (calls.operation(zone, operation.getName())) {
                case Outcome.Done<Operation>(Operation next) -> operation = next;
                case Outcome.Failed<Operation> failed -> {
                    return failed;
                }
            }
        }
        return Outcome.done(operation);
    }

    /// The operation cannot be followed, so only the instance itself can tell.
    private Outcome<dev.skyhedge.spi.Instance> unfollowed(LaunchRequest request, Instance order, Failure why) {
        return switch (get(request, order)) {
            case Outcome.Done<Instance>(Instance found) -> matched(request, order, found);
            case Outcome.Failed<Instance> absent ->
                Outcome.failed(new Failure.OutcomeUnknown("Insert was accepted, then: " + why.message()));
        };
    }

    /// The operation failed. Should it have left an instance all the same, that is either what was wanted or
    /// given back before the failure is told.
    private Outcome<dev.skyhedge.spi.Instance> failed(LaunchRequest request, Instance order, Failure failure) {
        boolean unclear = failure instanceof Failure.OutcomeUnknown || failure instanceof Failure.Conflict;
        return switch (get(request, order)) {
            case Outcome.Done<Instance>(Instance found) -> {
                if (unclear) {
                    yield matched(request, order, found);
                }
                yield isOurs(found, order) ? givenBack(request, order, failure) : Outcome.failed(failure);
            }
            case Outcome.Failed<Instance>(Failure absent) -> {
                boolean definite = absent instanceof Failure.NotFound;
                // The same request id would find the same failed operation again: waiting for it helps nobody.
                yield Outcome.failed(
                        unclear && definite
                                ? new Failure.Throttled(AFTER_INTERNAL_ERROR, failure.message() + "; nothing was made")
                                : failure);
            }
        };
    }

    private Outcome<dev.skyhedge.spi.Instance> givenBack(LaunchRequest request, Instance order, Failure failure) {
        return switch (calls.delete(request.offer().location().zone(), order.getName())) {
            case Outcome.Done<Operation> deleted -> Outcome.failed(failure);
            case Outcome.Failed<Operation>(Failure.NotFound absent) -> Outcome.failed(failure);
            case Outcome.Failed<Operation>(Failure kept) ->
                Outcome.failed(new Failure.OutcomeUnknown(
                        failure.message() + "; what it left could not be deleted: " + kept.message()));
        };
    }

    private Outcome<dev.skyhedge.spi.Instance> adopt(LaunchRequest request, Instance order, Failure exists) {
        return switch (get(request, order)) {
            case Outcome.Done<Instance>(Instance found) -> matched(request, order, found);
            case Outcome.Failed<Instance>(Failure failure) ->
                Outcome.failed(new Failure.OutcomeUnknown(
                        exists.message() + "; it could not be looked at: " + failure.message()));
        };
    }

    private Outcome<dev.skyhedge.spi.Instance> made(LaunchRequest request, Instance order, long googleId) {
        return switch (get(request, order)) {
            case Outcome.Done<Instance>(Instance found) -> matched(request, order, found);
            case Outcome.Failed<Instance>(Failure.NotFound absent) ->
                reader.read(order, request.offer().location().zone(), clock.instant())
                        .map(one -> Outcome.done(known.ended(one, endings.of(one, googleId, wasTerminated(one.id())))))
                        .orElseGet(() -> Outcome.failed(new Failure.OutcomeUnknown(absent.message())));
            case Outcome.Failed<Instance>(Failure failure) ->
                Outcome.failed(
                        new Failure.OutcomeUnknown("Launched, but could not be looked at: " + failure.message()));
        };
    }

    private boolean wasTerminated(String id) {
        return known.find(id).filter(KnownInstances.Known::terminated).isPresent();
    }

    private Outcome<dev.skyhedge.spi.Instance> matched(LaunchRequest request, Instance order, Instance found) {
        Optional<String> difference = difference(found, order);
        if (difference.isPresent()) {
            return Outcome.failed(
                    new Failure.Conflict("Instance " + order.getName() + " exists with another " + difference.get()));
        }
        return reader.read(found, request.offer().location().zone(), clock.instant())
                .map(one -> {
                    known.saw(one, found.getId());
                    return Outcome.done(one);
                })
                .orElseGet(() -> Outcome.failed(
                        new Failure.Conflict("Instance " + order.getName() + " exists without our labels")));
    }

    private Outcome<Instance> get(LaunchRequest request, Instance order) {
        return calls.instance(request.offer().location().zone(), order.getName());
    }

    private static boolean isOurs(Instance found, Instance order) {
        return label(found).equals(label(order));
    }

    private static String label(Instance instance) {
        return instance.getLabelsOrDefault(CloudTags.TOKEN, "");
    }

    /// In what an instance differs from the order; empty if in nothing that is told.
    private static Optional<String> difference(Instance found, Instance order) {
        if (!isOurs(found, order)) {
            return Optional.of("token");
        }
        if (!found.getMachineType().isEmpty()
                && !GoogleNames.name(found.getMachineType()).equals(GoogleNames.name(order.getMachineType()))) {
            return Optional.of("machine type");
        }
        if (InstanceReader.market(found) != InstanceReader.market(order)) {
            return Optional.of("market");
        }
        Optional<String> script = script(found);
        return script.isPresent() && !script.equals(script(order)) ? Optional.of("workload") : Optional.empty();
    }

    private static Optional<String> script(Instance instance) {
        return instance.getMetadata().getItemsList().stream()
                .filter(item -> item.getKey().equals(InstanceOrder.STARTUP_SCRIPT))
                .map(Items::getValue)
                .findFirst();
    }
}
