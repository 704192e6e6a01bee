package dev.skyhedge.cli.plan;

import dev.skyhedge.cli.command.CommandFailure;
import dev.skyhedge.cli.terminal.Terminal;
import dev.skyhedge.engine.control.Preview;
import dev.skyhedge.state.records.Lifecycle;
import java.util.List;

/// Asks whether a plan may be carried out.
final class Approval {
    private Approval() {}

    /// Returns if the user agrees. What serves users is not ended on a mere yes: its name has to be typed.
    ///
    /// @throws CommandFailure if not, or if nobody is there to ask
    static void ask(Terminal terminal, boolean destroy, Preview preview) {
        List<String> serving = preview.world().replicas().entrySet().stream()
                .filter(entry -> entry.getValue().stream().anyMatch(replica -> replica.lifecycle() == Lifecycle.READY))
                .map(entry -> entry.getKey())
                .toList();
        boolean byName = destroy && !serving.isEmpty();
        String expected = byName ? String.join(" ", serving) : "yes";
        String question = byName
                ? "\nDo you really want to destroy what serves users?\n  Type the names of the services to confirm ("
                        + expected + "): "
                : "\nDo you want to perform these actions?\n  Only 'yes' will be accepted: ";
        String answer = terminal.ask(question)
                .orElseThrow(() -> new CommandFailure(
                        "Nobody is here to approve the plan",
                        "Standard input is not a terminal. Look at the plan first, then use -auto-approve, or save it "
                                + "with `skyhedge plan -out=FILE` and apply that."));
        if (!answer.strip().equals(expected)) {
            throw new CommandFailure((destroy ? "Destroy" : "Apply") + " cancelled", "Nothing was changed.");
        }
    }
}
