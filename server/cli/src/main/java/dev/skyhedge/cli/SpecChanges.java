package dev.skyhedge.cli;

import dev.skyhedge.cli.view.Display;
import dev.skyhedge.cli.view.PlanText;
import dev.skyhedge.engine.plan.PlanOptions;
import dev.skyhedge.specs.diagnostics.Diagnostic;
import dev.skyhedge.specs.diagnostics.DiagnosticText;
import dev.skyhedge.specs.loading.LoadedSpec;
import dev.skyhedge.state.StateStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// Takes in a changed spec: reads it, shows the plan that follows from it, and asks if it has to.
final class SpecChanges {
    /// What has to happen before a changed spec is applied.
    enum Approve {
        /// Somebody says yes.
        ASK,
        /// Nothing.
        AUTO
    }

    static final String UNCHANGED = "The spec that was in force before stays in force.";

    private final Context context;
    private final StateStore store;
    private final Path directory;
    private final Supplier<LoadedSpec> reader;
    private final Approve approve;

    SpecChanges(Context context, StateStore store, Path directory, Supplier<LoadedSpec> reader, Approve approve) {
        this.context = context;
        this.store = store;
        this.directory = directory;
        this.reader = reader;
        this.approve = approve;
    }

    /// The spec to go on with; empty if the one before stays in force, after the user was told why.
    Optional<LoadedSpec> read() {
        try {
            LoadedSpec loaded = reader.get();
            try (Planning planned = Planning.open(context, loaded, store, directory)) {
                RemovalGuard.require(loaded, planned.snapshot(), PlanOptions.DEFAULT, Set.of());
                var preview = planned.preview(PlanOptions.DEFAULT);
                context.terminal().println("");
                context.terminal()
                        .print(PlanText.render(Planning.view(preview), PlanText.Options.DEFAULT, Display.PLAIN));
                List<Diagnostic> problems = planned.problems(preview);
                if (!problems.isEmpty()) {
                    return refused(problems);
                }
                if (approved()) {
                    return Optional.of(loaded);
                }
                context.terminal().complain("Not approved. " + UNCHANGED);
                return Optional.empty();
            }
        } catch (CommandFailure failure) {
            return refused(failure.diagnostics());
        }
    }

    private boolean approved() {
        return switch (approve) {
            case AUTO -> true;
            case ASK ->
                context.terminal()
                        .ask("Apply this? Only 'yes' will be accepted: ")
                        .filter(answer -> answer.strip().equals("yes"))
                        .isPresent();
        };
    }

    private Optional<LoadedSpec> refused(List<Diagnostic> diagnostics) {
        context.terminal().complain(new DiagnosticText(context.terminal().colour()).render(diagnostics));
        context.terminal().complain(UNCHANGED);
        return Optional.empty();
    }
}
