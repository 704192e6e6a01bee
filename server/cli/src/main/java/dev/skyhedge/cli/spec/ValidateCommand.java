package dev.skyhedge.cli.spec;

import dev.skyhedge.cli.arguments.Declaration;
import dev.skyhedge.cli.command.Command;
import dev.skyhedge.cli.command.Context;
import dev.skyhedge.cli.command.SpecArguments;
import dev.skyhedge.cli.command.StateArguments;
import dev.skyhedge.cli.terminal.ExitCode;
import dev.skyhedge.cli.view.DiagnosticTree;
import dev.skyhedge.specs.crossread.CrossReader;
import dev.skyhedge.specs.crossread.CrossReading;
import dev.skyhedge.specs.diagnostics.Diagnostic;
import dev.skyhedge.specs.diagnostics.Source;
import dev.skyhedge.specs.loading.LoadedSpec;
import dev.skyhedge.watch.planning.OpenProviders;
import dev.skyhedge.watch.planning.OpenReplicas;
import dev.skyhedge.watch.planning.UnlistedResources;
import java.util.ArrayList;
import java.util.List;

/// `skyhedge validate`.
public final class ValidateCommand extends Command {
    SpecArguments spec = new SpecArguments();
    StateArguments state = new StateArguments();
    boolean json;
    boolean crossRead;

    public ValidateCommand(Context context) {
        super(context);
    }

    @Override
    protected void declare(Declaration declared) {
        declared.does("Checks a spec without asking any cloud.", "Exit code 0 if it is valid, 1 if not.");
        spec.declare(declared);
        state.declare(declared);
        declared.flag("--json", "As one JSON object, in the form that Terraform's validate has.", on -> json = on);
        declared.flag(
                "--cross-read",
                "Shows what blocks and arguments there are in our reading and in that of a second reader, "
                        + "which must be the same.",
                on -> crossRead = on);
    }

    @Override
    protected int run() {
        state.beside(spec.directory());
        LoadedSpec loaded = spec.tryLoad(context());
        List<Diagnostic> diagnostics = new ArrayList<>(loaded.diagnostics());
        if (loaded.spec().isPresent()) {
            diagnostics.addAll(OpenProviders.check(context().surroundings(), loaded, state.directory(context())));
            diagnostics.addAll(OpenReplicas.errors(context().surroundings(), loaded, state.directory(context())));
            diagnostics.addAll(
                    UnlistedResources.warnings(context().surroundings(), loaded, state.directory(context())));
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
