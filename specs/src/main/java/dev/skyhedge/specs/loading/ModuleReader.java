package dev.skyhedge.specs.loading;

import dev.skyhedge.specs.CheckResult;
import dev.skyhedge.specs.OutputSpec;
import dev.skyhedge.specs.WorkloadSpec;
import dev.skyhedge.specs.diagnostics.Diagnostic;
import dev.skyhedge.specs.evaluation.Environment;
import dev.skyhedge.specs.evaluation.Evaluation;
import dev.skyhedge.specs.evaluation.Evaluator;
import dev.skyhedge.specs.evaluation.Reference;
import dev.skyhedge.specs.syntax.Body;
import dev.skyhedge.specs.syntax.Expression;
import dev.skyhedge.specs.values.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/// Evaluates one instance of a module: its variables, then locals, workloads and inner modules in the order of
/// their references, then what nothing refers to. Pure; used once.
final class ModuleReader {
    private static final int SHOWN_OF_CYCLE = 10;

    private final ModuleFiles files;
    private final ModulePath path;
    private final Reading reading;
    private final Moves moves;
    private final Declarations declarations;
    private final References references;
    private final Environment environment;
    private final Evaluator evaluator;
    private final Map<String, Value> known = new HashMap<>();
    private final Set<String> failed = new HashSet<>();
    private final WorkloadReader workloads;
    private final List<CheckResult> checks = new ArrayList<>();

    ModuleReader(ModuleFiles files, ModulePath path, Reading reading, Moves moves) {
        this.files = files;
        this.path = path;
        this.reading = reading;
        this.moves = moves;
        this.workloads = new WorkloadReader(path, reading);
        this.declarations = Declarations.of(files.bodies(), reading.language().names(), reading::report);
        this.references = References.of(declarations, reading.language(), reading.functions(), reading::report);
        this.environment = this::value;
        this.evaluator = reading.evaluator(environment);
    }

    private Optional<Value> value(String kind, String name) {
        if (kind.equals("path")) {
            return Optional.of(Value.of(name.equals("root") ? "." : files.directory()));
        }
        return Optional.ofNullable(known.get(kind + "." + name));
    }

    Declarations declarations() {
        return declarations;
    }

    References references() {
        return references;
    }

    Environment environment() {
        return environment;
    }

    Evaluator evaluator() {
        return evaluator;
    }

    List<CheckResult> checks() {
        return checks;
    }

    /// Evaluates everything but providers and outputs.
    void read(List<GivenValue> given) {
        variables(given);
        failed.addAll(references.failed());
        DependencyGraph.Order order = references.graph().order();
        order.cycles().forEach(this::cycle);
        failed.addAll(order.cyclic());
        BrokenBlocks broken = new BrokenBlocks(reading.diagnostics());
        order.order().forEach(node -> evaluate(node, broken));
        validations();
        declarations.moves().forEach(block -> moves.add(block, path.address(), evaluator));
        whole(
                "check.",
                declarations.checks(),
                (name, block) -> checks.add(
                        Checks.evaluate(path.address() + "check." + name, block, evaluator, reading::report)));
    }

    private void variables(List<GivenValue> given) {
        Variables variables = new Variables(
                declarations.variables(),
                path.caller(),
                reading.evaluator(Environment.EMPTY),
                reading.limits(),
                reading::report);
        Map<String, Value> values = variables.values(given);
        reading.lacks(variables.missing());
        for (String name : declarations.variables().keySet()) {
            Value value = values.get(name);
            if (value == null) {
                failed.add("var." + name);
            } else {
                known.put("var." + name, value);
            }
        }
    }

    private void cycle(List<DependencyGraph.Edge> cycle) {
        String left = cycle.size() > SHOWN_OF_CYCLE ? "… " + (cycle.size() - SHOWN_OF_CYCLE) + " more … → " : "";
        String members = cycle.stream()
                .limit(SHOWN_OF_CYCLE)
                .map(edge -> edge.from() + " (" + edge.place().place() + ") → ")
                .collect(Collectors.joining("", "", left + cycle.getFirst().from()));
        reading.report(Diagnostic.error(
                cycle.getFirst().place(),
                "Cycle",
                "These refer to each other in a circle, so none can be evaluated: " + members + "."));
    }

    private void evaluate(String node, BrokenBlocks broken) {
        boolean poisoned = failed.contains(node)
                || references.graph().references(node).stream().anyMatch(failed::contains);
        String name = node.substring(node.indexOf('.') + 1);
        boolean well = !poisoned
                && switch (node.substring(0, node.indexOf('.'))) {
                    case "local" -> local(name, node);
                    case "module" -> module(name, node);
                    default -> workload(node, broken);
                };
        if (!well) {
            failed.add(node);
        }
    }

    private boolean local(String name, String node) {
        Body.Attribute attribute =
                Optional.ofNullable(declarations.locals().get(name)).orElseThrow();
        Evaluation evaluation = evaluator.evaluate(attribute.expression());
        evaluation.diagnostics().forEach(d -> reading.report(d.in("locals")));
        evaluation.value().ifPresent(value -> known.put(node, value));
        return evaluation.value().isPresent();
    }

