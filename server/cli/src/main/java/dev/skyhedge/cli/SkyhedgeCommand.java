package dev.skyhedge.cli;

import dev.skyhedge.state.StateException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/// The `skyhedge` command.
@CommandLine.Command(
        name = "skyhedge",
        description = "Keeps AI services running on GPUs that come and go, at spot prices.",
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nA first run:%n",
        footer = {
            "  skyhedge plan SPEC     shows what would be rented, where, why, and at what price",
            "  skyhedge watch SPEC    does it, puts a balancer in front, and keeps it that way",
            "  skyhedge status        shows what runs and what it has cost",
            "",
            "Long options may be written with one dash or two. skyhedge COMMAND --help tells more."
        })
public final class SkyhedgeCommand implements Runnable {
    @CommandLine.Mixin
    private final CommonOptions common = new CommonOptions();

    @CommandLine.Spec
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // filled in by picocli
    SkyhedgeCommand() {}

    /// The entry point.
    public static void main(String[] arguments) {
        // What it writes and compares is the same everywhere; also in libraries that never ask for a locale.
        Locale.setDefault(Locale.ROOT);
        Logging.begin(System.getenv());
        System.exit(execute(Context.ofProcess(), arguments));
    }

    /// Runs a command line.
    ///
    /// @return the exit code
    static int execute(Context context, String... arguments) {
        return commandLine(context, arguments).execute(Arguments.withTwoDashes(arguments));
    }

    static CommandLine commandLine(Context context, String... arguments) {
        var line = new CommandLine(new SkyhedgeCommand());
        addCommands(context, line, arguments);
        HelpLayout.applyTo(line);
        Terminal terminal = context.terminal();
        return line.setOut(terminal.out())
                .setErr(terminal.err())
                .setColorScheme(CommandLine.Help.defaultColorScheme(terminal.colour() ? Ansi.ON : Ansi.OFF))
                .setUsageHelpWidth(Math.min(terminal.width(), 110))
                .setOverwrittenOptionsAllowed(true)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(SkyhedgeCommand::misused)
                .setExecutionExceptionHandler((failure, command, _) -> failed(context, failure, command));
    }

    /// All commands, for help and suggestions; just the one that is asked for where that is known, because the
    /// model of each costs time at every start.
    private static void addCommands(Context context, CommandLine line, String[] arguments) {
        List<Command> all = commands(context);
        Optional<Command> asked = arguments.length == 0
                ? Optional.empty()
                : all.stream()
                        .filter(command -> nameOf(command).equals(arguments[0]))
                        .findFirst();
        if (asked.isPresent()) {
            line.addSubcommand(asked.get());
            return;
        }
        all.forEach(line::addSubcommand);
        line.addSubcommand(StateCommands.commandLine(context));
        line.addSubcommand(CatalogCommands.commandLine(context));
        PluginCommand.all(context).forEach(line::addSubcommand);
    }

    private static String nameOf(Command command) {
        return Optional.ofNullable(command.getClass().getAnnotation(CommandLine.Command.class))
                .map(CommandLine.Command::name)
                .orElse("");
    }

    private static List<Command> commands(Context context) {
        return List.of(
                new ValidateCommand(context),
                new PlanCommand(context),
                new ApplyCommand(context),
                new DestroyCommand(context),
                new WatchCommand(context),
                new StatusCommand(context),
                new DoctorCommand(context),
                new ShowCommand(context),
                new OutputCommand(context),
                new LogsCommand(context),
                new SimulateCommand(context),
                new LoadCommand(context),
                new ForceUnlockCommand(context),
                new ConsoleCommand(context),
                new FmtCommand(context),
                new FunctionsCommand(context),
                new DocsCommand(context),
                new GraphCommand(context),
                new VersionCommand(context));
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    private static int misused(ParameterException mistake, String[] arguments) {
        PrintWriter err = mistake.getCommandLine().getErr();
        err.println("Error: " + mistake.getMessage());
        CommandLine.UnmatchedArgumentException.printSuggestions(mistake, err);
        err.println("Try: " + mistake.getCommandLine().getCommandSpec().qualifiedName() + " --help");
        err.flush();
        return ExitCode.USAGE;
    }

    private static int failed(Context context, Exception failure, CommandLine command) {
        if (failure instanceof StateException broken) {
            context.terminal()
                    .complain("Error: " + broken.problem().summary() + "\n\n"
                            + broken.problem().detail());
            return ExitCode.FAILED;
        }
        LoggerFactory.getLogger(SkyhedgeCommand.class).debug("{} failed", command.getCommandName(), failure);
        context.terminal()
                .complain("Error: Skyhedge has a bug\n\n" + failure
                        + "\n\nPlease report it with the output of the same command under SKYHEDGE_LOG=debug.");
        return ExitCode.FAILED;
    }
}
