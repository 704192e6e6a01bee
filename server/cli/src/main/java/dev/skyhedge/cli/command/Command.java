package dev.skyhedge.cli.command;

import dev.skyhedge.cli.arguments.Declaration;
import dev.skyhedge.cli.terminal.ExitCode;
import dev.skyhedge.cli.terminal.Terminal;
import dev.skyhedge.cli.view.Display;
import dev.skyhedge.specs.diagnostics.Diagnostic;
import dev.skyhedge.specs.diagnostics.DiagnosticText;
import dev.skyhedge.watch.installation.Refusal;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/// What all commands share. A command fetches, shows and returns an exit code; what goes wrong on the way it throws as
/// a [CommandFailure], which becomes diagnostics on standard error.
public abstract class Command implements Callable<Integer> {
    private final CommonOptions common = new CommonOptions();

    private final Context ofProcess;

    protected Command(Context context) {
        this.ofProcess = context;
    }

    /// Its command line.
    ///
    /// @param name by which it is called
    public static CommandLine line(String name, Command command) {
        var declared = new Declaration(name, command);
        command.common.declare(declared);
        command.declare(declared);
        return new CommandLine(declared.spec());
    }

    /// What it says of itself, beyond what all commands have.
    protected abstract void declare(Declaration declared);

    /// Does the work.
    ///
    /// @return the exit code
    protected abstract int run();

    @Override
    public final Integer call() {
        try {
            return run();
        } catch (Refusal failure) {
            complain(failure.diagnostics());
            return ExitCode.FAILED;
        }
    }

    protected Context context() {
        return common.noColour ? ofProcess.withTerminal(ofProcess.terminal().withoutColour()) : ofProcess;
    }

    protected Terminal terminal() {
        return context().terminal();
    }

    /// What text is rendered for.
    protected Display display() {
        return terminal().display();
    }

    /// Shows diagnostics to people.
    protected void complain(List<Diagnostic> diagnostics) {
        if (!diagnostics.isEmpty()) {
            terminal().complain(new DiagnosticText(terminal().colour()).render(diagnostics));
        }
    }

    protected void say(String text) {
        terminal().print(text.endsWith("\n") ? text : text + "\n");
    }
}
