package dev.skyhedge.specs.loading;

import dev.skyhedge.specs.Import;
import dev.skyhedge.specs.Moved;
import dev.skyhedge.specs.Removed;
import dev.skyhedge.specs.WorkloadAddress;
import dev.skyhedge.specs.WorkloadSpec;
import dev.skyhedge.specs.diagnostics.Diagnostic;
import dev.skyhedge.specs.evaluation.Evaluator;
import dev.skyhedge.specs.schema.Language;
import dev.skyhedge.specs.syntax.Body;
import dev.skyhedge.specs.syntax.Expression;
import dev.skyhedge.specs.values.NumberText;
import dev.skyhedge.specs.values.Value;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// The `moved`, `removed` and `import` blocks of all modules.
final class Moves {
    private final Language language;
    private final Consumer<Diagnostic> sink;
    private final MoveSteps moved;
    private final SequencedMap<Removed, Body.Block> removed = new LinkedHashMap<>();
    private final SequencedMap<Import, Body.Block> imports = new LinkedHashMap<>();

    Moves(Language language, Consumer<Diagnostic> sink) {
        this.language = language;
        this.sink = sink;
        this.moved = new MoveSteps(sink);
    }

    /// Reads a block of the module of that address.
    void add(Body.Block block, String module, Evaluator evaluator) {
        switch (block.type()) {
            case "moved" -> moved(block, module);
            case "removed" ->
                address(block, "from", module)
                        .ifPresent(from -> removed.put(new Removed(from, isDestroyed(block, evaluator)), block));
            default -> imported(block, module, evaluator);
        }
    }

    private void moved(Body.Block block, String module) {
        Optional<String> from = modulePath(block, "from");
        Optional<String> to = modulePath(block, "to");
        if (from.isPresent() && to.isPresent()) {
            moved.addModule(module + from.get(), module + to.get(), block);
        } else if (from.isPresent() || to.isPresent()) {
            error(
                    block,
                    "Invalid move",
                    "A " + String.join(" or ", language.names())
                            + " can only become one of its own kind, and a module a module.");
        } else {
            Optional<WorkloadAddress> source = address(block, "from", module);
            Optional<WorkloadAddress> target = address(block, "to", module);
            source.ifPresent(start -> target.ifPresent(end -> moved(start, end, block)));
        }
    }

    private void moved(WorkloadAddress from, WorkloadAddress to, Body.Block block) {
        if (from.kind().equals(to.kind())) {
            moved.addWorkload(from, to, block);
        } else {
            error(block, "Invalid move", "A " + from.kind() + " cannot become a " + to.kind() + ".");
        }
    }

    private static Optional<String> modulePath(Body.Block block, String name) {
        return block.body()
                .attribute(name)
                .flatMap(attribute -> text(attribute.expression()))
                .flatMap(WorkloadAddress::parseModule);
    }

    private boolean isDestroyed(Body.Block block, Evaluator evaluator) {
        return block.body().blocks("lifecycle").stream()
                .flatMap(l -> l.body().attribute("destroy").stream())
                .flatMap(a -> evaluator.evaluate(a.expression()).value().stream())
                .noneMatch(v -> v.equals(Value.of(false)));
    }

    private void imported(Body.Block block, String module, Evaluator evaluator) {
        Optional<WorkloadAddress> to = address(block, "to", module);
        Optional<Value> id = block.body()
                .attribute("id")
                .flatMap(a -> evaluator.evaluate(a.expression()).value());
        if (to.isPresent() && id.isPresent() && id.get() instanceof Value.StringValue(String text) && !text.isEmpty()) {
            imports.put(new Import(to.get(), text), block);
        } else if (to.isPresent()) {
            error(block, "Invalid import id argument", "The id must be a text that is known and not sensitive.");
        }
    }

    private Optional<WorkloadAddress> address(Body.Block block, String name, String module) {
        Optional<Body.Attribute> attribute = block.body().attribute(name);
        Optional<WorkloadAddress> address = attribute
                .flatMap(a -> text(a.expression()))
                .flatMap(WorkloadAddress::parse)
                .filter(a -> language.kind(a.kind()).isPresent());
        if (attribute.isPresent() && address.isEmpty()) {
            sink.accept(Diagnostic.error(
                            attribute.get().expression().range(),
                            "Invalid address",
                            "The address of a " + String.join(" or ", language.names()) + " is required: "
                                    + forms(language.names().getFirst()) + ", maybe after module.NAME."
                                    + (block.type().equals("moved") ? " Or that of a module: module.NAME." : ""))
                    .in(block.title()));
        }
        return address.map(a -> a.in(module));
    }

    private static String forms(String kind) {
        return kind + ".NAME, " + kind + ".NAME[0] or " + kind + ".NAME[\"key\"]";
    }

    /// The expression as an address is written; empty if it is anything else.
    private static Optional<String> text(Expression expression) {
        return switch (expression) {
            case Expression.Name name -> Optional.of(name.name());
            case Expression.Attribute(var source, String name, var ignored, var range) ->
                text(source).map(s -> s + "." + name);
            case Expression.Index(var source, var key, var range) ->
                text(source).flatMap(s -> key(key).map(k -> s + "[" + k + "]"));
            default -> Optional.empty();
        };
    }

    private static Optional<String> key(Expression key) {
        return switch (key) {
            case Expression.Literal(Value.NumberValue(var number), var range) -> Optional.of(NumberText.of(number));
            case Expression.Template(List<Expression.Part> parts, var range)
            when parts.size() == 1 && parts.getFirst() instanceof Expression.Part.Text(String text) ->
                Optional.of("\"" + text + "\"");
            default -> Optional.empty();
        };
    }

    /// Every move to where its chain ends; a chain that ends nowhere is an error.
    List<Moved> moved(Collection<WorkloadSpec> workloads) {
        return moved.isEmpty() ? List.of() : moved.all(addresses(workloads));
    }

    /// What was removed; it must not be declared.
    List<Removed> removed(Collection<WorkloadSpec> workloads) {
        Set<WorkloadAddress> declared = removed.isEmpty() ? Set.of() : addresses(workloads);
        removed.forEach((one, block) -> {
            if (declared.contains(one.from())) {
                error(
                        block,
                        "Removed object still exists",
                        "The block says that " + one.from() + " is removed, but it is still declared.");
            }
            moved.blockOf(one.from())
                    .ifPresent(move -> error(
                            block,
                            "Removed object was moved",
                            "The block says that " + one.from() + " is removed, but the one at "
                                    + move.header().place() + " that it has moved. Keep one of the two."));
        });
        return List.copyOf(removed.keySet());
    }

    /// What is to be adopted; its workload must be declared.
    List<Import> imports(Collection<WorkloadSpec> workloads) {
        Set<WorkloadAddress> declared = imports.isEmpty() ? Set.of() : addresses(workloads);
        imports.forEach((one, block) -> {
            if (!declared.contains(one.to())) {
                error(
                        block,
                        "Configuration for import target does not exist",
                        "There is no " + one.to() + " in the spec.");
            }
        });
        return List.copyOf(imports.keySet());
    }

    private static Set<WorkloadAddress> addresses(Collection<WorkloadSpec> workloads) {
        return workloads.stream()
                .flatMap(workload -> WorkloadAddress.parse(workload.address()).stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private void error(Body.Block block, String summary, String detail) {
        sink.accept(Diagnostic.error(block.header(), summary, detail).in(block.title()));
    }
}
