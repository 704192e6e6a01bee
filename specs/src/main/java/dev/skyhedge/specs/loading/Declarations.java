package dev.skyhedge.specs.loading;

import dev.skyhedge.specs.diagnostics.Diagnostic;
import dev.skyhedge.specs.diagnostics.SourceRange;
import dev.skyhedge.specs.syntax.Body;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Consumer;

/// Everything that the files declare, by name, in order of declaration.
///
/// @param variables `variable` blocks
/// @param locals attributes of all `locals` blocks
/// @param providers `provider` blocks
/// @param workloads the blocks of workloads of all kinds, by kind and name: `service.chat`
/// @param outputs `output` blocks
/// @param modules `module` blocks
/// @param checks `check` blocks
/// @param budgets `budget` blocks, of which there may be one
/// @param moves `moved`, `removed` and `import` blocks
record Declarations(
        SequencedMap<String, Body.Block> variables,
        SequencedMap<String, Body.Attribute> locals,
        SequencedMap<String, Body.Block> providers,
        SequencedMap<String, Body.Block> workloads,
        SequencedMap<String, Body.Block> outputs,
        SequencedMap<String, Body.Block> modules,
        SequencedMap<String, Body.Block> checks,
        SequencedMap<String, Body.Block> budgets,
        List<Body.Block> moves) {
    private static final Set<String> MOVES = Set.of("moved", "removed", "import");

    /// Collects from blocks whose structure has been checked; what is declared twice is told to the sink, and
    /// the first one counts.
    ///
    /// @param kinds the types of the blocks of workloads
    static Declarations of(List<Body> files, Collection<String> kinds, Consumer<Diagnostic> sink) {
        Declarations all = new Declarations(
                new LinkedHashMap<>(),
                new LinkedHashMap<>(),
                new LinkedHashMap<>(),
                new LinkedHashMap<>(),
                new LinkedHashMap<>(),
                new LinkedHashMap<>(),
                new LinkedHashMap<>(),
                new LinkedHashMap<>(),
                new ArrayList<>());
        for (Body file : files) {
            all.named(file, "variable", all.variables, sink);
            all.named(file, "provider", all.providers, sink);
            all.named(file, "output", all.outputs, sink);
            all.named(file, "module", all.modules, sink);
            all.named(file, "check", all.checks, sink);
            file.blocks().filter(block -> kinds.contains(block.type())).forEach(block -> all.workload(block, sink));
            file.blocks().filter(block -> MOVES.contains(block.type())).forEach(all.moves::add);
            file.blocks("budget").forEach(block -> all.budget(block, sink));
            file.blocks("locals").forEach(block -> all.locals(block, sink));
        }
        return all;
    }

    private void named(Body file, String type, SequencedMap<String, Body.Block> into, Consumer<Diagnostic> sink) {
        file.blocks(type).forEach(block -> named(block, "", into, sink));
    }

    private void workload(Body.Block block, Consumer<Diagnostic> sink) {
        named(block, block.type() + ".", workloads, sink);
    }

    private static void named(
            Body.Block block, String prefix, SequencedMap<String, Body.Block> into, Consumer<Diagnostic> sink) {
        if (!block.labels().isEmpty()) {
            String name = block.labels().getFirst().text();
            Body.Block first = into.putIfAbsent(prefix + name, block);
            if (first != null) {
                duplicate(block.header(), block.type(), name, first.header(), sink);
            }
        }
    }

    private void budget(Body.Block block, Consumer<Diagnostic> sink) {
        Body.Block first = budgets.putIfAbsent("budget", block);
        if (first != null) {
            sink.accept(Diagnostic.error(
                    block.header(),
                    "Duplicate budget block",
                    "There is one budget for everything, and it was already declared at "
                            + first.header().place() + "."));
        }
    }

    private void locals(Body.Block block, Consumer<Diagnostic> sink) {
        block.body().attributes().forEach(attribute -> {
            Body.Attribute first = locals.putIfAbsent(attribute.name(), attribute);
            if (first != null) {
                duplicate(attribute.nameRange(), "local value", attribute.name(), first.nameRange(), sink);
            }
        });
        block.body()
                .blocks()
                .forEach(inner -> sink.accept(Diagnostic.error(
                        inner.typeRange(), "Unsupported block type", "Blocks are not expected in locals.")));
    }

    private static void duplicate(
            SourceRange second, String type, String name, SourceRange first, Consumer<Diagnostic> sink) {
        sink.accept(Diagnostic.error(
                second,
                "Duplicate " + type,
                "A " + type + " named \"" + name + "\" was already declared at " + first.place()
                        + ". Names must be unique."));
    }
}
