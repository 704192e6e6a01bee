package dev.skyhedge.specs.loading;

import dev.skyhedge.specs.Import;
import dev.skyhedge.specs.Moved;
import dev.skyhedge.specs.OutputSpec;
import dev.skyhedge.specs.ProviderSpec;
import dev.skyhedge.specs.Removed;
import dev.skyhedge.specs.ServiceSpec;
import dev.skyhedge.specs.Spec;
import dev.skyhedge.specs.diagnostics.Diagnostic;
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
        this.moves = new Moves(reading::report);
        structure(files, new IdentityHashMap<>());
    }

    /// What was read.
    record Result(
            Optional<Spec> spec,
            List<Diagnostic> diagnostics,
            Map<String, Body.Block> providerBlocks,
            Map<String, Body.Block> serviceBlocks,
            SequencedMap<String, SequencedSet<String>> references,
            SpecExpressions expressions,
            List<MissingVariable> missing) {}

    private void structure(ModuleFiles module, IdentityHashMap<ModuleFiles, Boolean> done) {
        if (done.put(module, true) == null) {
            for (Body body : module.bodies()) {
                StructureCheck.file(body).forEach(reading::report);
                if (module != files) {
                    body.blocks("provider")
                            .forEach(block -> reading.report(Diagnostic.error(
                                    block.header(),
                                    "Unsupported block type",
                                    "Providers are declared in the directory of the spec, not in its modules.")));
                }
            }
            module.modules().values().forEach(inner -> structure(inner, done));
        }
    }

    Result read(List<GivenValue> given) {
        ModuleReader root = new ModuleReader(files, ModulePath.ROOT, reading, moves);
        root.read(given);
        List<ProviderSpec> providers = new ArrayList<>();
        root.whole(
                "provider.",
                root.declarations().providers(),
                (name, block) -> providers.add(ProviderDecoder.decode(block, root.evaluator(), reading::report)));
        List<OutputSpec> outputs = root.rootOutputs();
        List<ServiceSpec> services = root.services();
        new EndpointPorts(reading.serviceBlocks(), reading::report).check(services);
        List<Moved> moved = moves.moved(services);
        List<Removed> removed = moves.removed(services);
        List<Import> imports = moves.imports(services);
        SequencedMap<String, ServiceSpec> byName = new LinkedHashMap<>();
        services.forEach(service -> byName.put(service.name(), service));
        Spec spec = new Spec(providers, byName, outputs, root.checks(), moved, removed, imports);
        return new Result(
                Optional.of(spec).filter(s -> reading.errors() == 0),
                reading.diagnostics(),
                Map.copyOf(root.declarations().providers()),
                Map.copyOf(reading.serviceBlocks()),
                root.references().all(),
                new SpecExpressions(root.declarations(), root.environment(), reading),
                reading.missing());
    }
}
