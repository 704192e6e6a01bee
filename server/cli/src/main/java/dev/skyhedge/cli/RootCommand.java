package dev.skyhedge.cli;

import dev.skyhedge.cli.arguments.Declaration;
import dev.skyhedge.cli.command.Command;
import dev.skyhedge.cli.command.CommandGroup;
import dev.skyhedge.cli.command.Context;
import dev.skyhedge.cli.logs.LogsCommand;
import dev.skyhedge.cli.order.ReplicaCommands;
import dev.skyhedge.cli.order.ServiceCommands;
import dev.skyhedge.cli.order.ZoneCommands;
import dev.skyhedge.cli.plan.ApplyCommand;
import dev.skyhedge.cli.plan.DestroyCommand;
import dev.skyhedge.cli.plan.PlanCommand;
import dev.skyhedge.cli.providers.CatalogCommands;
import dev.skyhedge.cli.providers.DoctorCommand;
import dev.skyhedge.cli.providers.PluginCommand;
import dev.skyhedge.cli.simulate.FakeEngineCommand;
import dev.skyhedge.cli.simulate.LoadCommand;
import dev.skyhedge.cli.simulate.ProfileCommand;
import dev.skyhedge.cli.simulate.SimulateCommand;
import dev.skyhedge.cli.spec.ConsoleCommand;
import dev.skyhedge.cli.spec.FmtCommand;
import dev.skyhedge.cli.spec.FunctionsCommand;
import dev.skyhedge.cli.spec.GraphCommand;
import dev.skyhedge.cli.spec.InitCommand;
import dev.skyhedge.cli.spec.OutputCommand;
import dev.skyhedge.cli.spec.ValidateCommand;
import dev.skyhedge.cli.state.EventsCommand;
import dev.skyhedge.cli.state.ForceUnlockCommand;
import dev.skyhedge.cli.state.ShowCommand;
import dev.skyhedge.cli.state.SpendCommand;
import dev.skyhedge.cli.state.StateCommands;
import dev.skyhedge.cli.state.StatusCommand;
import dev.skyhedge.cli.watch.WatchCommand;
import dev.skyhedge.cli.why.WhyCommand;
import dev.skyhedge.cli.why.WhyNotCommand;
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
        command("why", WhyCommand::new);
        command("why-not", WhyNotCommand::new);
        command("spend", SpendCommand::new);
        command("simulate", SimulateCommand::new);
        command("load", LoadCommand::new);
        command("profile", ProfileCommand::new);
        command("fake-engine", FakeEngineCommand::new);
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
    protected void declare(Declaration declared) {
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
    protected List<String> moreNames() {
        return PluginCommand.names(context());
    }

    @Override
    protected Command more(String name) {
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
