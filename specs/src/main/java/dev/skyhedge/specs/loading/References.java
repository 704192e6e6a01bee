package dev.skyhedge.specs.loading;

import dev.skyhedge.specs.diagnostics.Diagnostic;
import dev.skyhedge.specs.evaluation.Reference;
import dev.skyhedge.specs.functions.FunctionTable;
import dev.skyhedge.specs.schema.DynamicBlocks;
import dev.skyhedge.specs.schema.Language;
import dev.skyhedge.specs.syntax.Body;
import dev.skyhedge.specs.syntax.Expression;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/// Resolves all references of a module and draws the graph of what is evaluated in order: locals, workloads and
/// modules.
final class References {
    private final Declarations declarations;
    private final Language language;
    private final ReferenceCheck check;
    private final DependencyGraph graph = new DependencyGraph();
    private final Set<String> failed = new HashSet<>();
    private final SequencedMap<String, SequencedSet<String>> all = new LinkedHashMap<>();

    private References(Declarations declarations, Language language, ReferenceCheck check) {
        this.declarations = declarations;
        this.language = language;
        this.check = check;
    }

    static References of(
            Declarations declarations, Language language, FunctionTable functions, Consumer<Diagnostic> sink) {
        References references =
                new References(declarations, language, new ReferenceCheck(declarations, language, functions, sink));
        references.draw();
        return references;
    }

    DependencyGraph graph() {
        return graph;
    }

    /// Declarations with a reference to something that does not exist.
    Set<String> failed() {
        return failed;
    }

    /// What each declaration refers to, for people to look at.
    SequencedMap<String, SequencedSet<String>> all() {
        return all;
    }

    private void draw() {
        declarations.variables().forEach((name, block) -> {
            all.put("var." + name, new TreeSet<>());
            for (Body.Block rule : block.body().blocks("validation")) {
                body("validation." + name, rule.body(), block.title(), Set.of());
            }
        });
        declarations.locals().forEach((name, attribute) -> {
            graph.declare("local." + name);
            expression("local." + name, attribute.expression(), "locals", Set.of());
        });
        declarations.workloads().forEach(this::evaluated);
        declarations.modules().forEach((name, block) -> evaluated("module." + name, block));
        lone("provider.", declarations.providers());
        lone("", declarations.budgets());
        lone("output.", declarations.outputs());
        lone("check.", declarations.checks());
        all.keySet().removeIf(name -> name.startsWith("validation."));
    }

    private void evaluated(String node, Body.Block block) {
        graph.declare(node);
        Set<String> instance = switch (Instances.repetition(block)) {
            case SINGLE -> Set.of();
            case COUNT -> Set.of("count.index");
            case FOR_EACH -> Set.of("each.key", "each.value");
        };
        all.computeIfAbsent(node, ignored -> new TreeSet<>());
        for (Body.Item item : block.body().items()) {
            switch (item) {
                case Body.Attribute attribute -> expression(node, attribute.expression(), block.title(), instance);
                case Body.Block inner -> block(node, inner, block.title(), within(block, inner, instance));
            }
        }
    }

    /// The names that exist in a block of a workload.
    private Set<String> within(Body.Block workload, Body.Block inner, Set<String> instance) {
        Set<String> own = language.kind(workload.type())
                .map(kind -> kind.namesWithin(workload, inner))
                .orElse(Set.of());
        if (own.isEmpty()) {
            return instance;
        }
        Set<String> names = new HashSet<>(instance);
        names.addAll(own);
        return names;
    }

    private void lone(String kind, SequencedMap<String, Body.Block> blocks) {
        blocks.forEach((name, block) -> body(kind + name, block.body(), block.title(), Set.of()));
    }

    private void body(String node, Body body, String title, Set<String> instance) {
        all.computeIfAbsent(node, ignored -> new TreeSet<>());
        for (Body.Item item : body.items()) {
            switch (item) {
                case Body.Attribute attribute -> expression(node, attribute.expression(), title, instance);
                case Body.Block block -> block(node, block, title, instance);
            }
        }
    }

    private void block(String node, Body.Block block, String title, Set<String> instance) {
        if (block.type().equals(DynamicBlocks.TYPE)) {
            body(node, DynamicBlocks.evaluated(block), title, within(block, instance));
        } else if (refers(block)) {
            body(node, block.body(), title, instance);
        }
    }

    /// What is in such a block names attributes of the service, and refers to nothing.
    private static boolean refers(Body.Block block) {
        return !block.type().equals("lifecycle");
    }

    /// The names of elements that exist in the block.
    private static Set<String> within(Body.Block dynamic, Set<String> instance) {
        String iterator = DynamicBlocks.iterator(dynamic);
        Set<String> inner = new HashSet<>(instance);
        inner.add(iterator + ".key");
        inner.add(iterator + ".value");
        return inner;
    }

    private void expression(String node, Expression expression, String title, Set<String> instance) {
        if (!check.check(expression, title, instance)) {
            failed.add(node);
        }
        SequencedSet<String> targets = all.computeIfAbsent(node, ignored -> new TreeSet<>());
        for (Reference reference : Reference.in(expression)) {
            String target = reference.root() + "." + reference.name();
            if (instance.contains(target)) {
                continue;
            }
            graph.refer(node, target, reference.range());
            targets.add(target);
        }
    }

    /// All expressions in a body and the blocks in it.
    static List<Expression> expressions(Body body) {
        List<Expression> expressions = new ArrayList<>();
        for (Body.Item item : body.items()) {
            switch (item) {
                case Body.Attribute attribute -> expressions.add(attribute.expression());
                case Body.Block block when refers(block) -> expressions.addAll(expressions(block.body()));
                case Body.Block ignored -> {}
            }
        }
        return expressions;
    }
}
