package dev.skyhedge.providers.azure;

import com.azure.resourcemanager.compute.fluent.models.VirtualMachineInner;
import com.azure.resourcemanager.compute.models.InstanceViewStatus;
import dev.skyhedge.providers.cloud.failures.CloudError;
import dev.skyhedge.providers.cloud.lifecycle.KnownInstances;
import dev.skyhedge.providers.cloud.naming.CloudTags;
import dev.skyhedge.spi.BackOff;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.LaunchRequest;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.Scope;
import java.net.URL;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/// Launches: look whether the machine is there, create it under a name that the token gives and only if
/// that name is free, follow the operation to its end, and look at what is there. Azure has no memory of
/// requests; the name, which is unique in its group for as long as the machine lives, and the tags on it
/// keep a repeated launch from a second one. A machine whose creation failed stays there with its disk: it
/// is deleted before the failure is told.
final class Launcher {
    /// An operation that is not done after this time has an unknown outcome.
    static final Duration OPERATION_TIME = Duration.ofSeconds(300);

    private static final Duration DELETION_TIME = Duration.ofSeconds(120);
    private static final BackOff POLLS = new BackOff(Duration.ofSeconds(1), Duration.ofSeconds(10));
    private static final Duration AFTER_INTERNAL_ERROR = Duration.ofSeconds(30);
    private static final String FAILED_STATE = "ProvisioningState/failed/";

    private final ComputeCalls calls;
    private final Groups groups;
    private final InstanceReader reader;
    private final KnownInstances known;
    private final InstantSource clock;

    Launcher(ComputeCalls calls, Groups groups, InstanceReader reader, KnownInstances known, InstantSource clock) {
        this.calls = calls;
        this.groups = groups;
        this.reader = reader;
        this.known = known;
        this.clock = clock;
    }

    /// What is asked for, and under which name.
    private record Wanted(LaunchRequest request, MachineId id, VirtualMachineInner order) {
        Scope scope() {
            return Scope.of(request.offer());
        }
    }

    /// Launches, or finds what an earlier launch with this token made.
    ///
    /// @param order the machine to ask for
    Outcome<Instance> launch(LaunchRequest request, MachineId id, VirtualMachineInner order) {
        Optional<Instance> past =
                known.find(id.toString()).map(KnownInstances.Known::instance).filter(one -> !one.isLive());
        if (past.isPresent()) {
            return Outcome.done(past.get());
        }
        Wanted wanted = new Wanted(request, id, order);
        return switch (calls.machine(id)) {
            case Outcome.Done<VirtualMachineInner>(VirtualMachineInner found) -> standing(wanted, found);
            case Outcome.Failed<VirtualMachineInner>(Failure.NotFound absent) -> create(wanted);
            case Outcome.Failed<VirtualMachineInner>(Failure failure) -> Outcome.failed(failure);
        };
    }

    /// The remains of an attempt that failed would only fail again, so they make room.
    private Outcome<Instance> standing(Wanted wanted, VirtualMachineInner found) {
        if (!isOurs(found, wanted.order()) || !InstanceReader.hasFailed(found)) {
            return settled(wanted, found);
        }
        return switch (remove(wanted.id())) {
            case Outcome.Done<Boolean> removed -> create(wanted);
            case Outcome.Failed<Boolean>(Failure failure) ->
                Outcome.failed(new Failure.OutcomeUnknown(
                        "What an earlier attempt left could not be deleted: " + failure.message()));
        };
    }

    private Outcome<Instance> create(Wanted wanted) {
        Optional<Failure> noGroup = groups.require(wanted.id().group(), wanted.request());
        return switch (calls.create(wanted.id(), wanted.order(), wanted.scope())) {
            case Outcome.Done<ComputeCalls.Accepted>(ComputeCalls.Accepted accepted) -> follow(wanted, accepted);
            case Outcome.Failed<ComputeCalls.Accepted>(Failure failure) ->
                switch (failure) {
                    case Failure.Conflict exists -> look(wanted, exists);
                    case Failure.OutcomeUnknown unknown -> look(wanted, unknown);
                    case Failure.NotFound absent -> {
                        groups.lost(wanted.id().group());
                        yield Outcome.failed(noGroup.orElse(absent));
                    }
                    default -> givenBack(wanted, failure);
                };
        };
    }

