package dev.skyhedge.engine.service;

import dev.skyhedge.engine.declared.Declaration;
import dev.skyhedge.engine.declared.SpecJson;
import dev.skyhedge.engine.plan.Signals;
import dev.skyhedge.engine.scaling.Autoscaler;
import dev.skyhedge.specs.ServiceSpec;
import dev.skyhedge.specs.schema.Durations;
import dev.skyhedge.state.records.ReplicaRecord;
import dev.skyhedge.state.records.WorkloadRecord;
import dev.skyhedge.state.records.WorkloadRecord.StableVersion;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Which edit of a service new replicas follow. Normally the declared one; while that has been found not to
/// work, the last one that did: its replica block, its machines and places, its readiness and its placement.
///
/// @param declared what the spec declares
/// @param inForce what new replicas follow
/// @param failed the declared version if its roll-out is stopped
/// @param stable the last edit that was rolled out in full
/// @param editedAt when what is declared was last changed: failures from before say nothing of it
/// @param launchable false if the stable edit cannot be launched again, as it had sensitive values
record RollOut(
        Declaration declared,
        Declaration inForce,
        Optional<String> failed,
        Optional<StableVersion> stable,
        Instant editedAt,
        boolean launchable) {
    /// @param invalid whether no place takes launches of what is declared
    static RollOut of(
            Declaration declared,
            Optional<WorkloadRecord> before,
            List<ReplicaRecord> replicas,
            Signals signals,
            boolean invalid,
            Instant now) {
        Instant editedAt = before.filter(record -> declared.isSameEdit(record.specJson()))
                .map(WorkloadRecord::editedAt)
                .orElse(now);
        Optional<StableVersion> stable = stableBefore(declared, before, replicas, signals);
        Optional<StableVersion> other = stable.filter(one -> !declared.isSameEdit(one));
        if (other.isEmpty()) {
            return new RollOut(declared, declared, Optional.empty(), stable, editedAt, true);
        }
        Optional<Declaration> wayBack = declared.rolledBackTo(other.orElseThrow());
        boolean known = before.filter(record -> record.failedVersion().equals(Optional.of(declared.version())))
                .filter(record -> declared.isSameEdit(record.specJson()))
                .isPresent();
        List<ReplicaRecord> own = replicas.stream()
                .filter(replica -> !replica.requestedAt().isBefore(editedAt))
                .filter(replica -> replica.version().equals(declared.version())
                        && (!other.orElseThrow().version().equals(declared.version())
                                || wayBack.filter(back -> !back.permits(replica.offer()))
                                        .isPresent()))
                .toList();
        if (!known && !invalid && !Doubt.about(own, signals).isStrong()) {
            return new RollOut(declared, declared, Optional.empty(), stable, editedAt, true);
        }
        return new RollOut(
                declared,
                wayBack.orElse(declared),
                Optional.of(declared.version()),
                stable,
                editedAt,
                wayBack.isPresent());
    }

    /// An edit that works is what a next one falls back to, though it may not have been watched for long:
    /// whoever replaces it has nothing better.
    private static Optional<StableVersion> stableBefore(
            Declaration declared, Optional<WorkloadRecord> before, List<ReplicaRecord> replicas, Signals signals) {
        return before.filter(record -> !declared.isSameEdit(record.specJson()))
                .filter(record -> record.failedVersion().isEmpty())
                .filter(record -> worked(record, replicas, signals))
                .map(record -> new StableVersion(
                        record.version(), SpecJson.replicaJson(record.specJson()), Optional.of(record.specJson())))
                .or(() -> before.flatMap(WorkloadRecord::stable));
    }

    private static boolean worked(WorkloadRecord record, List<ReplicaRecord> replicas, Signals signals) {
        List<ReplicaRecord> own = replicas.stream()
                .filter(replica -> replica.version().equals(record.version()))
                .toList();
        return own.stream().anyMatch(signals::isServing) && own.stream().allMatch(replica -> replica.failures() == 0);
    }

    /// Whether what is declared is known to work already.
    boolean isStable() {
        return stable.filter(declared::isSameEdit).isPresent();
    }

    /// Whether nothing would become of it if it were found to work.
    boolean isRecordedAsStable() {
        return stable.filter(declaredAsStable()::equals).isPresent();
    }

    private StableVersion declaredAsStable() {
        return new StableVersion(declared.version(), declared.replicaJson(), Optional.of(declared.json()));
    }

    String launchVersion() {
        return inForce.version();
    }

    Optional<String> note() {
        return failed.map(version -> "the roll-out of version " + version + " is stopped: its replicas failed "
                + Doubt.FAILURES_TO_STOP + " times and did not stay healthy for min_healthy of "
                + Durations.text(declared.spec().update().minHealthy()) + ", or no place took their launches; "
                + stable.map(StableVersion::version)
                        .map(good -> good.equals(version)
                                ? "the places and settings from before go on"
                                : "version " + good + " goes on with its places")
                        .orElse("nothing goes on")
                + (launchable
                        ? ""
                        : ", but cannot be launched again, as sensitive values are not kept or it cannot be read")
                + ". Change the service and apply again.");
    }

    String outdatedBecause(Replicas fleet, ReplicaRecord replica) {
        if (!replica.version().equals(launchVersion())) {
            return failed.isPresent() ? "its version does not work" : "replaced by version " + launchVersion();
        }
        if (replica.atRiskSince().isPresent()) {
            return "the cloud says that it is at elevated risk, and its replacement serves";
        }
        return fleet.permits(replica.offer()) ? "replaced, as requested" : "not permitted by resources any more";
    }

    WorkloadRecord record(Optional<WorkloadRecord> before, Autoscaler.Decision scale, boolean settled, Instant now) {
        ServiceSpec spec = declared.spec();
        Optional<StableVersion> stableNow = settled && failed.isEmpty() ? Optional.of(declaredAsStable()) : stable;
        return new WorkloadRecord(
                spec.name(),
                spec.address(),
                WorkloadRecord.SERVICE,
                new WorkloadRecord.Edit(declared.json(), declared.version(), editedAt),
                scale.wanted(),
                scale.memory(),
                failed,
                stableNow,
                spec.protect(),
                before.map(WorkloadRecord::createdAt).orElse(now),
                "");
    }

    /// What the failures of the replicas say that follow the edit in force.
    Doubt doubt(List<ReplicaRecord> replicas, Signals signals) {
        return Doubt.about(
                replicas.stream()
                        .filter(replica -> replica.version().equals(launchVersion()))
                        .filter(replica ->
                                replica.isProven() || !replica.requestedAt().isBefore(editedAt))
                        .toList(),
                signals);
    }
}
