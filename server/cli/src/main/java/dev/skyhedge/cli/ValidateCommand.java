package dev.skyhedge.cli;

import dev.skyhedge.cli.view.DiagnosticTree;
import dev.skyhedge.specs.diagnostics.Diagnostic;
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

    ValidateCommand(Context context) {
        super(context);
    }

    @Override
    int run() {
        LoadedSpec loaded = spec.tryLoad(context());
        List<Diagnostic> diagnostics = new ArrayList<>(loaded.diagnostics());
        if (loaded.spec().isPresent()) {
            diagnostics.addAll(OpenProviders.check(context(), loaded, state.directory(context())));
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
}
