package dev.skyhedge.cli;

import dev.skyhedge.spi.ProviderCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// A command that a provider plugin adds, such as `skyhedge local-cloud`. The plugin is loaded only when it runs.
@CommandLine.Command
final class PluginCommand extends Command {
    @Mixin
    StateArguments state = new StateArguments();

    @Option(names = "--json", description = "As JSON.")
    boolean json;

    @Parameters(arity = "0..*", paramLabel = "ARGUMENT", description = "What to do; none shows what there is.")
    List<String> arguments = new ArrayList<>();

    private final String provider;
    private final String name;

    private PluginCommand(Context context, String provider, String name) {
        super(context);
        this.provider = provider;
        this.name = name;
    }

    /// One for each plugin that is installed and known to add a command.
    static List<CommandLine> all(Context context) {
        if (!context.plugins().names().contains("local")) {
            return List.of();
        }
        var line = new CommandLine(new PluginCommand(context, "local", "local-cloud"));
        line.setCommandName("local-cloud");
        line.getCommandSpec()
                .usageMessage()
                .description("Shows or stops the cloud in a box: status, ledger, preempt, outage, settings, stop.");
        return List.of(line);
    }

    @Override
    int run() {
        Optional<ProviderCommand> command = context().plugins().command(provider, name);
        if (command.isEmpty()) {
            throw new CommandFailure("No such command", "The plugin \"" + provider + "\" has no command " + name + ".");
        }
        if (arguments.isEmpty()) {
            command.get().usage().forEach(this::say);
            return ExitCode.USAGE;
        }
        List<String> all = new ArrayList<>(arguments);
        if (json) {
            all.add("-json");
        }
        Terminal terminal = terminal();
        return command.get()
                .run(
                        all,
                        OpenProviders.directoryOf(provider, state.directory(context())),
                        terminal.out(),
                        terminal.err());
    }
}
