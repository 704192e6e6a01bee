package dev.skyhedge.specs.loading;

import dev.skyhedge.specs.Limits;
import dev.skyhedge.specs.diagnostics.Diagnostic;
import dev.skyhedge.specs.evaluation.Budget;
import dev.skyhedge.specs.evaluation.Environment;
import dev.skyhedge.specs.evaluation.Evaluator;
import dev.skyhedge.specs.functions.FunctionTable;
import dev.skyhedge.specs.functions.Surroundings;
import dev.skyhedge.specs.schema.Language;
import dev.skyhedge.specs.syntax.Body;
import dev.skyhedge.specs.values.Type;
import dev.skyhedge.specs.values.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What all modules of a spec share while they are read: limits, the budget of evaluation, diagnostics.
final class Reading {
    private final Language language;
    private final Limits limits;
    private final FunctionTable functions = FunctionTable.standard();
    private final Surroundings surroundings;
    private final Budget budget;
    private final Set<Diagnostic> diagnostics = new LinkedHashSet<>();
    private final Map<String, Body.Block> workloadBlocks = new HashMap<>();
    private final List<MissingVariable> missing = new ArrayList<>();
    private long errors;
    private final Optional<Map<String, Integer>> readyReplicas;
    private int modules;
    private boolean ended;

    /// @param budget what the evaluation of all modules may use together
    /// @param readyReplicas how many are ready, by name of the workload; empty if that is not known yet
    Reading(
            Language language,
            Limits limits,
            Surroundings surroundings,
            Budget budget,
            Optional<Map<String, Integer>> readyReplicas) {
        this.language = language;
        this.limits = limits;
        this.surroundings = surroundings;
        this.budget = budget;
        this.readyReplicas = readyReplicas;
    }

    Language language() {
        return language;
    }

    Limits limits() {
        return limits;
    }

    FunctionTable functions() {
        return functions;
    }

    Evaluator evaluator(Environment names) {
        return new Evaluator(names, functions, limits, budget, surroundings);
    }

    Surroundings surroundings() {
        return surroundings;
    }

    /// How many replicas of the workload are ready; unknown if nobody has looked.
    Value readyReplicas(String workload) {
        return readyReplicas
                .flatMap(known -> Optional.ofNullable(known.get(workload)))
                .<Value>map(Value::of)
                .orElseGet(() -> new Value.UnknownValue(Type.NUMBER));
    }

    /// Whether the spec has been read well before, and is read again for what has become known since.
    boolean isAnotherReading() {
        return readyReplicas.isPresent();
    }

    /// Keeps it. Once the budget is spent nothing can be evaluated: one error says so, and what else fails is only
    /// its consequence.
    void report(Diagnostic diagnostic) {
        if (budget.isSpent() && diagnostic.isError()) {
            errors++;
            if (!ended) {
                ended = true;
                diagnostics.add(diagnostic);
            }
        } else if (diagnostics.add(diagnostic) && diagnostic.isError()) {
            errors++;
        }
    }

    void lacks(List<MissingVariable> variables) {
        missing.addAll(variables);
    }

    /// Variables of the root without a value.
    List<MissingVariable> missing() {
        return List.copyOf(missing);
    }

    List<Diagnostic> diagnostics() {
        return List.copyOf(diagnostics);
    }

    /// How many errors there are so far.
    long errors() {
        return errors;
    }

    /// Blocks of workloads by name of the workload.
    Map<String, Body.Block> workloadBlocks() {
        return workloadBlocks;
    }

    /// Counts an instance of a module.
    ///
    /// @return whether there may be one more
    boolean enterModule() {
        return ++modules <= limits.instances();
    }
}
