package dev.skyhedge.providers.gcp.fake;

import com.google.cloud.compute.v1.Error;
import com.google.cloud.compute.v1.Errors;
import com.google.cloud.compute.v1.Operation;
import dev.skyhedge.providers.cloud.fake.Fault;
import java.time.Instant;
import java.util.Optional;

/// A zone operation and the times of its life.
///
/// @param name its name, unique
/// @param id its number
/// @param type `insert`, `delete`, `compute.instances.preempted`
/// @param zone where
/// @param instance name of the instance that it is about
/// @param targetId number of that instance
/// @param user who asked for it
/// @param insertedAt when it was accepted
/// @param runningAt when it began
/// @param doneAt when it ended
/// @param failure how it failed; empty if it did not
/// @param requestId the request id that it was made under; may be empty
record FakeOperation(
        String name,
        long id,
        String type,
        String zone,
        String instance,
        long targetId,
        String user,
        Instant insertedAt,
        Instant runningAt,
        Instant doneAt,
        Optional<Fault.OperationFails> failure,
        String requestId) {
    boolean isDone(Instant now) {
        return !now.isBefore(doneAt);
    }

    /// The resource as the API shows it now.
    Operation resource(Instant now, String prefix) {
        String zoneLink = prefix + "/zones/" + zone;
        Operation.Builder shown = Operation.newBuilder()
                .setId(id)
                .setName(name)
                .setKind("compute#operation")
                .setOperationType(type)
                .setZone(zoneLink)
                .setSelfLink(zoneLink + "/operations/" + name)
                .setTargetLink(zoneLink + "/instances/" + instance)
                .setTargetId(targetId)
                .setUser(user)
                .setInsertTime(Rfc3339.of(insertedAt))
                .setStatus(Operation.Status.PENDING)
                .setProgress(0);
        if (!now.isBefore(runningAt)) {
            shown.setStatus(Operation.Status.RUNNING).setStartTime(Rfc3339.of(runningAt));
        }
        if (isDone(now)) {
            shown.setStatus(Operation.Status.DONE).setProgress(100).setEndTime(Rfc3339.of(doneAt));
            failure.ifPresent(fails -> shown.setHttpErrorStatusCode(fails.status())
                    .setHttpErrorMessage(statusText(fails.status()))
                    .setError(Error.newBuilder()
                            .addErrors(Errors.newBuilder().setCode(fails.code()).setMessage(fails.message()))));
        }
        return shown.build();
    }

    private static String statusText(int status) {
        return switch (status) {
            case 400 -> "BAD REQUEST";
            case 403 -> "FORBIDDEN";
            case 404 -> "NOT FOUND";
            case 409 -> "CONFLICT";
            case 429 -> "TOO MANY REQUESTS";
            case 503 -> "SERVICE UNAVAILABLE";
            default -> "INTERNAL SERVER ERROR";
        };
    }
}
