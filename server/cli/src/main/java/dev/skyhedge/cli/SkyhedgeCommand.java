package dev.skyhedge.cli;

import dev.skyhedge.cli.command.CommandFailure;
import dev.skyhedge.cli.command.Context;
import dev.skyhedge.cli.terminal.ExitCode;
import dev.skyhedge.cli.terminal.Logging;
import dev.skyhedge.cli.terminal.OutputQueues;
import dev.skyhedge.cli.terminal.Terminal;
import dev.skyhedge.specs.diagnostics.DiagnosticText;
import dev.skyhedge.state.store.StateException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;

/// The `skyhedge` command.
public final class SkyhedgeCommand {
    private static final int MAX_THREADS = 1_000;

    private SkyhedgeCommand() {}

    /// The entry point.
    public static void main(String[] arguments) {
        begin();
        int code = execute(Context.ofProcess(), arguments);
        Logging.await(OutputQueues.LAST_LINES);
        // The JDK starts its log to say that somebody exits, which takes longer than many a command.
        if (code != ExitCode.OK || isOthersWork()) {
            System.exit(code);
        }
    }

    /// What a process does before anything else.
    static void begin() {
        // What it writes and compares is the same everywhere; also in libraries that never ask for a locale.
        Locale.setDefault(Locale.ROOT);
        // Looking for Groovy, which is nowhere here, opens all jars; and all values are read by readers of ours.
        System.setProperty("picocli.disable.closures", "true");
        System.setProperty("picocli.converters.excludes", ".*");
        Logging.begin();
        Thread.setDefaultUncaughtExceptionHandler(
                (thread, failure) -> bug(Context.ofProcess().terminal(), thread.getName(), failure));
    }

    /// Whether there are threads that the process would wait for at its end.
    private static boolean isOthersWork() {
        Thread[] threads = new Thread[MAX_THREADS];
        int count = Thread.enumerate(threads);
        for (int i = 0; i < count; i++) {
            if (!threads[i].isDaemon() && threads[i] != Thread.currentThread()) {
                return true;
            }
        }
        return count == MAX_THREADS;
    }

    /// Runs a command line.
    ///
    /// @return the exit code
    static int execute(Context context, String... arguments) {
        String[] asked = Arguments.asCommand(arguments);
        CommandLine line = commandLine(context, asked);
        boolean unknown = asked.length > 0
                && !asked[0].startsWith("-")
                && !line.getSubcommands().containsKey(asked[0]);
        // With --help behind it the library would show the help of all commands, as if nothing were wrong.
        return line.execute(unknown ? new String[] {asked[0]} : Arguments.withTwoDashes(asked));
    }

    static CommandLine commandLine(Context context, String... arguments) {
        CommandLine line = new RootCommand(context).line("skyhedge", List.of(arguments));
        HelpLayout.applyTo(line);
        Terminal terminal = context.terminal();
        return line.setOut(terminal.out())
                .setErr(terminal.err())
                .setColorScheme(CommandLine.Help.defaultColorScheme(terminal.colour() ? Ansi.ON : Ansi.OFF))
                .setHelpFactory(HelpLayout.within(terminal))
                .setOverwrittenOptionsAllowed(true)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((mistake, given) -> misused(context, mistake, given))
                .setExecutionExceptionHandler((failure, command, _) -> failed(context, failure, command));
    }

    private static int misused(Context context, ParameterException mistake, String[] arguments) {
        Optional<CommandFailure> said = saidByAnOption(mistake);
        if (said.isPresent()) {
            context.terminal()
                    .complain(new DiagnosticText(context.terminal().colour())
                            .render(said.get().diagnostics()));
            return ExitCode.USAGE;
        }
        PrintWriter err = mistake.getCommandLine().getErr();
        if (mistake.getCommandLine().getParent() == null && arguments.length == 1 && !arguments[0].startsWith("-")) {
            err.println("Error: There is no command \"" + arguments[0] + "\"");
            TerraformHabits.remedy(arguments[0]).ifPresent(err::println);
        } else {
            err.println("Error: " + mistake.getMessage());
        }
        CommandLine.UnmatchedArgumentException.printSuggestions(mistake, err);
        err.println("Try: " + mistake.getCommandLine().getCommandSpec().qualifiedName() + " --help");
        err.flush();
        return ExitCode.USAGE;
    }

    /// What an option that reads its value by itself has to say; the library wraps it.
    private static Optional<CommandFailure> saidByAnOption(ParameterException mistake) {
        @Nullable Throwable cause = mistake;
        while (cause != null && !(cause instanceof CommandFailure)) {
            cause = cause.getCause();
        }
        return Optional.ofNullable((CommandFailure) cause);
    }

    private static int failed(Context context, Exception failure, CommandLine command) {
        if (failure instanceof StateException broken) {
            context.terminal()
                    .complain("Error: " + broken.problem().summary() + "\n\n"
                            + broken.problem().detail());
            return ExitCode.FAILED;
        }
        if (failure instanceof CommandLine.TypeConversionException mistyped) {
            context.terminal().complain("Error: Invalid value\n\n" + mistyped.getMessage() + ".");
            return ExitCode.USAGE;
        }
        return bug(context.terminal(), command.getCommandName(), failure);
    }

    /// Where everything ends up that nobody expected. Where it happened is for whoever mends it, in the log.
    private static int bug(Terminal terminal, String where, Throwable failure) {
        LoggerFactory.getLogger(SkyhedgeCommand.class).debug("{} failed", where, failure);
        terminal.complain(
                "Error: Skyhedge has a bug\n\nThis is no mistake of yours. Please report it with the output of the"
                        + " same command under SKYHEDGE_LOG=debug, which shows where it happened.");
        return ExitCode.FAILED;
    }
}
