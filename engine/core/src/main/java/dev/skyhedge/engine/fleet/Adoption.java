package dev.skyhedge.engine.fleet;

import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.InstanceTags;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.Machine;
import dev.skyhedge.state.records.ReplicaKey;
import dev.skyhedge.state.records.ReplicaRecord;
import java.time.Instant;

/// Makes a replica of an instance that runs already. There is this one way, whether the instance is found because
/// the state is older than it, because a state that was lost is taken over, or because an `import` block names
/// it.
public final class Adoption {
    /// The version of a replica that may run anything: it is replaced as one of an earlier version would be.
    public static final String UNKNOWN_VERSION = "unknown";

    private Adoption() {}

    /// The version that the instance is known to run: the given one if its token was derived from it.
    public static String versionOf(Instance instance, String version) {
        InstanceTags tags = instance.tags();
        boolean current = LaunchTokens.derive(
                        tags.lineage(), tags.replica(), tags.generation(), instance.offer(), version)
                .equals(tags.token());
        return current ? version : UNKNOWN_VERSION;
    }

    /// The record. Name and generation are those of the tags, by which the instance is recognised from now on.
    /// It has as long to become ready as if it had been requested now, however long it has been running.
    public static ReplicaRecord record(Instance instance, String service, String version, String reason, Instant now) {
        InstanceTags tags = instance.tags();
        return ReplicaRecord.decided(
                        new ReplicaKey(service, tags.replica(), tags.generation()),
                        version,
                        instance.offer(),
                        tags.token(),
                        new Machine.Rental(now, "", reason),
                        0)
                .onInstance(instance.id(), instance.endpoint())
                .in(Lifecycle.PROVISIONING, now, reason);
    }
}
