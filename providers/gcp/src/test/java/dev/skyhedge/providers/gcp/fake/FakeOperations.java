package dev.skyhedge.providers.gcp.fake;

import dev.skyhedge.providers.cloud.fake.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The operations that were ever accepted, which are also the memory of request ids. Guarded by the cloud's lock.
final class FakeOperations {
    private static final String SYSTEM = "system";
    private static final String SOMEONE = "someone@example.com";
    private static final int MILLIS_BEFORE_RUNNING = 500;
    private static final long FIRST_ID = 5_000_000_000_000_000_001L;

    private final Map<String, FakeOperation> operations = new LinkedHashMap<>();
    private long lastId = FIRST_ID;

    /// What an operation is about, and from when to when it goes on.
    record About(String type, FakeInstance instance, Instant from, Instant done) {}

    /// An operation that somebody asked for.
    ///
    /// @param requestId may be empty
    FakeOperation asked(About about, String requestId, Optional<Fault.OperationFails> failure) {
        return remember("operation-", SOMEONE, about, requestId, failure);
    }

    /// An operation that nobody asked for.
    FakeOperation happened(About about) {
        return remember("systemevent-", SYSTEM, about, "", Optional.empty());
    }

    private FakeOperation remember(
            String prefix, String user, About about, String requestId, Optional<Fault.OperationFails> failure) {
        long id = ++lastId;
        Instant running = about.from.plusMillis(MILLIS_BEFORE_RUNNING);
        FakeOperation operation = new FakeOperation(
                prefix + id + "-" + Long.toHexString(id),
                id,
                about.type,
                about.instance.zone,
                about.instance.name(),
                about.instance.id,
                user,
                about.from,
                running.isBefore(about.done) ? running : about.done,
                about.done,
                failure,
                requestId);
        operations.put(operation.name(), operation);
        return operation;
    }

    /// The operation that was accepted under this request id.
    ///
    /// @param memory how long request ids are remembered
    Optional<FakeOperation> of(String requestId, String zone, Instant now, Duration memory) {
        return operations.values().stream()
                .filter(operation -> operation.requestId().equals(requestId)
                        && operation.zone().equals(zone)
                        && operation.insertedAt().plus(memory).isAfter(now))
                .findFirst();
    }

    Optional<FakeOperation> find(String name) {
        return Optional.ofNullable(operations.get(name));
    }

    Stream<FakeOperation> all() {
        return operations.values().stream();
    }
}
