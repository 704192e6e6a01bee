package dev.skyhedge.watch.planning;

import dev.skyhedge.engine.control.ReplicaKeys;
import dev.skyhedge.engine.declared.SpecJson;
import dev.skyhedge.specs.AccessSpec;
import dev.skyhedge.specs.ServiceSpec;
import dev.skyhedge.specs.Spec;
import dev.skyhedge.state.records.Snapshot;
import dev.skyhedge.state.records.WorkloadRecord;
import dev.skyhedge.state.records.WorkloadRecord.StableVersion;
import dev.skyhedge.state.store.StateStore;
import dev.skyhedge.watch.installation.InstallationKey;
import dev.skyhedge.watch.installation.Refusal;
import dev.skyhedge.watch.installation.Surroundings;
import java.nio.file.Path;
import java.util.stream.Stream;

/// The keys of the replicas that a spec declares, and of those that run.
final class KeysOfReplicas {
    private KeysOfReplicas() {}

    /// What lets requests and probes into them. The installation's key is read, and made, only if one of them has a
    /// key that is made.
    ///
    /// @param directory where this installation keeps its key, unless the environment has one
    /// @throws Refusal if the key cannot be used, or would not be the same for all who share the state
    static ReplicaKeys of(Surroundings surroundings, Spec spec, Snapshot snapshot, StateStore store, Path directory) {
        if (access(spec, snapshot).noneMatch(AccessSpec::isMade)) {
            return ReplicaKeys.givenOnly(surroundings.environment());
        }
        InstallationKey key = InstallationKey.REPLICAS;
        if (store.location().startsWith("jdbc:") && !key.isGiven(surroundings.environment())) {
            throw new Refusal(
                    "No key that is shared like the state",
                    "Keys of replicas are made with a key of this installation, and whoever shares this state needs the"
                            + " same one to get into the replicas. Set " + key.variable()
                            + " to a long random text on every machine that shares the state, or to file:PATH of it.");
        }
        return ReplicaKeys.of(key.read(surroundings.environment(), directory), surroundings.environment());
    }

    private static Stream<AccessSpec> access(Spec spec, Snapshot snapshot) {
        Stream<AccessSpec> declared =
                spec.services().values().stream().map(ServiceSpec::replica).map(replica -> replica.access());
        Stream<AccessSpec> recorded = snapshot.services().stream()
                .filter(record -> record.is(WorkloadRecord.SERVICE))
                .flatMap(record -> Stream.concat(
                        Stream.of(record.specJson()), record.stable().map(StableVersion::replicaJson).stream()))
                .map(SpecJson::accessOf);
        return Stream.concat(declared, recorded);
    }
}
