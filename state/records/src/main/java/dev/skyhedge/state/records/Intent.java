package dev.skyhedge.state.records;

import dev.skyhedge.spi.IdempotencyToken;
import dev.skyhedge.spi.Offer;
import java.time.Instant;
import java.util.Optional;

/// A write-ahead record: this call to a provider may have been made from now on.
///
/// @param id unique: operation, token and attempt
/// @param epoch the lease under which it was opened
/// @param operation what the call does
/// @param service name of the service
/// @param machine what is launched or ended
/// @param token the token of the machine's launch
/// @param version the version of the replica block that a launch runs
/// @param offer what is, or was, rented
/// @param instanceId the instance to terminate; empty for a launch
/// @param createdAt when it was opened
public record Intent(
        String id,
        long epoch,
        Operation operation,
        String service,
        MachineKey machine,
        IdempotencyToken token,
        String version,
        Offer offer,
        Optional<String> instanceId,
        Instant createdAt) {

    /// The calls that need an intent.
    public enum Operation {
        LAUNCH,
        TERMINATE
    }
}
