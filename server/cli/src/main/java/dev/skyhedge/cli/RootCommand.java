package dev.skyhedge.cli;

import java.util.List;
import picocli.CommandLine;

/// `skyhedge` itself: all commands are below it.
final class RootCommand extends CommandGroup {
    private static final List<String> NAMES = List.of(
            "init",
            "validate",
            "plan",
            "apply",
            "destroy",
            "watch",
            "status",
            "doctor",
            "show",
            "output",
            "logs",
            "events",
            "simulate",
            "load",
            "force-unlock",
            "console",
            "fmt",
            "functions",
            "docs",
            "graph",
            "completion",
            "man",
            "version",
            "replica",
            "service",
            "zone",
            "state",
            "catalog");

    private boolean version;

    RootCommand(Context context) {
        super(context, NAMES);
    }

    @Override
    void declare(Declaration declared) {
        declared.does("Keeps AI services running on GPUs that come and go, at spot prices.");
        declared.labelsCommands("COMMAND");
        declared.examplesUnder(
                "A first run",
                "  skyhedge plan SPEC     shows what would be rented, where, why, and at what price",
                "  skyhedge watch SPEC    does it, puts a balancer in front, and keeps it that way",
                "  skyhedge status        shows what runs and what it has cost",
                "",
                "Long options may be written with one dash or two. skyhedge COMMAND --help tells more.");
        declared.flag("-v", "--version", "Shows the version.", on -> version = on);
    }

    /// Plugins are only looked for when no other command is asked for.
    @Override
    List<String> moreNames() {
        return PluginCommand.names(context());
    }

    @Override
    CommandLine make(String name, List<String> behind) {
        return switch (name) {
            case "replica" -> new ReplicaCommands(context()).line(name, behind);
            case "service" -> new ServiceCommands(context()).line(name, behind);
            case "zone" -> new ZoneCommands(context()).line(name, behind);
            case "state" -> new StateCommands(context()).line(name, behind);
            case "catalog" -> new CatalogCommands(context()).line(name, behind);
            default -> Command.line(name, command(name));
        };
    }

    private Command command(String name) {
        return switch (name) {
            case "init" -> new InitCommand(context());
            case "validate" -> new ValidateCommand(context());
            case "plan" -> new PlanCommand(context());
            case "apply" -> new ApplyCommand(context());
            case "destroy" -> new DestroyCommand(context());
            case "watch" -> new WatchCommand(context());
            case "status" -> new StatusCommand(context());
            case "doctor" -> new DoctorCommand(context());
            case "show" -> new ShowCommand(context());
            case "output" -> new OutputCommand(context());
            case "logs" -> new LogsCommand(context());
            case "events" -> new EventsCommand(context());
            case "simulate" -> new SimulateCommand(context());
            case "load" -> new LoadCommand(context());
            case "force-unlock" -> new ForceUnlockCommand(context());
            case "console" -> new ConsoleCommand(context());
            case "fmt" -> new FmtCommand(context());
            case "functions" -> new FunctionsCommand(context());
            case "docs" -> new DocsCommand(context());
            case "graph" -> new GraphCommand(context());
            case "completion" -> new CompletionCommand(context());
            case "man" -> new ManCommand(context());
            case "version" -> new VersionCommand(context());
            default -> PluginCommand.named(context(), name);
        };
    }

    @Override
    public void run() {
        if (version) {
            context().terminal().println(VersionCommand.text());
        } else {
            super.run();
        }
    }
}