    private Outcome<Instance> follow(Wanted wanted, ComputeCalls.Accepted accepted) {
        if (accepted.operation().isEmpty()) {
            return look(wanted, new Failure.OutcomeUnknown("Created, but it is not there"));
        }
        URL operation = accepted.operation().get();
        Duration waited = Duration.ZERO;
        Duration wait = accepted.retryAfter().filter(Duration::isPositive).orElse(POLLS.first());
        while (waited.compareTo(OPERATION_TIME) < 0 && calls.pause().rest(wait)) {
            waited = waited.plus(wait);
            switch (calls.progress(operation)) {
                case Outcome.Failed<ComputeCalls.Progress>(Failure failure) -> {
                    return look(wanted, new Failure.OutcomeUnknown("Accepted, then: " + failure.message()));
                }
                case Outcome.Done<ComputeCalls.Progress>(ComputeCalls.Progress progress) -> {
                    switch (progress.status()) {
                        case "Succeeded" -> {
                            return made(wanted);
                        }
                        case "Failed", "Canceled" -> {
                            return givenBack(wanted, AzureFailures.of(progress.error(), wanted.scope()));
                        }
                        default ->
                            wait = progress.retryAfter()
                                    .filter(Duration::isPositive)
                                    .orElse(POLLS.longer(wait));
                    }
                }
            }
        }
        return Outcome.failed(new Failure.OutcomeUnknown(
                "The creation of " + wanted.id() + " is not done after " + waited.toSeconds() + " s"));
    }

    /// Only the machine itself can tell what came of it.
    private Outcome<Instance> look(Wanted wanted, Failure why) {
        return switch (calls.machine(wanted.id())) {
            case Outcome.Done<VirtualMachineInner>(VirtualMachineInner found) -> settled(wanted, found);
            case Outcome.Failed<VirtualMachineInner>(Failure absent) ->
                Outcome.failed(new Failure.OutcomeUnknown(why.message() + "; then: " + absent.message()));
        };
    }

    /// Waits until a machine that is being made is made, or has failed.
    private Outcome<Instance> settled(Wanted wanted, VirtualMachineInner first) {
        VirtualMachineInner found = first;
        Duration waited = Duration.ZERO;
        Duration wait = POLLS.first();
        while (isOurs(found, wanted.order())
                && InstanceReader.provisioning(found).equals("Creating")
                && waited.compareTo(OPERATION_TIME) < 0
                && calls.pause().rest(wait)) {
            waited = waited.plus(wait);
            wait = POLLS.longer(wait);
            switch (calls.machine(wanted.id())) {
                case Outcome.Done<VirtualMachineInner>(VirtualMachineInner next) -> found = next;
                case Outcome.Failed<VirtualMachineInner>(Failure failure) -> {
                    return Outcome.failed(new Failure.OutcomeUnknown("While it was made: " + failure.message()));
                }
            }
        }
        return isOurs(found, wanted.order()) && InstanceReader.hasFailed(found)
                ? givenBack(wanted, told(found, wanted.scope()))
                : matched(wanted, found);
    }

    /// Why a machine failed, as it says itself.
    private static Failure told(VirtualMachineInner failed, Scope scope) {
        for (InstanceViewStatus status : InstanceReader.statuses(failed)) {
            if (status.code() != null && status.code().startsWith(FAILED_STATE)) {
                String message = status.message() == null ? "no explanation" : status.message();
                return AzureFailures.of(
                        CloudError.of(200, status.code().substring(FAILED_STATE.length()), message), scope);
            }
        }
        return new Failure.OutcomeUnknown("The machine failed and does not say why");
    }

    /// The attempt failed. What it left is deleted before that is told; a machine in good order is what was
    /// wanted.
    private Outcome<Instance> givenBack(Wanted wanted, Failure failure) {
        return switch (calls.machine(wanted.id())) {
            case Outcome.Failed<VirtualMachineInner>(Failure.NotFound absent) -> Outcome.failed(definite(failure));
            case Outcome.Failed<VirtualMachineInner>(Failure unseen) -> Outcome.failed(unknown(failure, unseen));
            case Outcome.Done<VirtualMachineInner>(VirtualMachineInner found) -> {
                if (!isOurs(found, wanted.order())) {
                    yield Outcome.failed(definite(failure));
                }
                yield InstanceReader.hasFailed(found)
                        ? switch (remove(wanted.id())) {
                            case Outcome.Done<Boolean> removed -> Outcome.failed(definite(failure));
                            case Outcome.Failed<Boolean>(Failure kept) -> Outcome.failed(unknown(failure, kept));
                        }
                        : settled(wanted, found);
            }
        };
    }

