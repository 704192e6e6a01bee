package dev.skyhedge.cli.state;

import dev.skyhedge.cli.arguments.Declaration;
import dev.skyhedge.cli.arguments.OptionValues;
import dev.skyhedge.cli.command.Command;
import dev.skyhedge.cli.command.Context;
import dev.skyhedge.cli.command.PlanDisplayOptions;
import dev.skyhedge.cli.command.ProductVersion;
import dev.skyhedge.cli.command.StateArguments;
import dev.skyhedge.cli.plan.SavedPlans;
import dev.skyhedge.cli.terminal.ExitCode;
import dev.skyhedge.cli.view.plan.ShowJson;
import dev.skyhedge.cli.view.status.StatusText;
import dev.skyhedge.state.records.Snapshot;
import dev.skyhedge.state.store.StateStore;
import java.nio.file.Path;
import java.util.Optional;

/// `skyhedge show`.
public final class ShowCommand extends Command {
    Optional<Path> file = Optional.empty();
    StateArguments state = new StateArguments();
    PlanDisplayOptions shown = new PlanDisplayOptions();
    boolean json;

    public ShowCommand(Context context) {
        super(context);
    }

    @Override
    protected void declare(Declaration declared) {
        declared.does(
                "Shows a saved plan, or the state if no file is given.",
                "With -json in the shape that Terraform's show has, so that policies written for it run unchanged.");
        declared.argument(0, "FILE", OptionValues.path())
                .optional()
                .help("A plan that was saved.")
                .into(value -> file = Optional.of(value));
        state.declare(declared);
        shown.declare(declared);
        declared.flag("--json", "As one JSON object.", on -> json = on);
    }

    @Override
    protected int run() {
        if (file.isPresent()) {
            say(SavedPlans.show(file.get(), json, shown.options(), display()));
            return ExitCode.OK;
        }
        try (StateStore store = state.look(context())) {
            Snapshot now = store.read();
            say(
                    json
                            ? ShowJson.state(now.services(), now.replicas(), ProductVersion.text())
                            : StatusText.render(
                                    StatusCommand.report(
                                            store, context().clock().instant()),
                                    true,
                                    display()));
            return ExitCode.OK;
        }
    }
}
