package dev.skyhedge.specs.loading;

import dev.skyhedge.specs.Import;
import dev.skyhedge.specs.Moved;
import dev.skyhedge.specs.Removed;
import dev.skyhedge.specs.ServiceAddress;
import dev.skyhedge.specs.ServiceSpec;
import dev.skyhedge.specs.diagnostics.Diagnostic;
import dev.skyhedge.specs.evaluation.Evaluator;
import dev.skyhedge.specs.syntax.Body;
import dev.skyhedge.specs.syntax.Expression;
import dev.skyhedge.specs.values.NumberText;
import dev.skyhedge.specs.values.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Consumer;

/// The `moved`, `removed` and `import` blocks of all modules.
final class Moves {
    private final Consumer<Diagnostic> sink;
    private final SequencedMap<ServiceAddress, Step> moved = new LinkedHashMap<>();
    private final SequencedMap<Removed, Body.Block> removed = new LinkedHashMap<>();
    private final SequencedMap<Import, Body.Block> imports = new LinkedHashMap<>();

    Moves(Consumer<Diagnostic> sink) {
        this.sink = sink;
    }

    private record Step(ServiceAddress to, Body.Block block) {}

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
        Optional<ServiceAddress> from = address(block, "from", module);
        Optional<ServiceAddress> to = address(block, "to", module);
        if (from.isEmpty() || to.isEmpty()) {
            return;
        }
        Step first = moved.putIfAbsent(from.get(), new Step(to.get(), block));
        if (first != null && !first.to.equals(to.get())) {
            error(
                    block,
                    "Ambiguous move statements",
                    from.get() + " was already moved to " + first.to + " at "
                            + first.block.header().place() + ".");
        }
    }

    private boolean isDestroyed(Body.Block block, Evaluator evaluator) {
        return block.body().blocks("lifecycle").stream()
                .flatMap(l -> l.body().attribute("destroy").stream())
                .flatMap(a -> evaluator.evaluate(a.expression()).value().stream())
                .noneMatch(v -> v.equals(Value.of(false)));
    }

    private void imported(Body.Block block, String module, Evaluator evaluator) {
        Optional<ServiceAddress> to = address(block, "to", module);
        Optional<Value> id = block.body()
                .attribute("id")
                .flatMap(a -> evaluator.evaluate(a.expression()).value());
        if (to.isPresent() && id.isPresent() && id.get() instanceof Value.StringValue(String text) && !text.isEmpty()) {
            imports.put(new Import(to.get(), text), block);
        } else if (to.isPresent()) {
            error(block, "Invalid import id argument", "The id must be a text that is known and not sensitive.");
        }
    }

    private Optional<ServiceAddress> address(Body.Block block, String name, String module) {
        Optional<Body.Attribute> attribute = block.body().attribute(name);
        Optional<ServiceAddress> address =
                attribute.flatMap(a -> text(a.expression())).flatMap(ServiceAddress::parse);
        if (attribute.isPresent() && address.isEmpty()) {
            sink.accept(Diagnostic.error(
                            attribute.get().expression().range(),
                            "Invalid address",
                            "The address of a service is required: service.NAME, service.NAME[0] or service.NAME[\"key\"],"
                                    + " maybe after module.NAME.")
                    .in(block.title()));
        }
        return address.map(a -> a.in(module));
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
    List<Moved> moved(Collection<ServiceSpec> services) {
        List<Moved> all = new ArrayList<>();
        moved.forEach((from, step) -> {
            still(services, from)
                    .ifPresent(service -> error(
                            step.block,
                            "Moved object still exists",
                            from + " was moved to " + step.to + ", but " + service.address() + " is still declared."));
            ServiceAddress to = step.to;
            int steps = 0;
            while (moved.containsKey(to) && steps++ <= moved.size()) {
                to = Optional.ofNullable(moved.get(to)).orElseThrow().to;
            }
            if (steps > moved.size()) {
                error(
                        step.block,
                        "Cyclic dependency in move statements",
                        "The moves from " + from + " lead in a circle.");
            } else {
                all.add(new Moved(from, to));
            }
        });
        return all;
    }

    /// What was removed; it must not be declared.
    List<Removed> removed(Collection<ServiceSpec> services) {
        removed.forEach((one, block) -> still(services, one.from())
                .ifPresent(service -> error(
                        block,
                        "Removed object still exists",
                        "The block says that " + one.from() + " is removed, but " + service.address()
                                + " is still declared.")));
        return List.copyOf(removed.keySet());
    }

    /// What is to be adopted; its service must be declared.
    List<Import> imports(Collection<ServiceSpec> services) {
        imports.forEach((one, block) -> {
            boolean declared =
                    services.stream().anyMatch(s -> s.address().equals(one.to().toString()));
            if (!declared) {
                error(
                        block,
                        "Configuration for import target does not exist",
                        "There is no " + one.to() + " in the spec.");
            }
        });
        return List.copyOf(imports.keySet());
    }

    private static Optional<ServiceSpec> still(Collection<ServiceSpec> services, ServiceAddress address) {
        return services.stream()
                .filter(s -> s.address().equals(address.toString()))
                .findFirst();
    }

    private void error(Body.Block block, String summary, String detail) {
        sink.accept(Diagnostic.error(block.header(), summary, detail).in(block.title()));
    }
}
