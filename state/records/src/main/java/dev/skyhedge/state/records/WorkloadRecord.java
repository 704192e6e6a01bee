package dev.skyhedge.state.records;

import java.time.Instant;
import java.util.Optional;

/// Anything declared that needs machines, as it was last applied.
///
/// @param name unique name, whatever the kind
/// @param address how the language writes it, such as `service.chat`
/// @param kind of what kind it is, such as [#SERVICE]
/// @param edit what is declared of it
/// @param wanted replicas wanted, as was decided last
/// @param scaling what the autoscaler remembers
/// @param failedVersion a version that was found not to work and whose roll-out is stopped
/// @param stable the last version that was rolled out in full
/// @param protect whether a plan refuses to remove it
/// @param createdAt when it was first applied
/// @param memory what its kind remembers between decisions, in a form of its own; empty for nothing
public record WorkloadRecord(
        String name,
        String address,
        String kind,
        Edit edit,
        int wanted,
        ScalingMemory scaling,
        Optional<String> failedVersion,
        Optional<StableVersion> stable,
        boolean protect,
        Instant createdAt,
        String memory) {
    /// The kind of services.
    public static final String SERVICE = "service";

    /// The same with another memory.
    public WorkloadRecord remembering(String otherMemory) {
        return new WorkloadRecord(
                name, address, kind, edit, wanted, scaling, failedVersion, stable, protect, createdAt, otherMemory);
    }

    /// What was declared.
    ///
    /// @param specJson the applied block as canonical JSON, without secrets
    /// @param version identifies what replicas run: those of another version are to be replaced
    /// @param at when what its replicas run, and where, was last changed: failures from before say nothing of it
    public record Edit(String specJson, String version, Instant at) {}

    /// The applied block as canonical JSON, without secrets.
    public String specJson() {
        return edit.specJson();
    }

    /// Identifies what replicas run.
    public String version() {
        return edit.version();
    }

    /// When what its replicas run, and where, was last changed.
    public Instant editedAt() {
        return edit.at();
    }

    /// Whether it is of that kind.
    public boolean is(String otherKind) {
        return kind.equals(otherKind);
    }

    /// The same under another name, with the block that says so.
    public WorkloadRecord named(String otherName, String otherAddress, String otherSpecJson) {
        return new WorkloadRecord(
                otherName,
                otherAddress,
                kind,
                new Edit(otherSpecJson, version(), editedAt()),
                wanted,
                scaling,
                failedVersion,
                stable,
                protect,
                createdAt,
                memory);
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
    /// @param load measured, that a mix of accelerators follows; empty while it is the declared one
    public record ScalingMemory(
            Optional<Instant> moreSince,
            Optional<Instant> lessSince,
            Optional<Instant> contrarySince,
            Optional<FollowedLoad> load) {
        public static final ScalingMemory NONE =
                new ScalingMemory(Optional.empty(), Optional.empty(), Optional.empty());

        /// Without a load.
        public ScalingMemory(
                Optional<Instant> moreSince, Optional<Instant> lessSince, Optional<Instant> contrarySince) {
            this(moreSince, lessSince, contrarySince, Optional.empty());
        }

        /// The same delays, and this load.
        public ScalingMemory following(Optional<FollowedLoad> followed) {
            return new ScalingMemory(moreSince, lessSince, contrarySince, followed);
        }
    }
}
