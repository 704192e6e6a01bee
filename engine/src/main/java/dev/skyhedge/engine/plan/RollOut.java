package dev.skyhedge.engine.plan;

import dev.skyhedge.engine.scaling.Autoscaler;
import dev.skyhedge.specs.ServiceSpec;
import dev.skyhedge.state.ReplicaRecord;
import dev.skyhedge.state.ServiceRecord;
import dev.skyhedge.state.ServiceRecord.StableVersion;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Which version of the replica block new replicas run. Normally the declared one; while that has been found
/// not to work, the last one that did.
///
/// @param declared the version that the spec declares
/// @param launchVersion the version that new replicas run
/// @param failed the declared version if its roll-out is stopped
/// @param stable the last version that was rolled out in full
record RollOut(String declared, String launchVersion, Optional<String> failed, Optional<StableVersion> stable) {
    /// So many failed replicas of a version that never served end its roll-out.
    static final int FAILURES_TO_STOP = 3;

    static RollOut of(
            Declaration service, Optional<ServiceRecord> before, List<ReplicaRecord> replicas, Signals signals) {
        String declared = service.version();
        Optional<StableVersion> stable = before.flatMap(ServiceRecord::stable);
        boolean known = before.flatMap(ServiceRecord::failedVersion)
                .filter(declared::equals)
                .isPresent();
        boolean hasOther =
                stable.filter(other -> !other.version().equals(declared)).isPresent();
        if (hasOther && (known || failsNow(declared, replicas, signals))) {
            return new RollOut(declared, stable.orElseThrow().version(), Optional.of(declared), stable);
        }
        return new RollOut(declared, declared, Optional.empty(), stable);
    }

    private static boolean failsNow(String version, List<ReplicaRecord> replicas, Signals signals) {
        int failures = 0;
        for (ReplicaRecord replica : replicas) {
            if (!replica.version().equals(version)) {
                continue;
            }
            if (signals.isServing(replica)) {
                return false;
            }
            failures += replica.failures();
        }
        return failures >= FAILURES_TO_STOP;
    }

    Optional<String> note() {
        return failed.map(version -> "the roll-out of version " + version + " is stopped: its replicas failed "
                + FAILURES_TO_STOP + " times without ever being ready; version " + launchVersion
                + " goes on. Change the replica block and apply again.");
    }

    String outdatedBecause(Fleet fleet, ReplicaRecord replica) {
        if (!replica.version().equals(launchVersion)) {
            return failed.isPresent() ? "its version does not work" : "replaced by version " + launchVersion;
        }
        if (replica.atRiskSince().isPresent()) {
            return "the cloud says that it is at elevated risk, and its replacement serves";
        }
        return fleet.permits(replica.offer()) ? "replaced, as requested" : "not permitted by resources any more";
    }

    ServiceRecord record(
            Declaration service,
            Optional<ServiceRecord> before,
            Autoscaler.Decision scale,
            boolean settled,
            Instant now) {
        ServiceSpec spec = service.spec();
        Optional<StableVersion> stableNow =
                settled && failed.isEmpty() ? Optional.of(new StableVersion(declared, service.replicaJson())) : stable;
        return new ServiceRecord(
                spec.name(),
                spec.address(),
                service.json(),
                declared,
                scale.wanted(),
                scale.memory(),
                failed,
                stableNow,
                spec.protect(),
                before.map(ServiceRecord::createdAt).orElse(now));
    }
}
