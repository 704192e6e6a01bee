package dev.skyhedge.cli;

import java.util.List;

/// `skyhedge` itself: all commands are below it.
final class RootCommand extends CommandGroup {
    private boolean version;

    RootCommand(Context context) {
        super(context);
        command("init", InitCommand::new);
        command("validate", ValidateCommand::new);
        command("plan", PlanCommand::new);
        command("apply", ApplyCommand::new);
        command("destroy", DestroyCommand::new);
        command("watch", WatchCommand::new);
        command("status", StatusCommand::new);
        command("doctor", DoctorCommand::new);
        command("show", ShowCommand::new);
        command("output", OutputCommand::new);
        command("logs", LogsCommand::new);
        command("events", EventsCommand::new);
        command("simulate", SimulateCommand::new);
        command("load", LoadCommand::new);
        command("force-unlock", ForceUnlockCommand::new);
        command("console", ConsoleCommand::new);
        command("fmt", FmtCommand::new);
        command("functions", FunctionsCommand::new);
        command("docs", DocsCommand::new);
        command("graph", GraphCommand::new);
        command("completion", CompletionCommand::new);
        command("man", ManCommand::new);
        command("version", VersionCommand::new);
        group("replica", ReplicaCommands::new);
        group("service", ServiceCommands::new);
        group("zone", ZoneCommands::new);
        group("state", StateCommands::new);
        group("catalog", CatalogCommands::new);
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
    Command more(String name) {
        return PluginCommand.named(context(), name);
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
