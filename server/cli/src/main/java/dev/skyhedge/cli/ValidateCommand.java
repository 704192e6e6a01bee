package dev.skyhedge.cli;

import dev.skyhedge.cli.view.DiagnosticTree;
import dev.skyhedge.specs.crossread.CrossReader;
import dev.skyhedge.specs.crossread.CrossReading;
import dev.skyhedge.specs.diagnostics.Diagnostic;
import dev.skyhedge.specs.diagnostics.Source;
import dev.skyhedge.specs.loading.LoadedSpec;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `skyhedge validate`.
@CommandLine.Command(
        name = "validate",
        description = {"Checks a spec without asking any cloud.", "Exit code 0 if it is valid, 1 if not."})
final class ValidateCommand extends Command {
    @Mixin
    SpecArguments spec = new SpecArguments();

    @Mixin
    StateArguments state = new StateArguments();

    @Option(names = "--json", description = "As one JSON object, in the form that Terraform's validate has.")
    boolean json;

    @Option(
            names = "--cross-read",
            description = "Shows what blocks and arguments there are in our reading and in that of a second reader, "
                    + "which must be the same.")
    boolean crossRead;

    ValidateCommand(Context context) {
        super(context);
    }

    @Override
    int run() {
        state.beside(spec.directory());
        LoadedSpec loaded = spec.tryLoad(context());
        List<Diagnostic> diagnostics = new ArrayList<>(loaded.diagnostics());
        if (loaded.spec().isPresent()) {
            diagnostics.addAll(OpenProviders.check(context(), loaded, state.directory(context())));
            diagnostics.addAll(UnlistedResources.warnings(context(), loaded, state.directory(context())));
        }
        if (crossRead) {
            diagnostics.addAll(crossRead(loaded.sources()));
        }
        boolean valid = diagnostics.stream().noneMatch(Diagnostic::isError);
        if (json) {
            say(DiagnosticTree.report(diagnostics));
        } else {
            complain(diagnostics);
            if (valid) {
                say("Success! The spec is valid.");
            }
        }
        return valid ? ExitCode.OK : ExitCode.FAILED;
    }

    private List<Diagnostic> crossRead(List<Source> sources) {
        if (!json) {
            say(CrossReader.describe(sources));
        }
        return switch (CrossReader.compare(sources)) {
            case CrossReading.Agreed _ -> List.of();
            case CrossReading.Disagreed(List<Diagnostic> differences) -> differences;
            case CrossReading.NotRead(String why) -> List.of(Diagnostic.warning("No second reading", why));
        };
    }
}
