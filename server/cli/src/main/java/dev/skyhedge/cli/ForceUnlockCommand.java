package dev.skyhedge.cli;

import dev.skyhedge.state.Lease;
import dev.skyhedge.state.StateStore;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `skyhedge force-unlock`.
@CommandLine.Command(
        name = "force-unlock",
        description = {
            "Takes the lease of the state away from whoever holds it.",
            "Rarely needed: a dead process on this machine is replaced at once, one elsewhere when its lease expires.",
            "A process that is fenced out this way stops acting by itself."
        })
final class ForceUnlockCommand extends Command {
    @Mixin
    StateArguments state = new StateArguments();

    @Parameters(index = "0", paramLabel = "EPOCH", description = "The epoch of the lease, as the error showed it.")
    long epoch;

    ForceUnlockCommand(Context context) {
        super(context);
    }

    @Override
    int run() {
        try (StateStore store = state.open(context())) {
            Optional<Lease> lease = store.read().lease();
            if (!store.forceUnlock(epoch)) {
                throw new CommandFailure(
                        "There is no lease with epoch " + epoch,
                        lease.map(held -> "The present lease has epoch " + held.epoch() + ": " + Leases.describe(held))
                                .orElse("The state is not leased to anybody."));
            }
            say("Lease " + epoch + " has been taken away.");
            return ExitCode.OK;
        }
    }
}
