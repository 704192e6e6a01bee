package dev.skyhedge.engine.declared;

import dev.skyhedge.engine.plan.AgreedRemovals;
import dev.skyhedge.engine.plan.Plan;
import dev.skyhedge.specs.ServiceSpec;
import dev.skyhedge.specs.Spec;
import dev.skyhedge.state.records.WorkloadRecord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeSet;

/// Puts recorded services that may not go beside the declared ones, so that they are kept up in full: reconciled,
/// probed and served. It is done once, where a spec meets a state, so that everything after it, the balancer
/// included, sees one spec.
public final class KeptServices {
    private final Collection<WorkloadRecord> recorded;
    private final SequencedMap<String, ServiceSpec> services = new LinkedHashMap<>();
    private final List<Plan.Problem> problems = new ArrayList<>();

    private KeptServices(Collection<WorkloadRecord> recorded) {
        this.recorded = recorded.stream()
                .filter(workload -> workload.is(WorkloadRecord.SERVICE))
                .toList();
    }

    /// What came of it.
    ///
    /// @param spec with the kept services
    /// @param problems what cannot be kept up in full; nothing of that ends either
    public record Result(Spec spec, List<Plan.Problem> problems) {
        public Result {
            problems = List.copyOf(problems);
        }
    }

    /// The spec as it is to be planned.
    public static Result of(Spec declared, Collection<WorkloadRecord> recorded, SpecOrder order) {
        var kept = new KeptServices(recorded);
        return switch (order) {
            case SpecOrder.Declared(AgreedRemovals removals) -> kept.beside(declared, removals);
            case SpecOrder.Recorded _ -> kept.alone(declared);
        };
    }

    private Result beside(Spec declared, AgreedRemovals removals) {
        List<WorkloadRecord> undeclared = UndeclaredWorkloads.of(declared, recorded).stream()
                .filter(service -> !removals.include(service.name()))
                .toList();
        if (undeclared.isEmpty()) {
            return new Result(declared, List.of());
        }
        services.putAll(declared.services());
        var ports = new TreeSet<Integer>();
        declared.services().values().forEach(one -> one.endpoint().ifPresent(endpoint -> ports.add(endpoint.port())));
        for (WorkloadRecord record : undeclared) {
            read(record, Optional.empty()).ifPresent(service -> put(service, ports));
        }
        return new Result(declared.with(services), problems);
    }

    private void put(ServiceSpec service, TreeSet<Integer> ports) {
        boolean taken = service.endpoint().stream().anyMatch(endpoint -> !ports.add(endpoint.port()));
        if (taken) {
            problems.add(new Plan.Problem(
                    service.name(),
                    "A kept service has no endpoint",
                    service.address() + " is not in the spec and is kept, but its port is that of another service."));
        }
        services.put(service.name(), taken ? service.withoutEndpoint() : service);
    }

    private Result alone(Spec files) {
        for (WorkloadRecord record : recorded) {
            Optional<ServiceSpec> declared = files.service(record.name());
            read(record, declared).ifPresent(service -> services.put(service.name(), service));
        }
        return new Result(new Spec(files.providers(), services, List.of()), problems);
    }

    /// The service as it is recorded. One with a sensitive value can be read if the files have the same value.
    private Optional<ServiceSpec> read(WorkloadRecord record, Optional<ServiceSpec> declared) {
        try {
            return Optional.of(
                    declared.isPresent() ? RecordedSpec.of(record, declared.get()) : RecordedSpec.of(record));
        } catch (IllegalArgumentException e) {
            problems.add(new Plan.Problem(
                    record.name(),
                    "A service cannot be kept up",
                    record.address() + " is left as it is: nothing of it ends and nothing is launched for it, because "
                            + e.getMessage() + ". Watch with the spec that declares it."));
            return Optional.empty();
        }
    }
}
