package dev.skyhedge.cli;

import dev.skyhedge.state.StateStore;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `skyhedge state adopt`.
@CommandLine.Command(
        name = "adopt",
        description = {
            "Makes a new state that takes over what runs for a state that was lost.",
            "LINEAGE is what its replicas are tagged with: `skyhedge plan` names it when it finds them beside an empty "
                    + "state. Nothing is launched or ended; the next plan shows which replicas are taken over. "
                    + "A state that holds anything already is refused."
        })
final class AdoptCommand extends Command {
    private static final int MAX_LENGTH = 100;

    @Mixin
    StateArguments state = new StateArguments();

    @Parameters(
            index = "0",
            paramLabel = "LINEAGE",
            description = "The lost state's, as errors and `state.lineage` show it.")
    String lineage = "";

    AdoptCommand(Context context) {
        super(context);
    }

    @Override
    int run() {
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
