package dev.skyhedge.specs.loading;

import dev.skyhedge.specs.EndpointSpec;
import dev.skyhedge.specs.Limits;
import dev.skyhedge.specs.OutputSpec;
import dev.skyhedge.specs.ProviderSpec;
import dev.skyhedge.specs.ServiceSpec;
import dev.skyhedge.specs.Spec;
import dev.skyhedge.specs.diagnostics.Diagnostic;
import dev.skyhedge.specs.diagnostics.SourceRange;
import dev.skyhedge.specs.evaluation.Budget;
import dev.skyhedge.specs.evaluation.Environment;
import dev.skyhedge.specs.evaluation.Evaluation;
import dev.skyhedge.specs.evaluation.Evaluator;
import dev.skyhedge.specs.evaluation.Reference;
import dev.skyhedge.specs.functions.FunctionTable;
import dev.skyhedge.specs.schema.ProviderDecoder;
import dev.skyhedge.specs.schema.ServiceDecoder;
import dev.skyhedge.specs.schema.StructureCheck;
import dev.skyhedge.specs.syntax.Body;
import dev.skyhedge.specs.syntax.Expression;
import dev.skyhedge.specs.values.Type;
import dev.skyhedge.specs.values.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;

/// Parsed files and given values to a spec. Pure; used once.
final class SpecReader {
    private static final Type UNKNOWN_COUNT = Type.NUMBER;

    private final List<Body> files;
    private final Limits limits;
    private final FunctionTable functions = FunctionTable.standard();
    private final Set<Diagnostic> diagnostics = new LinkedHashSet<>();
    private final Budget budget;
    private final Declarations declarations;
    private final Environment environment;
    private final Evaluator evaluator;
    private final DependencyGraph graph = new DependencyGraph();
    private final Map<String, Value> known = new HashMap<>();
    private final Set<String> failed = new HashSet<>();
    private final SequencedMap<String, ServiceSpec> services = new LinkedHashMap<>();
    private final Map<String, Body.Block> serviceBlocks = new HashMap<>();

    SpecReader(List<Body> files, String root, Limits limits) {
        this.files = files;
        this.limits = limits;
        this.budget = new Budget(limits);
        files.forEach(file -> diagnostics.addAll(StructureCheck.file(file)));
        this.declarations = Declarations.of(files, diagnostics::add);
        this.environment = (kind, name) ->
                kind.equals("path") ? Optional.of(Value.of(root)) : Optional.ofNullable(known.get(kind + "." + name));
        this.evaluator = evaluator(environment);
    }

    private Evaluator evaluator(Environment names) {
        return new Evaluator(names, functions, limits, budget);
    }

    /// What was read.
    record Result(
            Optional<Spec> spec,
            List<Diagnostic> diagnostics,
            Map<String, Body.Block> providerBlocks,
            Map<String, Body.Block> serviceBlocks) {}

    Result read(List<GivenValue> given) {
        variables(given);
        references();
        DependencyGraph.Order order = graph.order();
        order.cycles().forEach(this::cycle);
        failed.addAll(order.cyclic());
        Set<String> broken = brokenServices();
        for (String name : order.order()) {
            evaluate(name, broken);
        }
        validations();
        List<ProviderSpec> providers = providers();
        List<OutputSpec> outputs = outputs();
        SequencedMap<String, ServiceSpec> declared = inOrder();
        ports(declared);
        boolean valid = diagnostics.stream().noneMatch(Diagnostic::isError);
        Optional<Spec> spec = valid ? Optional.of(new Spec(providers, declared, outputs)) : Optional.empty();
        return new Result(
                spec, List.copyOf(diagnostics), Map.copyOf(declarations.providers()), Map.copyOf(serviceBlocks));
    }

    private void variables(List<GivenValue> given) {
        Map<String, Value> values = new Variables(
                        declarations.variables(), evaluator(Environment.EMPTY), limits, diagnostics::add)
                .values(given);
        for (String name : declarations.variables().keySet()) {
            Value value = values.get(name);
            if (value == null) {
                failed.add("var." + name);
            } else {
                known.put("var." + name, value);
            }
        }
    }

    /// Resolves all references and draws the graph of locals and services.
    private void references() {
        ReferenceCheck check = new ReferenceCheck(declarations, functions, diagnostics::add);
        declarations.locals().forEach((name, attribute) -> {
            String node = "local." + name;
            graph.declare(node);
            connect(node, attribute.expression(), check.check(attribute.expression(), "locals", Set.of()));
        });
        declarations.services().forEach((name, block) -> {
            String node = "service." + name;
            graph.declare(node);
            Set<String> instance = switch (ServiceInstances.repetition(block)) {
                case SINGLE -> Set.of();
                case COUNT -> Set.of("count.index");
                case FOR_EACH -> Set.of("each.key", "each.value");
            };
            for (Expression expression : expressions(block.body())) {
                connect(node, expression, check.check(expression, block.title(), instance));
            }
        });
        for (Body.Block block : declarations.providers().values()) {
            boolean well = expressions(block.body()).stream().allMatch(e -> check.check(e, block.title(), Set.of()));
            markFailed(well, "provider." + block.labels().getFirst().text());
        }
        declarations
                .outputs()
                .forEach((name, block) -> markFailed(
                        expressions(block.body()).stream().allMatch(e -> check.check(e, block.title(), Set.of())),
                        "output." + name));
        for (Body.Block variable : declarations.variables().values()) {
            for (Body.Block rule : variable.body().blocks("validation")) {
                boolean well =
                        expressions(rule.body()).stream().allMatch(e -> check.check(e, variable.title(), Set.of()));
                markFailed(well, "validation." + variable.labels().getFirst().text());
            }
        }
    }

