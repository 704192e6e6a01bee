package dev.skyhedge.specs.loading;

import dev.skyhedge.specs.diagnostics.Diagnostic;
import dev.skyhedge.specs.syntax.Body;
import dev.skyhedge.specs.syntax.Expression;
import dev.skyhedge.specs.values.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/// Finds the directories that `module` blocks name, and has each of them read once.
final class ModuleLoader {
    private static final int DEEPEST = 16;

    private final Path root;
    private final Function<Path, List<Body>> reader;
    private final Consumer<Diagnostic> sink;
    private final Map<Path, ModuleFiles> done = new HashMap<>();
    private final Deque<Path> open = new ArrayDeque<>();

    /// @param root directory of the spec, which no module may be outside of
    /// @param reader parses the files of a directory
    ModuleLoader(Path root, Function<Path, List<Body>> reader, Consumer<Diagnostic> sink) {
        this.root = root;
        this.reader = reader;
        this.sink = sink;
    }

    /// The spec's own files with all modules.
    ModuleFiles load(List<Body> bodies) {
        try {
            Path real = root.toRealPath();
            return module(real, real, bodies);
        } catch (IOException e) {
            return new ModuleFiles(".", bodies, Map.of());
        }
    }

    private ModuleFiles module(Path real, Path directory, List<Body> bodies) {
        open.push(directory);
        Map<String, ModuleFiles> modules = new LinkedHashMap<>();
        for (Body body : bodies) {
            for (Body.Block block : body.blocks("module")) {
                if (!block.labels().isEmpty()) {
                    called(real, directory, block)
                            .ifPresent(
                                    m -> modules.put(block.labels().getFirst().text(), m));
                }
            }
        }
        open.pop();
        String name = real.relativize(directory).toString();
        return new ModuleFiles(name.isEmpty() ? "." : name, bodies, modules);
    }

    private Optional<ModuleFiles> called(Path real, Path directory, Body.Block block) {
        Optional<Body.Attribute> source = block.body().attribute("source");
        Optional<Path> found = source.flatMap(s -> directory(real, directory, block, s));
        if (found.isEmpty()) {
            return Optional.empty();
        }
        if (open.contains(found.get()) || open.size() > DEEPEST) {
            String detail = open.contains(found.get())
                    ? "This module calls itself, directly or through others."
                    : "Modules may be nested " + DEEPEST + " deep at most.";
            return refused(block, source.get(), "Invalid module source", detail);
        }
        ModuleFiles known = done.get(found.get());
        if (known == null) {
            known = module(real, found.get(), reader.apply(root.resolve(real.relativize(found.get()))));
            done.put(found.get(), known);
        }
        return Optional.of(known);
    }

    private Optional<Path> directory(Path real, Path directory, Body.Block block, Body.Attribute source) {
        Optional<String> text = text(source.expression());
        if (text.isEmpty() || !(text.get().startsWith("./") || text.get().startsWith("../"))) {
            return refused(
                    block,
                    source,
                    "Invalid module source",
                    "The source is a directory, as text without references: it starts with ./ or ../.");
        }
        try {
            Path path = directory.resolve(text.get()).toRealPath();
            if (!path.startsWith(real)) {
                return refused(
                        block, source, "Invalid module source", "A module must be below the directory of the spec.");
            }
            if (Files.isDirectory(path)) {
                return Optional.of(path);
            }
            return refused(block, source, "Module not found", text.get() + " is not a directory.");
        } catch (IOException | InvalidPathException e) {
            return refused(block, source, "Module not found", "There is no directory " + text.get() + " here.");
        }
    }

    private <T> Optional<T> refused(Body.Block block, Body.Attribute source, String summary, String detail) {
        sink.accept(
                Diagnostic.error(source.expression().range(), summary, detail).in(block.title()));
        return Optional.empty();
    }

    private static Optional<String> text(Expression expression) {
        return switch (expression) {
            case Expression.Template(List<Expression.Part> parts, var range)
            when parts.size() == 1 && parts.getFirst() instanceof Expression.Part.Text(String text) ->
                Optional.of(text);
            case Expression.Literal(Value.StringValue(String text), var range) -> Optional.of(text);
            default -> Optional.empty();
        };
    }
}
