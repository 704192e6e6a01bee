package dev.skyhedge.providers.gcp;

import com.google.cloud.compute.v1.Instance;
import com.google.cloud.compute.v1.Items;
import com.google.cloud.compute.v1.Operation;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.LaunchRequest;
import dev.skyhedge.spi.Outcome;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;

/// Launches: insert under a request id that the token gives, follow the operation to its end, and look at what is
/// there. Two things keep a repeated launch from a second instance: Google's memory of the request id, about an
/// hour long, and the name, which is unique in its zone for as long as the instance lives.
final class Launcher {
    /// An operation that is not done after this time has an unknown outcome.
    static final Duration OPERATION_TIME = Duration.ofSeconds(300);

    private static final Duration FIRST_POLL = Duration.ofMillis(500);
    private static final Duration LONGEST_POLL = Duration.ofSeconds(4);
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
        return switch (calls.insert(zone, requestId, order)) {
            case Reply.Refused<Operation>(GoogleRefusal refusal) ->
                GoogleFailures.saysThatItExists(refusal)
                        ? adopt(request, order, refusal)
                        : Outcome.failed(GoogleFailures.ofLaunch(refusal, request.offer()));
            case Reply.Given<Operation>(Operation accepted) -> follow(request, order, accepted);
        };
    }

    private Outcome<dev.skyhedge.spi.Instance> follow(LaunchRequest request, Instance order, Operation accepted) {
        return switch (untilDone(request.offer().location().zone(), accepted)) {
            case Reply.Refused<Operation>(GoogleRefusal refusal) -> unfollowed(request, order, refusal);
            case Reply.Given<Operation>(Operation operation) -> {
                Optional<GoogleRefusal> refusal = GoogleRefusal.of(operation);
                yield refusal.isPresent()
                        ? failed(request, order, refusal.get())
                        : made(request, order, operation.getTargetId());
            }
        };
    }

    private Reply<Operation> untilDone(String zone, Operation accepted) {
        Operation operation = accepted;
        Duration waited = Duration.ZERO;
        Duration wait = FIRST_POLL;
        while (operation.getStatus() != Operation.Status.DONE) {
            if (operation.getName().isEmpty()) {
                return new Reply.Refused<>(silent("the operation has no name"));
            }
            if (waited.compareTo(OPERATION_TIME) >= 0 || !calls.rest(wait)) {
                return new Reply.Refused<>(silent("operation " + operation.getName() + " is not done after " + waited));
            }
            waited = waited.plus(wait);
            wait = wait.multipliedBy(2).compareTo(LONGEST_POLL) < 0 ? wait.multipliedBy(2) : LONGEST_POLL;
            switch (calls.operation(zone, operation.getName())) {
                case Reply.Given<Operation>(Operation next) -> operation = next;
                case Reply.Refused<Operation> refused -> {
                    return refused;
                }
            }
        }
        return new Reply.Given<>(operation);
    }

    private static GoogleRefusal silent(String why) {
        return new GoogleRefusal(0, "", why, Optional.empty());
    }

    /// The operation cannot be followed, so only the instance itself can tell.
    private Outcome<dev.skyhedge.spi.Instance> unfollowed(LaunchRequest request, Instance order, GoogleRefusal why) {
        return switch (get(request, order)) {
            case Reply.Given<Instance>(Instance found) -> matched(request, order, found);
            case Reply.Refused<Instance> _ ->
                Outcome.failed(new Failure.OutcomeUnknown("Insert accepted, then " + why));
        };
    }

    /// The operation failed. Should it have left an instance all the same, that is either what was wanted or given
    /// back before the failure is told.
    private Outcome<dev.skyhedge.spi.Instance> failed(LaunchRequest request, Instance order, GoogleRefusal refusal) {
        if (GoogleFailures.saysThatItExists(refusal)) {
            return adopt(request, order, refusal);
        }
        Failure failure = GoogleFailures.ofLaunch(refusal, request.offer());
        boolean unclear = failure instanceof Failure.OutcomeUnknown;
        return switch (get(request, order)) {
            case Reply.Given<Instance>(Instance found) when isOurs(found, order) ->
                unclear ? matched(request, order, found) : givenBack(request, order, failure);
            case Reply.Given<Instance> _ -> Outcome.failed(failure);
            case Reply.Refused<Instance>(GoogleRefusal gone) -> {
                boolean absent = GoogleFailures.saysNotFound(gone);
                // The same request id would find the same failed operation again, so this outcome is definite.
                yield Outcome.failed(
                        unclear && absent
                                ? new Failure.Throttled(AFTER_INTERNAL_ERROR, refusal + "; nothing was made")
                                : failure);
            }
        };
    }

    private Outcome<dev.skyhedge.spi.Instance> givenBack(LaunchRequest request, Instance order, Failure failure) {
        return switch (calls.delete(request.offer().location().zone(), order.getName())) {
            case Reply.Given<Operation> _ -> Outcome.failed(failure);
            case Reply.Refused<Operation>(GoogleRefusal refusal) ->
                GoogleFailures.saysNotFound(refusal)
                        ? Outcome.failed(failure)
                        : Outcome.failed(new Failure.OutcomeUnknown(
                                failure.message() + "; what it left could not be deleted: " + refusal));
        };
    }

    private Outcome<dev.skyhedge.spi.Instance> adopt(LaunchRequest request, Instance order, GoogleRefusal exists) {
        return switch (get(request, order)) {
            case Reply.Given<Instance>(Instance found) -> matched(request, order, found);
            case Reply.Refused<Instance> _ ->
                Outcome.failed(new Failure.OutcomeUnknown("Could not look at what exists: " + exists));
        };
    }

    private Outcome<dev.skyhedge.spi.Instance> made(LaunchRequest request, Instance order, long googleId) {
        return switch (get(request, order)) {
            case Reply.Given<Instance>(Instance found) -> matched(request, order, found);
            case Reply.Refused<Instance>(GoogleRefusal refusal) when GoogleFailures.saysNotFound(refusal) -> {
                Optional<dev.skyhedge.spi.Instance> asAsked = reader.read(
                        order, request.offer().location().zone(), clock.instant());
                yield asAsked
                        .map(one -> Outcome.done(known.ended(
                                one, endings.of(one, googleId, wasTerminated(one.id())))))
                        .orElseGet(() -> Outcome.failed(new Failure.OutcomeUnknown(refusal.toString())));
            }
            case Reply.Refused<Instance>(GoogleRefusal refusal) ->
                Outcome.failed(new Failure.OutcomeUnknown("Launched, but could not be looked at: " + refusal));
        };
    }

    private boolean wasTerminated(String id) {
        return known.find(id).filter(KnownInstances.Known::terminated).isPresent();
    }

    private Outcome<dev.skyhedge.spi.Instance> matched(LaunchRequest request, Instance order, Instance found) {
        Optional<String> difference = difference(found, order);
        if (difference.isPresent()) {
            return Outcome.failed(new Failure.Conflict(
                    "Instance " + order.getName() + " exists with another " + difference.get()));
        }
        return reader.read(found, request.offer().location().zone(), clock.instant())
                .map(one -> {
                    known.saw(one, found.getId());
                    return Outcome.done(one);
                })
                .orElseGet(() -> Outcome.failed(
                        new Failure.Conflict("Instance " + order.getName() + " exists without our labels")));
    }

    private Reply<Instance> get(LaunchRequest request, Instance order) {
        return calls.instance(request.offer().location().zone(), order.getName());
    }

    private static boolean isOurs(Instance found, Instance order) {
        return label(found).equals(label(order));
    }

    private static String label(Instance instance) {
        return instance.getLabelsOrDefault(Labels.TOKEN, "");
    }

    /// In what an instance differs from the order; empty if in nothing that is told.
    private static Optional<String> difference(Instance found, Instance order) {
        if (!isOurs(found, order)) {
            return Optional.of("token");
        }
        if (!found.getMachineType().isEmpty()
                && !Places.name(found.getMachineType()).equals(Places.name(order.getMachineType()))) {
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
