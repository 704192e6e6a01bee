package dev.skyhedge.specs.loading;

import dev.skyhedge.specs.Moved;
import dev.skyhedge.specs.WorkloadAddress;
import dev.skyhedge.specs.diagnostics.Diagnostic;
import dev.skyhedge.specs.syntax.Body;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;

/// Steps of workloads and of whole modules to other addresses, which make chains.
final class MoveSteps {
    private final Consumer<Diagnostic> sink;
    private final SequencedMap<WorkloadAddress, Step<WorkloadAddress>> workloads = new LinkedHashMap<>();
    private final Map<WorkloadAddress, WorkloadAddress> sourcesOfWorkloads = new HashMap<>();
    /// By what stands before addresses in the module: `module.search.`.
    private final SequencedMap<String, Step<String>> modules = new LinkedHashMap<>();
    private final Map<String, String> sourcesOfModules = new HashMap<>();

    MoveSteps(Consumer<Diagnostic> sink) {
        this.sink = sink;
    }

    private record Step<T>(T to, Body.Block block) {}

    boolean isEmpty() {
        return workloads.isEmpty() && modules.isEmpty();
    }

    void addWorkload(WorkloadAddress from, WorkloadAddress to, Body.Block block) {
        add(workloads, sourcesOfWorkloads, from, to, block);
    }

    /// @param from what stands before addresses in the module: `module.search.`
    /// @param to likewise
    void addModule(String from, String to, Body.Block block) {
        add(modules, sourcesOfModules, from, to, block);
    }

    private <T> void add(Map<T, Step<T>> steps, Map<T, T> sources, T from, T to, Body.Block block) {
        Step<T> first = steps.putIfAbsent(from, new Step<>(to, block));
        if (first != null && !first.to.equals(to)) {
            error(
                    block,
                    "Ambiguous move statements",
                    words(from) + " was already moved to " + words(first.to) + " at "
                            + first.block.header().place() + ".");
        }
        T other = sources.putIfAbsent(to, from);
        if (other != null && !other.equals(from)) {
            error(
                    block,
                    "Ambiguous move statements",
                    words(other) + " was already moved to " + words(to) + ", and only one can be what is there now.");
        }
    }

    /// The block that moves exactly this workload.
    Optional<Body.Block> blockOf(WorkloadAddress from) {
        return Optional.ofNullable(workloads.get(from)).map(Step::block);
    }

    /// Every move to where its chain ends. A chain that ends nowhere is an error, and so is one whose beginning is
    /// still declared.
    List<Moved> all(Set<WorkloadAddress> declared) {
        List<Moved> all = new ArrayList<>();
        workloads.forEach((from, step) -> {
            if (declared.contains(from)) {
                still(step, from, from);
            }
            end(from, this::next, step.block).ifPresent(to -> all.add(new Moved(from, to)));
        });
        if (!modules.isEmpty()) {
            all.addAll(insideOfModules(declared));
        }
        return all;
    }

    /// What is known of a module that has moved was in it before it moved.
    private List<Moved> insideOfModules(Set<WorkloadAddress> declared) {
        Map<String, List<String>> sourcesByEnd = new HashMap<>();
        modules.forEach((from, step) -> {
            declared.stream()
                    .filter(workload -> workload.module().startsWith(from))
                    .findFirst()
                    .ifPresent(workload -> still(step, from, workload));
            end(from, this::next, step.block)
                    .ifPresent(to -> sourcesByEnd
                            .computeIfAbsent(to, ignored -> new ArrayList<>())
                            .add(from));
        });
        SequencedSet<WorkloadAddress> known = new LinkedHashSet<>(declared);
        known.addAll(workloads.keySet());
        List<Moved> all = new ArrayList<>();
        for (WorkloadAddress workload : known) {
            for (String around : around(workload.module())) {
                for (String from : sourcesByEnd.getOrDefault(around, List.of())) {
                    Body.Block block = step(from).block;
                    workload.moved(around, from)
                            .ifPresent(before -> end(before, this::next, block)
                                    .ifPresent(after -> all.add(new Moved(before, after))));
                }
            }
        }
        return all;
    }

    private Optional<WorkloadAddress> next(WorkloadAddress at) {
        return Optional.ofNullable(workloads.get(at))
                .map(Step::to)
                .or(() -> around(at.module()).stream()
                        .filter(modules::containsKey)
                        .findFirst()
                        .flatMap(from -> at.moved(from, step(from).to)));
    }

    private Optional<String> next(String at) {
        return around(at).stream()
                .filter(modules::containsKey)
                .findFirst()
                .map(from -> step(from).to + at.substring(from.length()));
    }

    private Step<String> step(String from) {
        return Optional.ofNullable(modules.get(from)).orElseThrow();
    }

    /// The modules around an address, the innermost first.
    private static List<String> around(String module) {
        return IntStream.iterate(module.length(), i -> i > 0, i -> module.lastIndexOf('.', i - 2) + 1)
                .mapToObj(i -> module.substring(0, i))
                .toList();
    }

    private <T> Optional<T> end(T from, Function<T, Optional<T>> next, Body.Block block) {
        T at = from;
        for (int steps = workloads.size() + modules.size(); steps >= 0; steps--) {
            Optional<T> then = next.apply(at);
            if (then.isEmpty()) {
                return Optional.of(at);
            }
            at = then.get();
        }
        error(block, "Cyclic dependency in move statements", "The moves from " + words(from) + " lead in a circle.");
        return Optional.empty();
    }

    private void still(Step<?> step, Object from, WorkloadAddress declared) {
        error(
                step.block,
                "Moved object still exists",
                words(from) + " was moved to " + words(step.to) + ", but " + declared + " is still declared.");
    }

    private static String words(Object address) {
        String text = address.toString();
        return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    }

    private void error(Body.Block block, String summary, String detail) {
        sink.accept(Diagnostic.error(block.header(), summary, detail).in(block.title()));
    }
}
