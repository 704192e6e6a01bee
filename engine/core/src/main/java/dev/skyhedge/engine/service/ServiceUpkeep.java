package dev.skyhedge.engine.service;

import dev.skyhedge.engine.declared.Declarations;
import dev.skyhedge.engine.declared.RecordedSpec;
import dev.skyhedge.engine.declared.SpecJson;
import dev.skyhedge.engine.workload.Upkeep;
import dev.skyhedge.specs.AccessSpec;
import dev.skyhedge.specs.ReadinessSpec;
import dev.skyhedge.specs.ReplicaSpec;
import dev.skyhedge.specs.ServiceSpec;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.state.records.ReplicaRecord;
import dev.skyhedge.state.records.WorkloadRecord;
import dev.skyhedge.state.records.WorkloadRecord.StableVersion;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/// What one has to know of services to keep their replicas.
record ServiceUpkeep(Declarations declared) implements Upkeep {
    private Optional<ServiceSpec> service(String workload) {
        return declared.spec().service(workload);
    }

    @Override
    public Optional<String> version(String workload) {
        return declared.version(workload);
    }

    /// The stable edit is known from the record, too: it stands in while the declared one does not work.
    @Override
    public Optional<ReplicaSpec> replica(String workload, String version, Optional<WorkloadRecord> recorded) {
        return service(workload)
                .filter(_ -> version(workload).equals(Optional.of(version)))
                .map(ServiceSpec::replica)
                .or(() -> stable(version, recorded).flatMap(stable -> SpecJson.readReplica(stable.replicaJson())));
    }

    @Override
    public Optional<ReadinessSpec> readiness(ReplicaRecord replica, Optional<WorkloadRecord> recorded) {
        Optional<ReadinessSpec> wanted = service(replica.service()).map(ServiceSpec::readiness);
        return wanted.isEmpty() || version(replica.service()).equals(Optional.of(replica.version()))
                ? wanted
                : stable(replica.version(), recorded)
                        .flatMap(StableVersion::specJson)
                        .map(RecordedSpec::readinessOf)
                        .or(() -> wanted);
    }

    /// Of an edit that was neither finished nor is the last one, nothing is kept: it is taken to be as the declared
    /// one.
    @Override
    public Optional<AccessSpec> access(ReplicaRecord replica, Optional<WorkloadRecord> recorded) {
        Optional<AccessSpec> wanted =
                service(replica.service()).map(ServiceSpec::replica).map(ReplicaSpec::access);
        if (version(replica.service()).equals(Optional.of(replica.version()))) {
            return wanted;
        }
        Optional<WorkloadRecord> kept = recorded.filter(record -> record.is(WorkloadRecord.SERVICE));
        return stable(replica.version(), recorded)
                .map(StableVersion::replicaJson)
                .or(() -> kept.filter(
                                record -> wanted.isEmpty() || record.version().equals(replica.version()))
                        .map(WorkloadRecord::specJson))
                .map(SpecJson::accessOf)
                .or(() -> wanted);
    }

    private static Optional<StableVersion> stable(String version, Optional<WorkloadRecord> recorded) {
        return recorded.filter(record -> record.is(WorkloadRecord.SERVICE))
                .flatMap(WorkloadRecord::stable)
                .filter(stable -> stable.version().equals(version));
    }

    @Override
    public Optional<Trial> trial(String workload) {
        return service(workload)
                .map(ServiceSpec::update)
                .map(update -> new Trial(update.minHealthy(), Seasoning.time(update)));
    }

    @Override
    public Optional<Duration> drainTimeout(String workload, Optional<WorkloadRecord> recorded) {
        return recorded.filter(record -> record.is(WorkloadRecord.SERVICE))
                .map(record -> SpecJson.drainTimeout(record.specJson()));
    }

    @Override
    public boolean hasEndpoint(String workload) {
        return service(workload).flatMap(ServiceSpec::endpoint).isPresent();
    }

    @Override
    public boolean wants(Instance instance, Function<String, Optional<WorkloadRecord>> recorded) {
        return ImportedInstances.isWanted(declared.spec(), instance, recorded);
    }
}