    /// What failed inside Azure and has left nothing may be tried again at once under a new token.
    private static Failure definite(Failure failure) {
        return failure instanceof Failure.OutcomeUnknown
                ? new Failure.Throttled(AFTER_INTERNAL_ERROR, failure.message() + "; nothing was made")
                : failure;
    }

    private static Failure unknown(Failure failure, Failure then) {
        return new Failure.OutcomeUnknown(failure.message() + "; what it left could not be deleted: " + then.message());
    }

    /// Deletes a machine that failed, and waits until it is gone: its name may be wanted again.
    private Outcome<Boolean> remove(MachineId id) {
        switch (calls.delete(id)) {
            case Outcome.Failed<Boolean>(Failure.NotFound gone) -> {
                return Outcome.done(true);
            }
            case Outcome.Failed<Boolean> failed -> {
                return failed;
            }
            case Outcome.Done<Boolean> accepted -> {
                return untilGone(id);
            }
        }
    }

    private Outcome<Boolean> untilGone(MachineId id) {
        Duration waited = Duration.ZERO;
        Duration wait = POLLS.first();
        while (waited.compareTo(DELETION_TIME) < 0) {
            if (calls.machine(id) instanceof Outcome.Failed<VirtualMachineInner>(Failure.NotFound gone)) {
                return Outcome.done(true);
            }
            if (!calls.pause().rest(wait)) {
                break;
            }
            waited = waited.plus(wait);
            wait = POLLS.longer(wait);
        }
        return Outcome.failed(new Failure.OutcomeUnknown("still there after " + waited.toSeconds() + " s"));
    }

    private Outcome<Instance> made(Wanted wanted) {
        return switch (calls.machine(wanted.id())) {
            case Outcome.Done<VirtualMachineInner>(VirtualMachineInner found) -> matched(wanted, found);
            case Outcome.Failed<VirtualMachineInner>(Failure.NotFound absent) ->
                reader.read(wanted.order(), wanted.id(), Optional.empty(), Optional.empty(), clock.instant())
                        .map(one -> Outcome.done(
                                known.ended(one, Endings.of(one, wasTerminated(one.id()), clock.instant()))))
                        .orElseGet(() -> Outcome.failed(new Failure.OutcomeUnknown(absent.message())));
            case Outcome.Failed<VirtualMachineInner>(Failure failure) ->
                Outcome.failed(
                        new Failure.OutcomeUnknown("Launched, but could not be looked at: " + failure.message()));
        };
    }

    private boolean wasTerminated(String id) {
        return known.find(id).filter(KnownInstances.Known::terminated).isPresent();
    }

    private Outcome<Instance> matched(Wanted wanted, VirtualMachineInner found) {
        Optional<String> difference = difference(found, wanted.order());
        if (difference.isPresent()) {
            return Outcome.failed(
                    new Failure.Conflict("Machine " + wanted.id() + " exists with another " + difference.get()));
        }
        return reader.read(found, wanted.id(), Optional.of(found), Optional.empty(), clock.instant())
                .map(one -> Outcome.done(known.saw(one)))
                .orElseGet(() ->
                        Outcome.failed(new Failure.Conflict("Machine " + wanted.id() + " exists without our tags")));
    }

    private static boolean isOurs(VirtualMachineInner found, VirtualMachineInner order) {
        return Tags.value(found, CloudTags.TOKEN).equals(Tags.value(order, CloudTags.TOKEN));
    }

    /// In what a machine differs from the order; empty if in nothing that is told.
    private static Optional<String> difference(VirtualMachineInner found, VirtualMachineInner order) {
        if (!isOurs(found, order)) {
            return Optional.of("token");
        }
        boolean otherSize = InstanceReader.size(found)
                .filter(size ->
                        !size.equalsIgnoreCase(InstanceReader.size(order).orElse("")))
                .isPresent();
        if (otherSize) {
            return Optional.of("size");
        }
        if (InstanceReader.market(found) != InstanceReader.market(order)) {
            return Optional.of("market");
        }
        String script = Tags.value(found, Tags.SCRIPT);
        return !script.isEmpty() && !script.equals(Tags.value(order, Tags.SCRIPT))
                ? Optional.of("workload")
                : Optional.empty();
    }
}
