package dev.skyhedge.watch.planning;

import dev.skyhedge.engine.plan.Plan;
import dev.skyhedge.specs.diagnostics.Diagnostic;
import dev.skyhedge.specs.loading.LoadedSpec;
import java.util.List;

/// What forbids applying a plan, with its place in the spec where it has one.
final class PlanProblems {
    private PlanProblems() {}

    static List<Diagnostic> diagnostics(LoadedSpec loaded, List<Plan.Problem> problems) {
        return problems.stream()
                .map(problem -> loaded.rangeOfWorkload(problem.service())
                        .map(place -> Diagnostic.error(place, problem.summary(), problem.detail()))
                        .orElseGet(() -> Diagnostic.error(problem.summary(), problem.detail())))
                .toList();
    }
}
