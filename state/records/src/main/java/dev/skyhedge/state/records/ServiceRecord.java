package dev.skyhedge.state.records;

import java.time.Instant;
import java.util.Optional;

/// A service as it was last applied.
///
/// @param name unique name
/// @param address how the language writes it, such as `service.chat`
/// @param specJson the applied spec of the service as canonical JSON, without secrets
/// @param version identifies the replica block: replicas of another version are to be replaced
/// @param wanted replicas wanted, as the autoscaler last decided
/// @param scaling what the autoscaler remembers
/// @param failedVersion a version that was found not to work and whose roll-out is stopped
/// @param stable the last version that was rolled out in full
/// @param protect whether a plan refuses to remove the service
/// @param createdAt when it was first applied
/// @param editedAt when what its replicas run, and where, was last changed: failures from before say nothing
///     of it
public record ServiceRecord(
        String name,
        String address,
        String specJson,
        String version,
        int wanted,
        ScalingMemory scaling,
        Optional<String> failedVersion,
        Optional<StableVersion> stable,
        boolean protect,
        Instant createdAt,
        Instant editedAt) {

    /// The same service under another name, with the spec that says so.
    public ServiceRecord named(String otherName, String otherAddress, String otherSpecJson) {
        return new ServiceRecord(
                otherName,
                otherAddress,
                otherSpecJson,
                version,
                wanted,
                scaling,
                failedVersion,
                stable,
                protect,
                createdAt,
                editedAt);
    }

    /// A version that is known to work, kept to stand in while the newest one does not.
    ///
    /// @param version its identity
    /// @param replicaJson its replica block as canonical JSON, without secrets
    /// @param specJson the whole spec of the service that it was rolled out with, its places included; empty
    ///     in rows from before it was kept
    public record StableVersion(String version, String replicaJson, Optional<String> specJson) {}

    /// What the autoscaler remembers between decisions. At most one of the first two is present.
    ///
    /// @param moreSince since when more replicas were needed than wanted
    /// @param lessSince since when less were
    /// @param contrarySince since when the samples have spoken against the running one of these
    public record ScalingMemory(
            Optional<Instant> moreSince, Optional<Instant> lessSince, Optional<Instant> contrarySince) {
        public static final ScalingMemory NONE =
                new ScalingMemory(Optional.empty(), Optional.empty(), Optional.empty());
    }
}