    /// Decodes all instances of the block of a workload.
    private boolean workload(String node, BrokenBlocks broken) {
        Body.Block block =
                Optional.ofNullable(declarations.workloads().get(node)).orElseThrow();
        if (broken.contains(block)) {
            if (Instances.repetition(block) == Instances.Repetition.SINGLE) {
                workloads.check(block, node, evaluator);
            }
            return false;
        }
        return instances(block, node, (instance, names) -> workloads.read(block, node, instance, names));
    }

    /// Reads all instances of an inner module.
    private boolean module(String name, String node) {
        Body.Block block = Optional.ofNullable(declarations.modules().get(name)).orElseThrow();
        Optional<ModuleFiles> inner = Optional.ofNullable(files.modules().get(name));
        return inner.isPresent()
                && instances(block, node, (instance, names) -> module(inner.get(), block, instance, names, node));
    }

    private Optional<Value> module(
            ModuleFiles inner, Body.Block block, Instances.Instance instance, Evaluator names, String node) {
        if (!reading.enterModule()) {
            reading.report(Diagnostic.error(
                    block.header(),
                    "Limit exceeded",
                    "All modules together may be made " + reading.limits().instances() + " times at most."));
            return Optional.empty();
        }
        long errors = reading.errors();
        ModuleArguments arguments = new ModuleArguments(block, names, reading::report);
        ModuleReader reader = new ModuleReader(inner, path.inner(instance, block), reading, moves);
        Optional<List<GivenValue>> given = arguments.values();
        given.ifPresent(reader::read);
        if (given.isEmpty() || reading.errors() > errors || !reader.failed.isEmpty()) {
            return Optional.empty();
        }
        workloads.add(node, reader.workloads());
        checks.addAll(reader.checks);
        SequencedMap<String, Value> outputs = new LinkedHashMap<>();
        reader.outputs(outputs::put);
        return reading.errors() > errors ? Optional.empty() : Optional.of(new Value.ObjectValue(outputs));
    }

    /// Makes something of each instance of a block, and of all results the value of references to the block.
    private boolean instances(Body.Block block, String node, Making making) {
        Optional<List<Instances.Instance>> instances =
                new Instances(block, evaluator, reading.limits().instances(), reading::report).instances();
        if (instances.isEmpty()) {
            return false;
        }
        SequencedMap<String, Value> values = new LinkedHashMap<>();
        for (Instances.Instance instance : instances.get()) {
            // One that knows no more than all others is not made anew.
            Evaluator names = instance.environment() == Environment.EMPTY
                    ? evaluator
                    : reading.evaluator(instance.environment().or(environment));
            Optional<Value> value = making.make(instance, names);
            if (value.isEmpty()) {
                return false;
            }
            values.put(instance.key(), value.get());
        }
        known.put(
                node,
                switch (Instances.repetition(block)) {
                    case SINGLE -> values.firstEntry().getValue();
                    case COUNT -> new Value.TupleValue(List.copyOf(values.values()));
                    case FOR_EACH -> new Value.ObjectValue(values);
                });
        return true;
    }

    /// Makes something of an instance; empty if it is an error.
    private interface Making {
        Optional<Value> make(Instances.Instance instance, Evaluator names);
    }

    private void validations() {
        Validations validations = new Validations(evaluator, reading::report);
        declarations.variables().forEach((name, block) -> {
            boolean poisoned = failed.contains("validation." + name)
                    || failed.contains("var." + name)
                    || block.body().blocks("validation").stream().anyMatch(rule -> refersToFailed(rule.body()));
            if (!poisoned) {
                validations.check(block);
            }
        });
    }

    private boolean refersToFailed(Body body) {
        for (Expression expression : References.expressions(body)) {
            if (Reference.in(expression).stream().anyMatch(r -> failed.contains(r.root() + "." + r.name()))) {
                return true;
            }
        }
        return false;
    }

    /// Does something with all blocks whose references could be evaluated.
    void whole(String kind, SequencedMap<String, Body.Block> blocks, BiConsumer<String, Body.Block> action) {
        blocks.forEach((name, block) -> {
            if (!failed.contains(kind + name) && !refersToFailed(block.body())) {
                action.accept(name, block);
            }
        });
    }

    /// Evaluates the outputs.
    void outputs(BiConsumer<String, Value> sink) {
        Outputs outputs = new Outputs(evaluator, reading::report);
        whole(
                "output.",
                declarations.outputs(),
                (name, block) -> outputs.value(block).ifPresent(value -> sink.accept(name, value)));
    }

    /// The outputs of the root.
    List<OutputSpec> rootOutputs() {
        Outputs outputs = new Outputs(evaluator, reading::report);
        List<OutputSpec> all = new ArrayList<>();
        outputs((name, value) -> Optional.ofNullable(declarations.outputs().get(name))
                .flatMap(block -> outputs.spec(name, block, value))
                .ifPresent(all::add));
        return all;
    }

    /// In order of declaration, whatever the order of evaluation was, those of inner modules after our own.
    List<WorkloadSpec> workloads() {
        List<WorkloadSpec> all =
                new ArrayList<>(workloads.of(declarations.workloads().keySet()));
        all.addAll(workloads.of(declarations.modules().keySet().stream()
                .map(name -> "module." + name)
                .toList()));
        return all;
    }
}
