package dev.skyhedge.specs.loading;

import dev.skyhedge.specs.Limits;
import dev.skyhedge.specs.Spec;
import dev.skyhedge.specs.diagnostics.Diagnostic;
import dev.skyhedge.specs.diagnostics.Source;
import dev.skyhedge.specs.evaluation.Budget;
import dev.skyhedge.specs.functions.RecordedFiles;
import dev.skyhedge.specs.functions.RootedFiles;
import dev.skyhedge.specs.functions.SpecFileAccess;
import dev.skyhedge.specs.functions.Surroundings;
import dev.skyhedge.specs.json.JsonBody;
import dev.skyhedge.specs.syntax.Body;
import dev.skyhedge.specs.syntax.Parser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/// Loads a spec: the shell around the language, and the only part of it that reads files. Used once, by one
/// thread.
public final class SpecLoader {
    private static final String ENVIRONMENT_PREFIX = "SKYHEDGE_VAR_";

    /// Long enough for a time to be another one in whatever way a spec writes it, the year included.
    private static final Duration LATER = Duration.ofDays(397);

    private final SpecRequest request;
    private final Limits limits;
    private final Path directory;
    private final SpecFiles files;
    private final boolean mayBeEmpty;
    private final RecordedFiles seen;
    private final List<Diagnostic> diagnostics = new ArrayList<>();
    private final List<Source> sources = new ArrayList<>();
    private Function<Map<String, Integer>, Optional<Spec>> evaluation = _ -> Optional.empty();
    private final SortedSet<Path> filesRead = new TreeSet<>();
    private final SortedSet<Path> directories = new TreeSet<>();
    private long bytesRead;
    private boolean askedForTheTime;

    private SpecLoader(SpecRequest request, boolean mayBeEmpty) {
        this.request = request;
        this.mayBeEmpty = mayBeEmpty;
        this.limits = request.limits();
        Path path = request.path();
        this.directory = Files.isDirectory(path)
                ? path
                : Optional.ofNullable(path.toAbsolutePath().getParent()).orElse(path);
        this.files = new SpecFiles(directory, diagnostics::add);
        this.seen = new RecordedFiles(readable(request.root().orElse(directory)));
    }

    /// What functions may read; nothing of a directory that is not there, which is complained about elsewhere.
    private static SpecFileAccess readable(Path root) {
        try {
            return new RootedFiles(root);
        } catch (IOException e) {
            return SpecFileAccess.NONE;
        }
    }

    /// Loads what is asked for. Everything that is wrong, missing files included, is in the result.
    public static LoadedSpec load(SpecRequest request) {
        SpecLoader loader = new SpecLoader(request, false);
        return loader.result(loader.read());
    }

    /// Loads what is asked for, or nothing if the directory has no spec, to evaluate expressions beside it.
    public static SpecExpressions.Opened open(SpecRequest request) {
        SpecLoader loader = new SpecLoader(request, true);
        Optional<SpecExpressions> expressions = loader.read().map(SpecReader.Result::expressions);
        List<Diagnostic> found =
                loader.diagnostics.stream().sorted(Diagnostic.ORDER).toList();
        return new SpecExpressions.Opened(
                found, expressions.filter(e -> found.stream().noneMatch(Diagnostic::isError)));
    }

    private Optional<SpecReader.Result> read() {
        ModuleFiles root = new ModuleLoader(directory, this::moduleBodies, diagnostics::add).load(bodies(specFiles()));
        List<GivenValue> given = given();
        if (diagnostics.stream().anyMatch(Diagnostic::isError)) {
            return Optional.empty();
        }
        SpecReader.Result result = new SpecReader(root, reading(Optional.empty(), request.plannedAt())).read(given);
        diagnostics.addAll(result.diagnostics());
        if (askedForTheTime) {
            diagnostics.addAll(changingWithTime(result, root, given));
        }
        evaluation = ready -> new SpecReader(root, reading(Optional.of(ready), request.plannedAt()))
                .read(given)
                .spec();
        return Optional.of(result);
    }

    /// The spec is read once more as of another time: what differs is what a later reading would change.
    private List<Diagnostic> changingWithTime(SpecReader.Result result, ModuleFiles root, List<GivenValue> given) {
        Optional<Instant> later = request.plannedAt().map(instant -> instant.plus(LATER));
        Optional<Spec> then = new SpecReader(root, reading(Optional.empty(), later))
                .read(given)
                .spec();
        return result.spec()
                .flatMap(now -> then.map(other -> TimedReplicas.warnings(now, other, result.workloadBlocks())))
                .orElse(List.of());
    }

    private Reading reading(Optional<Map<String, Integer>> readyReplicas, Optional<Instant> time) {
        var budget = new Budget(limits);
        Supplier<Optional<Instant>> plannedAt = () -> {
            askedForTheTime = true;
            return time;
        };
        return new Reading(request.language(), limits, Surroundings.of(plannedAt, seen), budget, readyReplicas);
    }

    private List<Body> bodies(List<Path> paths) {
        List<Body> bodies = new ArrayList<>();
        for (Path path : paths) {
            parse(
                            path,
                            (source, max) ->
                                    JsonBody.parse(source, request.language().file(), max))
                    .ifPresent(bodies::add);
        }
        return bodies;
    }