    private void markFailed(boolean well, String node) {
        if (!well) {
            failed.add(node);
        }
    }

    private void connect(String node, Expression expression, boolean well) {
        markFailed(well, node);
        for (Reference reference : Reference.in(expression)) {
            graph.refer(node, reference.root() + "." + reference.name(), reference.range());
        }
    }

    private static List<Expression> expressions(Body body) {
        List<Expression> expressions = new ArrayList<>();
        body.attributes().forEach(attribute -> expressions.add(attribute.expression()));
        body.blocks().forEach(block -> expressions.addAll(expressions(block.body())));
        return expressions;
    }

    private void cycle(List<DependencyGraph.Edge> cycle) {
        String members = cycle.stream()
                .map(edge -> edge.from() + " (" + edge.place().place() + ") → ")
                .collect(Collectors.joining("", "", cycle.getFirst().from()));
        diagnostics.add(Diagnostic.error(
                cycle.getFirst().place(),
                "Cycle",
                "These refer to each other in a circle, so none can be evaluated: " + members + "."));
    }

    /// Services whose structure is wrong: they have been complained about, and are not decoded.
    private Set<String> brokenServices() {
        Set<String> broken = new HashSet<>();
        declarations.services().forEach((name, block) -> {
            SourceRange range = block.range();
            boolean hit = diagnostics.stream()
                    .filter(Diagnostic::isError)
                    .flatMap(d -> d.subject().stream())
                    .anyMatch(r -> r.source() == range.source() && r.from() >= range.from() && r.to() <= range.to());
            if (hit) {
                broken.add("service." + name);
            }
        });
        return broken;
    }

    private void evaluate(String node, Set<String> broken) {
        boolean poisoned =
                failed.contains(node) || graph.references(node).stream().anyMatch(failed::contains);
        if (poisoned) {
            failed.add(node);
            return;
        }
        String name = node.substring(node.indexOf('.') + 1);
        if (node.startsWith("local.")) {
            Evaluation evaluation = evaluator.evaluate(attribute(name).expression());
            evaluation.diagnostics().forEach(d -> diagnostics.add(d.in("locals")));
            evaluation.value().ifPresentOrElse(value -> known.put(node, value), () -> failed.add(node));
        } else if (broken.contains(node) || !service(name, node)) {
            failed.add(node);
        }
    }

    private Body.Attribute attribute(String local) {
        return Optional.ofNullable(declarations.locals().get(local)).orElseThrow();
    }

    /// Decodes all instances of a service block.
    ///
    /// @return whether all is well
    private boolean service(String name, String node) {
        Body.Block block =
                Optional.ofNullable(declarations.services().get(name)).orElseThrow();
        Optional<List<ServiceInstances.Instance>> instances =
                new ServiceInstances(block, evaluator, limits.instances(), diagnostics::add).instances();
        if (instances.isEmpty()) {
            return false;
        }
        SequencedMap<String, Value> values = new LinkedHashMap<>();
        for (ServiceInstances.Instance instance : instances.get()) {
            Evaluator inner = evaluator(instance.environment().or(environment));
            Optional<ServiceSpec> spec =
                    ServiceDecoder.decode(block, instance.name(), instance.address(), inner, diagnostics::add);
            if (spec.isEmpty() || !add(spec.get(), block)) {
                return false;
            }
            values.put(instance.key(), attributes(spec.get()));
        }
        known.put(
                node,
                switch (ServiceInstances.repetition(block)) {
                    case SINGLE -> values.firstEntry().getValue();
                    case COUNT -> new Value.TupleValue(List.copyOf(values.values()));
                    case FOR_EACH -> new Value.ObjectValue(values);
                });
        return true;
    }

    private boolean add(ServiceSpec spec, Body.Block block) {
        Body.Block first = serviceBlocks.putIfAbsent(spec.name(), block);
        if (first != null) {
            diagnostics.add(Diagnostic.error(
                    block.header(),
                    "Duplicate service",
                    spec.address() + " would be named \"" + spec.name() + "\" like the service at "
                            + first.header().place() + "."));
            return false;
        }
        services.put(spec.name(), spec);
        return true;
    }

