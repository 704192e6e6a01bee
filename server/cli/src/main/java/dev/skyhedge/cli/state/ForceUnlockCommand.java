package dev.skyhedge.cli.state;

import dev.skyhedge.cli.arguments.Declaration;
import dev.skyhedge.cli.arguments.OptionValues;
import dev.skyhedge.cli.command.Command;
import dev.skyhedge.cli.command.CommandFailure;
import dev.skyhedge.cli.command.Context;
import dev.skyhedge.cli.command.StateArguments;
import dev.skyhedge.cli.terminal.ExitCode;
import dev.skyhedge.state.records.Lease;
import dev.skyhedge.state.store.LeaseTerms;
import dev.skyhedge.state.store.LocalProcesses;
import dev.skyhedge.state.store.StateStore;
import dev.skyhedge.watch.Leases;
import java.util.Optional;

/// `skyhedge force-unlock`.
public final class ForceUnlockCommand extends Command {
    StateArguments state = new StateArguments();
    long epoch;
    boolean force;

    public ForceUnlockCommand(Context context) {
        super(context);
    }

    @Override
    protected void declare(Declaration declared) {
        declared.does(
                "Takes the lease of the state away from whoever holds it.",
                "Rarely needed: a dead process on this machine is replaced at once, one elsewhere when its lease expires.",
                "Refused while the holder shows that it lives, unless -force is given; it then stops acting by itself.");
        state.declare(declared);
        declared.argument(0, "EPOCH", OptionValues.number())
                .help("The epoch of the lease, as the error showed it.")
                .into(value -> epoch = value);
        declared.flag("--force", "Also from a process that is alive.", on -> force = on);
    }

    @Override
    protected int run() {
        try (StateStore store = state.openExisting(context())) {
            Optional<Lease> lease = store.read().lease();
            lease.filter(held -> held.epoch() == epoch && !force && isAlive(held))
                    .ifPresent(held -> {
                        throw new CommandFailure(
                                "The holder of the lease is alive",
                                Leases.describe(held)
                                        + ", shows that it lives. A watching process would take the lease again at"
                                        + " once: stop that process instead. -force takes it away all the same.");
                    });
            if (!store.forceUnlock(epoch)) {
                throw new CommandFailure(
                        "There is no lease with epoch " + epoch,
                        lease.map(held -> "The present lease has epoch " + held.epoch() + ": " + Leases.describe(held))
                                .orElse("The state is not leased to anybody."));
            }
            say("Lease " + epoch + " has been taken away.");
            if (lease.filter(this::isAlive).isPresent()) {
                say("Its holder stops acting; if it watches, it takes the next lease as soon as it can.");
            }
            return ExitCode.OK;
        }
    }

    /// Nobody else may have the lease yet.
    private boolean isAlive(Lease held) {
        return !LeaseTerms.isOver(held, context().clock().instant(), LocalProcesses::isDead);
    }
}
