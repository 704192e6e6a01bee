package dev.skyhedge.providers.gcp;

import com.google.cloud.compute.v1.Operation;
import com.google.cloud.compute.v1.OperationList;
import dev.skyhedge.spi.EndCause;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.Instance.End;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Outcome;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Optional;

/// Finds out why an instance is gone. The instance itself is forgotten by then; the operations of its zone tell.
final class Endings {
    static final String PREEMPTED = "compute.instances.preempted";
    private static final String DELETE = "delete";

    private final ComputeCalls calls;
    private final InstantSource clock;

    Endings(ComputeCalls calls, InstantSource clock) {
        this.calls = calls;
        this.clock = clock;
    }

    /// Why this instance, which is gone, ended.
    End of(Instance instance, long googleId, boolean terminatedByUs) {
        Optional<Operation> last = lastOperation(instance, googleId);
        Instant at = last.flatMap(Endings::time).orElseGet(clock::instant);
        if (terminatedByUs) {
            return new End(at, EndCause.TERMINATED, "");
        }
        return last.map(operation -> end(operation, at)).orElseGet(() -> unexplained(instance, at));
    }

    /// Whether the cloud is taking this instance back, and since when.
    Optional<Instant> preemption(Instance instance, long googleId) {
        return lastOperation(instance, googleId)
                .filter(operation -> operation.getOperationType().equals(PREEMPTED))
                .map(operation -> time(operation).orElseGet(clock::instant));
    }

    private static End end(Operation operation, Instant at) {
        return switch (operation.getOperationType()) {
            case PREEMPTED -> new End(at, EndCause.PREEMPTED, "taken back by Google");
            case DELETE -> new End(at, EndCause.TERMINATED, "deleted by " + user(operation));
            default -> new End(at, EndCause.EXITED, operation.getOperationType());
        };
    }

    private static String user(Operation operation) {
        return operation.getUser().isEmpty() ? "somebody" : operation.getUser();
    }

    /// A spot instance that is gone without a trace was most probably taken back.
    private static End unexplained(Instance instance, Instant at) {
        return instance.offer().market() == Market.SPOT
                ? new End(at, EndCause.PREEMPTED, "gone; Google does not say why")
                : new End(at, EndCause.EXITED, "gone; Google does not say why");
    }

    /// The first operation that ended it: a deletion after a preemption changes nothing.
    private Optional<Operation> lastOperation(Instance instance, long googleId) {
        Location location = instance.offer().location();
        if (googleId == 0
                || !(calls.operationsOf(location.zone(), googleId)
                        instanceof Outcome.Done<OperationList>(OperationList list))) {
            return Optional.empty();
        }
        return list.getItemsList().stream()
                .filter(operation -> isAbout(operation, instance, googleId) && ends(operation))
                .min(Comparator.comparing(operation ->
                        InstanceReader.time(operation.getInsertTime()).orElse(Instant.MAX)));
    }

    /// Checked here too, as an endpoint may take no notice of a filter.
    private static boolean isAbout(Operation operation, Instance instance, long googleId) {
        return operation.getTargetId() == googleId
                || (operation.getTargetId() == 0
                        && GoogleNames.name(operation.getTargetLink()).equals(instance.id()));
    }

    private static boolean ends(Operation operation) {
        return switch (operation.getOperationType()) {
            case PREEMPTED,
                    DELETE,
                    "stop",
                    "compute.instances.hostError",
                    "compute.instances.guestTerminate",
                    "compute.instances.terminateOnHostMaintenance" -> !operation.hasError();
            default -> false;
        };
    }

    private static Optional<Instant> time(Operation operation) {
        return InstanceReader.time(operation.getEndTime())
                .or(() -> InstanceReader.time(operation.getStartTime()))
                .or(() -> InstanceReader.time(operation.getInsertTime()));
    }
}
