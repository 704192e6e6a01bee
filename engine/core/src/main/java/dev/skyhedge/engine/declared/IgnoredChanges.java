package dev.skyhedge.engine.declared;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skyhedge.engine.plan.Plan;
import dev.skyhedge.specs.Moved;
import dev.skyhedge.specs.ServiceSpec;
import dev.skyhedge.specs.Spec;
import dev.skyhedge.specs.WorkloadAddress;
import dev.skyhedge.state.records.WorkloadRecord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// Puts the recorded values in the place of those whose changes a service ignores. It is done once, where a
/// spec meets a state, so that everything after it, the balancer included, sees one spec. A service that is
/// not recorded yet is as declared.
public final class IgnoredChanges {
    private IgnoredChanges() {}

    /// What came of it.
    ///
    /// @param spec with recorded values where they are to be kept
    /// @param problems services whose recorded values cannot be kept
    public record Result(Spec spec, List<Plan.Problem> problems) {
        public Result {
            problems = List.copyOf(problems);
        }
    }

    /// The spec as it is to be planned.
    public static Result keep(Spec declared, Collection<WorkloadRecord> recorded) {
        if (declared.services().values().stream()
                .allMatch(service -> service.ignoreChanges().isEmpty())) {
            return new Result(declared, List.of());
        }
        List<Plan.Problem> problems = new ArrayList<>();
        SequencedMap<String, ServiceSpec> services = new LinkedHashMap<>();
        declared.services().forEach((name, service) -> {
            Optional<WorkloadRecord> record = service.ignoreChanges().isEmpty()
                    ? Optional.empty()
                    : recorded.stream()
                            .filter(one -> addressNow(declared, one).equals(service.address()))
                            .findFirst();
            try {
                services.put(
                        name, record.map(one -> keep(service, one.specJson())).orElse(service));
            } catch (IllegalArgumentException e) {
                services.put(name, service);
                problems.add(new Plan.Problem(
                        name,
                        "Changes cannot be ignored",
                        "ignore_changes of " + service.address() + " asks for a recorded value, but " + e.getMessage()
                                + ". Take it out of ignore_changes."));
            }
        });
        return new Result(declared.with(services), problems);
    }

    private static ServiceSpec keep(ServiceSpec service, String recordedJson) {
        JsonNode asDeclared = SpecJson.read(SpecJson.of(service));
        JsonNode recorded = SpecJson.read(recordedJson);
        ObjectNode kept = asDeclared.deepCopy();
        for (String path : service.ignoreChanges()) {
            int dot = path.indexOf('.');
            if (dot < 0) {
                copy(recorded, kept, path);
            } else if (kept.get(path.substring(0, dot)) instanceof ObjectNode section) {
                copy(recorded.path(path.substring(0, dot)), section, path.substring(dot + 1));
            }
        }
        return new RecordedSpec(service, asDeclared, kept).read();
    }

    private static void copy(JsonNode from, ObjectNode to, String name) {
        if (from.has(name)) {
            to.set(name, from.get(name));
        } else {
            to.remove(name);
        }
    }

    private static String addressNow(Spec spec, WorkloadRecord record) {
        return WorkloadAddress.parse(record.address())
                .flatMap(address -> spec.moved().stream()
                        .flatMap((Moved moved) -> moved.of(address).stream())
                        .findFirst())
                .map(WorkloadAddress::toString)
                .orElse(record.address());
    }
}
