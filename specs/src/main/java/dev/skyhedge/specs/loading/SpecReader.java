package dev.skyhedge.specs.loading;

import dev.skyhedge.specs.BudgetSpec;
import dev.skyhedge.specs.Import;
import dev.skyhedge.specs.Moved;
import dev.skyhedge.specs.OutputSpec;
import dev.skyhedge.specs.ProviderSpec;
import dev.skyhedge.specs.Removed;
import dev.skyhedge.specs.Spec;
import dev.skyhedge.specs.WorkloadSpec;
import dev.skyhedge.specs.diagnostics.Diagnostic;
import dev.skyhedge.specs.schema.BudgetDecoder;
import dev.skyhedge.specs.schema.ProviderDecoder;
import dev.skyhedge.specs.schema.StructureCheck;
import dev.skyhedge.specs.syntax.Body;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;

/// Parsed files and given values to a spec. Pure; used once.
final class SpecReader {
    private final ModuleFiles files;
    private final Reading reading;
    private final Moves moves;

    SpecReader(ModuleFiles files, Reading reading) {
        this.files = files;
        this.reading = reading;
        this.moves = new Moves(reading.language(), reading::report);
        structure(files, new IdentityHashMap<>());
    }

    /// What was read.
    record Result(
            Optional<Spec> spec,
            List<Diagnostic> diagnostics,
            Map<String, Body.Block> providerBlocks,
            Map<String, Body.Block> workloadBlocks,
            SequencedMap<String, SequencedSet<String>> references,
            SpecExpressions expressions,
            List<MissingVariable> missing) {}

    private void structure(ModuleFiles module, IdentityHashMap<ModuleFiles, Boolean> done) {
        if (done.put(module, true) == null) {
            for (Body body : module.bodies()) {
                StructureCheck.file(body, reading.language()).forEach(reading::report);
                if (module != files) {
                    refuse(body, "provider", "Providers are");
                    refuse(body, "budget", "The budget is");
                }
            }
            module.modules().values().forEach(inner -> structure(inner, done));
        }
    }

    private void refuse(Body body, String type, String what) {
        body.blocks(type)
                .forEach(block -> reading.report(Diagnostic.error(
                        block.header(),
                        "Unsupported block type",
                        what + " declared in the directory of the spec, not in its modules.")));
    }

    Result read(List<GivenValue> given) {
        ModuleReader root = new ModuleReader(files, ModulePath.ROOT, reading, moves);
        root.read(given);
        List<ProviderSpec> providers = new ArrayList<>();
        root.whole(
                "provider.",
                root.declarations().providers(),
                (name, block) -> providers.add(ProviderDecoder.decode(block, root.evaluator(), reading::report)));
        List<BudgetSpec> budgets = new ArrayList<>();
        root.whole(
                "",
                root.declarations().budgets(),
                (_, block) -> BudgetDecoder.decode(block, root.evaluator(), reading::report)
                        .ifPresent(budgets::add));
        List<OutputSpec> outputs = root.rootOutputs();
        List<WorkloadSpec> workloads = root.workloads();
        List<Moved> moved = moves.moved(workloads);
        List<Removed> removed = moves.removed(workloads);
        List<Import> imports = moves.imports(workloads);
        SequencedMap<String, WorkloadSpec> byName = new LinkedHashMap<>();
        workloads.forEach(workload -> byName.put(workload.name(), workload));
        Spec spec = new Spec(
                providers,
                byName,
                outputs,
                root.checks(),
                moved,
                removed,
                imports,
                budgets.stream().findFirst());
        new EndpointPorts(reading.workloadBlocks(), reading::report)
                .check(spec.services().values());
        return new Result(
                Optional.of(spec).filter(s -> reading.errors() == 0),
                reading.diagnostics(),
                Map.copyOf(root.declarations().providers()),
                Map.copyOf(reading.workloadBlocks()),
                root.references().all(),
                new SpecExpressions(root.declarations(), root.environment(), reading),
                reading.missing());
    }
}