    /// What references to a service may ask for.
    private static Value attributes(ServiceSpec spec) {
        Map<String, Value> attributes = new LinkedHashMap<>();
        attributes.put("name", Value.of(spec.name()));
        attributes.put("address", Value.of(spec.address()));
        attributes.put("url", spec.endpoint().map(e -> Value.of(e.url())).orElse(new Value.NullValue(Type.STRING)));
        attributes.put("port", spec.endpoint().map(e -> Value.of(e.port())).orElse(new Value.NullValue(Type.NUMBER)));
        attributes.put("ready_replicas", new Value.UnknownValue(UNKNOWN_COUNT));
        return new Value.ObjectValue(attributes);
    }

    private void validations() {
        Validations validations = new Validations(evaluator, diagnostics::add);
        declarations.variables().forEach((name, block) -> {
            boolean poisoned = failed.contains("validation." + name)
                    || failed.contains("var." + name)
                    || block.body().blocks("validation").stream()
                            .flatMap(rule -> expressions(rule.body()).stream())
                            .anyMatch(this::refersToFailed);
            if (!poisoned) {
                validations.check(block);
            }
        });
    }

    private boolean refersToFailed(Expression expression) {
        return Reference.in(expression).stream().anyMatch(r -> failed.contains(r.root() + "." + r.name()));
    }

    private List<ProviderSpec> providers() {
        List<ProviderSpec> providers = new ArrayList<>();
        declarations.providers().forEach((name, block) -> {
            boolean poisoned = failed.contains("provider." + name)
                    || expressions(block.body()).stream().anyMatch(this::refersToFailed);
            if (!poisoned) {
                providers.add(ProviderDecoder.decode(block, evaluator, diagnostics::add));
            }
        });
        return providers;
    }

    private List<OutputSpec> outputs() {
        List<OutputSpec> outputs = new ArrayList<>();
        declarations.outputs().forEach((name, block) -> {
            boolean poisoned = failed.contains("output." + name)
                    || expressions(block.body()).stream().anyMatch(this::refersToFailed);
            if (!poisoned) {
                output(name, block).ifPresent(outputs::add);
            }
        });
        return outputs;
    }

    private Optional<OutputSpec> output(String name, Body.Block block) {
        Optional<Body.Attribute> attribute = block.body().attribute("value");
        boolean sensitive = block.body()
                .attribute("sensitive")
                .flatMap(a -> evaluator.evaluate(a.expression()).value())
                .map(v -> v.equals(Value.of(true)))
                .orElse(false);
        return attribute.flatMap(a -> {
            Evaluation evaluation = evaluator.evaluate(a.expression());
            evaluation.diagnostics().forEach(d -> diagnostics.add(d.in(block.title())));
            return evaluation.value().flatMap(value -> output(name, block, a, value, sensitive));
        });
    }

    private Optional<OutputSpec> output(
            String name, Body.Block block, Body.Attribute attribute, Value value, boolean sensitive) {
        if (value.shape().sensitive() && !sensitive) {
            diagnostics.add(Diagnostic.error(
                            attribute.expression().range(),
                            "Output refers to sensitive values",
                            "The value is sensitive. If it may leave the spec, add sensitive = true to the output; it is"
                                    + " then shown only when asked for by name.")
                    .in(block.title())
                    .with(evaluator.notes(attribute.expression())));
            return Optional.empty();
        }
        return OutputJson.write(value, attribute, block, diagnostics::add)
                .map(json -> new OutputSpec(name, json, sensitive));
    }

    /// In order of declaration, whatever the order of evaluation was.
    private SequencedMap<String, ServiceSpec> inOrder() {
        Map<Body.Block, Integer> position = new java.util.IdentityHashMap<>();
        int next = 0;
        for (Body.Block block : declarations.services().values()) {
            position.put(block, next++);
        }
        SequencedMap<String, ServiceSpec> ordered = new LinkedHashMap<>();
        services.values().stream()
                .sorted(java.util.Comparator.comparing(
                        s -> position.getOrDefault(serviceBlocks.get(s.name()), Integer.MAX_VALUE)))
                .forEach(s -> ordered.put(s.name(), s));
        return ordered;
    }

    private void ports(SequencedMap<String, ServiceSpec> all) {
        Map<Integer, ServiceSpec> taken = new HashMap<>();
        for (ServiceSpec service : all.values()) {
            Optional<EndpointSpec> endpoint = service.endpoint();
            ServiceSpec first =
                    endpoint.map(e -> taken.putIfAbsent(e.port(), service)).orElse(null);
            if (first != null) {
                diagnostics.add(Diagnostic.error(
                        port(service),
                        "Duplicate endpoint port",
                        service.address() + " and "
                                + first.address() + " (" + port(first).place() + ") would both listen on port "
                                + endpoint.orElseThrow().port() + ". Give each endpoint a port of its own."));
            }
        }
    }

    private SourceRange port(ServiceSpec service) {
        Body.Block block =
                Optional.ofNullable(serviceBlocks.get(service.name())).orElseThrow();
        return block.body().blocks("endpoint").stream()
                .flatMap(e -> e.body().attribute("port").stream())
                .map(Body.Attribute::range)
                .findFirst()
                .orElse(block.header());
    }
}
