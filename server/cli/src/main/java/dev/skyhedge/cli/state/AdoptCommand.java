package dev.skyhedge.cli.state;

import dev.skyhedge.cli.arguments.Declaration;
import dev.skyhedge.cli.arguments.OptionValues;
import dev.skyhedge.cli.command.Command;
import dev.skyhedge.cli.command.CommandFailure;
import dev.skyhedge.cli.command.Context;
import dev.skyhedge.cli.command.StateArguments;
import dev.skyhedge.cli.terminal.ExitCode;
import dev.skyhedge.state.store.StateStore;

/// `skyhedge state adopt`.
final class AdoptCommand extends Command {
    private static final int MAX_LENGTH = 100;

    StateArguments state = new StateArguments();
    String lineage = "";

    AdoptCommand(Context context) {
        super(context);
    }

    @Override
    protected void declare(Declaration declared) {
        declared.does(
                "Makes a new state that takes over what runs for a state that was lost.",
                "LINEAGE is what its replicas are tagged with: `skyhedge plan` names it when it finds them beside an empty "
                        + "state. Nothing is launched or ended; the next plan shows which replicas are taken over. "
                        + "A state that holds anything already is refused.");
        state.declare(declared);
        declared.argument(0, "LINEAGE", OptionValues.text())
                .help("The lost state's, as errors and `state.lineage` show it.")
                .into(value -> lineage = value);
    }

    @Override
    protected int run() {
        if (!lineage.matches("[A-Za-z0-9._-]{1," + MAX_LENGTH + "}")) {
            throw new CommandFailure(
                    "Invalid lineage \"" + lineage + "\"",
                    "A lineage has letters, digits, dots, dashes and underscores. `skyhedge plan` names the one that it "
                            + "finds running.");
        }
        try (StateStore store = state.adopt(context(), lineage)) {
            say("The state in " + store.location() + " has taken over lineage " + lineage + ".");
            say("Run `skyhedge plan` to see what it finds running.");
            return ExitCode.OK;
        }
    }
}
