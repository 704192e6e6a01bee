package dev.skyhedge.cli.command;

import dev.skyhedge.cli.arguments.Declaration;
import dev.skyhedge.cli.arguments.OptionValues;
import dev.skyhedge.specs.Limits;
import dev.skyhedge.specs.diagnostics.Diagnostic;
import dev.skyhedge.specs.loading.LoadedSpec;
import dev.skyhedge.specs.loading.MissingVariable;
import dev.skyhedge.specs.loading.SpecExpressions;
import dev.skyhedge.specs.loading.SpecInputs;
import dev.skyhedge.specs.loading.SpecLoader;
import dev.skyhedge.specs.loading.SpecRequest;
import dev.skyhedge.specs.loading.VariableSource;
import dev.skyhedge.watch.change.SpecFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Which spec a command is about, and the values given to its variables.
public final class SpecArguments {
    private Path path = Path.of(".");

    private final List<VariableSource> variables = new ArrayList<>();
    private boolean input = true;
    private Instant readAt = Instant.EPOCH;
    private boolean loadedBefore;
    private volatile @Nullable SpecInputs inputs;

    /// Has the command take them.
    public void declare(Declaration declared) {
        declared.argument(0, "SPEC", OptionValues.path())
                .byDefault(".")
                .help("A .hcl file or a directory of them; the current directory if left out.")
                .into(value -> path = value);
        declared.option("--input", "BOOL", OptionValues.truth())
                .bare("true")
                .byDefault("true")
                .help("Whether to ask on a terminal for values that are missing; default ${DEFAULT-VALUE}.")
                .into(value -> input = value);
        declared.option("--var", "NAME=VALUE", OptionValues.text())
                .help("Gives a variable its value; may be repeated, later ones win.")
                .into(this::addVariable);
        declared.option("--var-file", "FILE", OptionValues.path())
                .help("Reads values of variables from a file.")
                .into(file -> variables.add(new VariableSource.File(file)));
    }

    /// Where the spec is, as the user names it.
    public Path path() {
        return path;
    }

    /// Is about this spec, as if it had been typed.
    public void about(Path typed) {
        path = typed;
    }

    private void addVariable(String assignment) {
        int equals = assignment.indexOf('=');
        if (equals <= 0) {
            throw new CommandFailure(
                    "Invalid -var option", "The value \"" + assignment + "\" is not of the form NAME=VALUE.");
        }
        variables.add(new VariableSource.Assignment(assignment.substring(0, equals), assignment.substring(equals + 1)));
    }

    /// Reads the spec. The first time it asks for values that are missing if somebody is there.
    ///
    /// @throws CommandFailure with everything that is wrong with it
    public LoadedSpec load(Context context) {
        LoadedSpec loaded = tryLoad(context);
        boolean first = !loadedBefore;
        loadedBefore = true;
        if (first && input && loaded.lacksOnlyValues()) {
            variables.addAll(new MissingValues(context).ask(loaded.missing()));
            loaded = tryLoad(context);
        }
        if (loaded.hasErrors() || loaded.spec().isEmpty()) {
            throw new CommandFailure(loaded.diagnostics());
        }
        return loaded;
    }

    /// Reads the spec for somebody who opens no provider: a variable that nothing but their blocks refers to needs
    /// no value.
    ///
    /// @throws CommandFailure with everything that is wrong with it
    public LoadedSpec loadWithoutProviders(Context context) {
        LoadedSpec loaded = tryLoad(context);
        if (loaded.lacksOnlyValues()) {
            loaded.missing().stream()
                    .map(MissingVariable::name)
                    .filter(name -> isOfProvidersOnly(name, loaded))
                    .forEach(name -> variables.add(new VariableSource.Assignment(name, "")));
        }
        return load(context);
    }

    private static boolean isOfProvidersOnly(String variable, LoadedSpec loaded) {
        List<String> referring = loaded.references().entrySet().stream()
                .filter(entry -> entry.getValue().contains("var." + variable))
                .map(Map.Entry::getKey)
                .toList();
        return !referring.isEmpty() && referring.stream().allMatch(node -> node.startsWith("provider."));
    }

    /// Reads the spec; what is wrong with it is in the result.
    public LoadedSpec tryLoad(Context context) {
        LoadedSpec loaded = SpecLoader.load(request(context));
        // A reading that failed may not have come as far as the one before.
        SpecInputs before = inputs;
        inputs = loaded.hasErrors() && before != null ? before.and(loaded.inputs()) : loaded.inputs();
        return loaded;
    }

    /// Everything from which the spec is read, as far as that is known; it has been read at least once.
    public SpecInputs inputs() {
        return Objects.requireNonNull(inputs);
    }

    /// The same files again and again, for somebody who follows them in the background.
    public SpecFiles files(Context context) {
        return new SpecFiles() {
            @Override
            public String source() {
                return path.toAbsolutePath().normalize().toString();
            }

            @Override
            public LoadedSpec read() {
                return tryLoad(context);
            }

            @Override
            public SpecInputs inputs() {
                return SpecArguments.this.inputs();
            }
        };
    }

    /// Opens the spec to evaluate expressions beside it; what is wrong with it is in the result.
    public SpecExpressions.Opened tryOpen(Context context) {
        return SpecLoader.open(request(context));
    }

    private SpecRequest request(Context context) {
        readAt = context.clock().instant();
        return new SpecRequest(path, variables, context.environment(), Limits.DEFAULT).at(readAt);
    }

    /// When the spec was last read, which it may know as the time of the plan.
    public Instant readAt() {
        return readAt;
    }

    /// The directory of the spec, as the user names it.
    public Path directory() {
        return directoryOf(path);
    }

    /// The directory of a spec, as the user names it.
    public static Path directoryOf(Path path) {
        Path parent = path.getParent();
        return Files.isDirectory(path) ? path : parent == null ? Path.of(".") : parent;
    }

    /// The values given, in the order of the command line.
    public List<VariableSource> variables() {
        return List.copyOf(variables);
    }

    /// What to call the values given, for people: names of variables and files.
    public List<String> givenVariables() {
        return variables.stream()
                .map(given -> switch (given) {
                    case VariableSource.Assignment assignment -> assignment.name();
                    case VariableSource.File file -> file.path().toString();
                })
                .toList();
    }

    /// What is worth telling of a spec that was read.
    public List<Diagnostic> warnings(LoadedSpec loaded) {
        return loaded.diagnostics().stream()
                .filter(diagnostic -> !diagnostic.isError())
                .toList();
    }
}
