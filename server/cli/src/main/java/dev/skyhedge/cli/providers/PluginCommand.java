package dev.skyhedge.cli.providers;

import dev.skyhedge.cli.arguments.Declaration;
import dev.skyhedge.cli.arguments.OptionValues;
import dev.skyhedge.cli.command.Command;
import dev.skyhedge.cli.command.CommandFailure;
import dev.skyhedge.cli.command.Context;
import dev.skyhedge.cli.command.StateArguments;
import dev.skyhedge.cli.terminal.ExitCode;
import dev.skyhedge.cli.terminal.Terminal;
import dev.skyhedge.spi.ProviderCommand;
import dev.skyhedge.watch.planning.OpenProviders;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A command that a provider plugin adds, such as `skyhedge local-cloud`. The plugin is loaded only when it runs.
public final class PluginCommand extends Command {
    private static final String LOCAL_CLOUD = "local-cloud";

    StateArguments state = new StateArguments();
    boolean json;
    List<String> arguments = new ArrayList<>();

    private final String provider;
    private final String name;

    private PluginCommand(Context context, String provider, String name) {
        super(context);
        this.provider = provider;
        this.name = name;
    }

    @Override
    protected void declare(Declaration declared) {
        declared.does("Shows or stops the cloud in a box: status, ledger, preempt, outage, settings, stop.");
        state.declare(declared);
        declared.flag("--json", "As JSON.", on -> json = on);
        declared.arguments("ARGUMENT", OptionValues.text())
                .help("What to do; none shows what there is.")
                .all(values -> arguments = values);
    }

    /// One for each plugin that is installed and known to add a command.
    /// What the plugins that there are add.
    public static List<String> names(Context context) {
        return context.plugins().names().contains("local") ? List.of(LOCAL_CLOUD) : List.of();
    }

    /// One of those.
    public static PluginCommand named(Context context, String name) {
        return new PluginCommand(context, "local", name);
    }

    @Override
    protected int run() {
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
