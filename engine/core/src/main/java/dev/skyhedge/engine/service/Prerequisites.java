package dev.skyhedge.engine.service;

import dev.skyhedge.engine.plan.Action;
import dev.skyhedge.engine.plan.Awaited;
import dev.skyhedge.engine.plan.Plan;
import dev.skyhedge.specs.CheckResult;
import dev.skyhedge.specs.ServiceSpec;
import dev.skyhedge.state.records.ReplicaRecord;
import dev.skyhedge.state.records.WorkloadRecord;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// What has to be so before a service is launched first, or changed: what it depends on, and its preconditions.
final class Prerequisites {
    private final ServiceSpec spec;
    private final boolean hasBegun;
    private final List<CheckResult> open;

    /// @param json the service as it is to be recorded
    /// @param before as it is recorded
    Prerequisites(ServiceSpec spec, String json, Optional<WorkloadRecord> before, List<ReplicaRecord> replicas) {
        this.spec = spec;
        this.hasBegun = replicas.stream()
                .anyMatch(replica -> replica.lifecycle().isLive()
                        || before.filter(record -> !replica.requestedAt().isBefore(record.createdAt()))
                                .isPresent());
        // What was accepted once is not called into question when the figures change that a precondition asks for.
        boolean isNews = !hasBegun
                || before.filter(record -> record.specJson().equals(json)).isEmpty();
        this.open = isNews ? spec.preconditions() : List.of();
    }

    /// Names of the services that this one has to wait for. Only a service that has never been launched waits:
    /// one that runs must not suffer when another one is degraded.
    List<String> notReady(Predicate<String> isReady) {
        return hasBegun
                ? List.of()
                : spec.dependsOn().stream().filter(isReady.negate()).toList();
    }

    /// What keeps the service as it is; the plan has nothing else of it then.
    List<Plan.Problem> failed() {
        return open.stream()
                .filter(one -> one.status() == CheckResult.Status.FAIL)
                .map(one ->
                        new Plan.Problem(spec.name(), "Service precondition failed", String.join("\n", one.messages())))
                .toList();
    }

    /// These actions, later where it is not known yet whether preconditions are met.
    List<Action> await(List<Action> actions) {
        if (open.isEmpty()) {
            return actions;
        }
        var until = new Awaited.Checked(spec.name());
        return actions.stream()
                .<Action>map(action -> new Action.Later(action, until))
                .toList();
    }
}