    private List<Body> moduleBodies(Path module) {
        directories.add(module);
        List<Path> found = new SpecFiles(module, diagnostics::add).list(SpecFiles::isSpec);
        if (found.isEmpty()) {
            diagnostics.add(Diagnostic.error(
                    "No module found",
                    "The directory " + module + " has no files whose names end in .hcl or .hcl.json."));
        }
        return bodies(found);
    }

    private LoadedSpec result(Optional<SpecReader.Result> result) {
        return new LoadedSpec(
                result.flatMap(SpecReader.Result::spec)
                        .filter(s -> diagnostics.stream().noneMatch(Diagnostic::isError)),
                diagnostics.stream().sorted(Diagnostic.ORDER).toList(),
                List.copyOf(sources),
                result.map(SpecReader.Result::providerBlocks).orElse(Map.of()),
                result.map(SpecReader.Result::workloadBlocks).orElse(Map.of()),
                result.map(SpecReader.Result::references).orElse(new LinkedHashMap<>()),
                seen.seen(),
                inputs(),
                result.map(SpecReader.Result::missing).orElse(List.of()),
                evaluation);
    }

    private SpecInputs inputs() {
        Path root = request.root().orElse(directory);
        return new SpecInputs(
                filesRead,
                directories,
                Optional.of(root),
                new TreeSet<>(seen.seen().keySet()));
    }

    private List<Path> specFiles() {
        if (!Files.exists(request.path())) {
            filesRead.add(request.path().toAbsolutePath());
            diagnostics.add(
                    Files.exists(request.path(), LinkOption.NOFOLLOW_LINKS)
                            ? files.cannotRead(request.path())
                            : Diagnostic.error(
                                    "No spec found", "There is no file or directory " + request.path() + "."));
            return List.of();
        }
        if (!Files.isDirectory(request.path())) {
            return List.of(request.path().toAbsolutePath());
        }
        List<Path> found = files.list(SpecFiles::isSpec);
        if (found.isEmpty() && !mayBeEmpty) {
            diagnostics.add(Diagnostic.error(
                    "No spec found",
                    "The directory " + request.path() + " has no files whose names end in .hcl or .hcl.json."));
        }
        return found;
    }

    private Optional<Body> parse(Path path, BiFunction<Source, Limits, Parser.Parsed> json) {
        filesRead.add(path);
        Optional<SpecFiles.Read> read = files.read(path, limits.fileBytes());
        if (read.isEmpty()) {
            return Optional.empty();
        }
        bytesRead += read.get().bytes().length;
        if (bytesRead > limits.totalBytes()) {
            diagnostics.add(Diagnostic.error(
                    "Limit exceeded", "All files together may have " + limits.totalBytes() + " bytes at most."));
            return Optional.empty();
        }
        SourceDecoding decoding =
                SourceDecoding.decode(read.get().name(), read.get().bytes(), limits);
        sources.add(decoding.source());
        if (decoding.problem().isPresent()) {
            diagnostics.add(decoding.problem().get());
            return Optional.empty();
        }
        Parser.Parsed parsed = path.toString().endsWith(".json")
                ? json.apply(decoding.source(), limits)
                : Parser.parse(decoding.source(), limits);
        diagnostics.addAll(parsed.diagnostics());
        return Optional.of(parsed.body());
    }

    /// Values from outside, from the weakest source to the strongest.
    private List<GivenValue> given() {
        List<GivenValue> given = new ArrayList<>();
        new TreeMap<>(request.environment()).forEach((name, text) -> {
            if (name.startsWith(ENVIRONMENT_PREFIX)) {
                given.add(new GivenValue.InEnvironment(name.substring(ENVIRONMENT_PREFIX.length()), text));
            }
        });
        if (Files.isDirectory(directory)) {
            directories.add(directory);
            files.list(name -> name.equals("skyhedge.vars")).forEach(path -> given.addAll(inFile(path)));
            files.list(name -> name.equals("skyhedge.vars.json")).forEach(path -> given.addAll(inFile(path)));
            files.list(name -> SpecFiles.AUTOMATIC.stream().anyMatch(name::endsWith))
                    .forEach(path -> given.addAll(inFile(path)));
        }
        for (VariableSource source : request.variables()) {
            switch (source) {
                case VariableSource.Assignment(String name, String text) ->
                    given.add(new GivenValue.OnCommandLine(name, text));
                case VariableSource.File(Path path) -> given.addAll(inFile(path));
            }
        }
        return given;
    }

    private List<GivenValue> inFile(Path path) {
        Optional<Body> body = parse(path, JsonBody::parseValues);
        body.stream()
                .flatMap(Body::blocks)
                .forEach(block -> diagnostics.add(Diagnostic.error(
                        block.typeRange(),
                        "Unexpected block",
                        "A file of variables has arguments only: name = value.")));
        return body.stream()
                .flatMap(Body::attributes)
                .<GivenValue>map(GivenValue.InFile::new)
                .toList();
    }
}
