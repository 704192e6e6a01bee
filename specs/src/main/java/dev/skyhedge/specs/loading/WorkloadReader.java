package dev.skyhedge.specs.loading;

import dev.skyhedge.specs.CheckResult;
import dev.skyhedge.specs.WorkloadSpec;
import dev.skyhedge.specs.diagnostics.Diagnostic;
import dev.skyhedge.specs.evaluation.Evaluator;
import dev.skyhedge.specs.evaluation.Reference;
import dev.skyhedge.specs.schema.WorkloadDefinition;
import dev.skyhedge.specs.syntax.Body;
import dev.skyhedge.specs.values.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Decodes the workloads of one instance of a module, of whatever kind they are, and keeps them with those of the
/// modules in it. Used once.
final class WorkloadReader {
    private final ModulePath path;
    private final Reading reading;
    /// By the declaration that made them: `service.chat`, `module.search`.
    private final Map<String, List<WorkloadSpec>> made = new HashMap<>();

    WorkloadReader(ModulePath path, Reading reading) {
        this.path = path;
        this.reading = reading;
    }

    /// The kind that a declaration is of: `service` for `service.chat`.
    private WorkloadDefinition kind(String node) {
        return reading.language().kind(node.substring(0, node.indexOf('.'))).orElseThrow();
    }

    /// Tells what is wrong with the values of a block whose structure is wrong already.
    void check(Body.Block block, String node, Evaluator names) {
        kind(node).check(block, names, reading::report);
    }

    /// Decodes an instance of a block.
    ///
    /// @return what references to it may ask for; empty if anything is wrong
    Optional<Value> read(Body.Block block, String node, Instances.Instance instance, Evaluator names) {
        WorkloadDefinition kind = kind(node);
        Optional<WorkloadSpec> spec = kind.decode(
                        block,
                        path.names() + instance.name(),
                        path.address() + instance.address(),
                        names,
                        reading::report)
                .map(workload -> workload.after(dependencies(block)));
        return spec.flatMap(workload -> underItsPreconditions(workload, block, names))
                .filter(workload -> add(workload, node, block))
                .map(workload ->
                        new Value.ObjectValue(kind.attributes(workload, reading.readyReplicas(workload.name()))));
    }

    private Optional<WorkloadSpec> underItsPreconditions(WorkloadSpec workload, Body.Block block, Evaluator names) {
        Conditions conditions = new Conditions(names, block.title(), reading::report);
        String failed = capitalized(workload.kind()) + " precondition failed";
        if (!reading.isAnotherReading() && !conditions.require(block, "precondition", failed)) {
            return Optional.empty();
        }
        List<CheckResult> open = conditions.open(block, "precondition", workload.address());
        return Optional.of(workload.under(open));
    }

    private static String capitalized(String word) {
        return Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }

    /// Names of the workloads that `depends_on` lists; a module stands for all workloads in it.
    private List<String> dependencies(Body.Block block) {
        Optional<Body.Attribute> written = block.body().attribute("depends_on");
        if (written.isEmpty()) {
            return List.of();
        }
        return Reference.in(written.get().expression()).stream()
                .flatMap(r -> made.getOrDefault(r.root() + "." + r.name(), List.of()).stream())
                .map(WorkloadSpec::name)
                .distinct()
                .toList();
    }

    private boolean add(WorkloadSpec spec, String node, Body.Block block) {
        Body.Block first = reading.workloadBlocks().putIfAbsent(spec.name(), block);
        if (first != null) {
            reading.report(Diagnostic.error(
                    block.header(),
                    first.type().equals(block.type()) ? "Duplicate " + spec.kind() : "Duplicate name",
                    spec.address() + " would be named \"" + spec.name() + "\" like the " + first.type() + " at "
                            + first.header().place() + "."));
            return false;
        }
        made.computeIfAbsent(node, ignored -> new ArrayList<>()).add(spec);
        return true;
    }

    /// Keeps the workloads of an inner module.
    void add(String module, List<WorkloadSpec> inner) {
        made.computeIfAbsent(module, ignored -> new ArrayList<>()).addAll(inner);
    }

    /// What these declarations made, in their order.
    List<WorkloadSpec> of(Collection<String> nodes) {
        return nodes.stream()
                .flatMap(node -> made.getOrDefault(node, List.of()).stream())
                .toList();
    }
}
