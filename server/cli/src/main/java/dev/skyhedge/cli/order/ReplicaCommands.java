package dev.skyhedge.cli.order;

import dev.skyhedge.cli.arguments.Declaration;
import dev.skyhedge.cli.arguments.OptionValues;
import dev.skyhedge.cli.command.CommandFailure;
import dev.skyhedge.cli.command.CommandGroup;
import dev.skyhedge.cli.command.Context;
import dev.skyhedge.cli.command.StateAddress;
import dev.skyhedge.state.records.Order;
import dev.skyhedge.state.records.OrderAnswer;
import dev.skyhedge.state.records.PlacedOrder;
import dev.skyhedge.state.records.ReplicaRecord;
import dev.skyhedge.state.records.Snapshot;
import java.util.Locale;

/// `skyhedge replica` and its subcommands.
public final class ReplicaCommands extends CommandGroup {
    public ReplicaCommands(Context context) {
        super(context);
        command("restart", Restart::new);
        command("replace", Replace::new);
        command("drain", Drain::new);
    }

    @Override
    protected void declare(Declaration declared) {
        declared.does(
                "Ends one replica, in three ways.",
                "A watching process is told through the state and does it; if nobody watches, the command does it itself.");
    }

    /// What the subcommands have in common: the replica, and that it ends.
    private abstract static class OfReplica extends OrderCommand {
        String address = "";
        private final Order.How how;

        OfReplica(Context context, Order.How how) {
            super(context);
            this.how = how;
        }

        @Override
        protected void declare(Declaration declared) {
            super.declare(declared);
            declared.argument(0, "ADDRESS", OptionValues.text())
                    .help("Such as chat-1 or service.chat/chat-1.")
                    .into(value -> address = value);
        }

        @Override
        Order order(Snapshot snapshot) {
            ReplicaRecord replica =
                    StateAddress.replica(snapshot, address).orElseThrow(() -> StateAddress.unknown(address));
            if (!replica.lifecycle().isLive()) {
                throw new CommandFailure(
                        replica.name() + " is not running",
                        "It is " + replica.lifecycle() + ": " + replica.reason() + ".");
            }
            return new Order.EndReplica(replica.name(), replica.generation(), how);
        }

        @Override
        boolean movesReplicas() {
            return true;
        }

        @Override
        boolean isSeen(PlacedOrder placed, Snapshot snapshot) {
            return placed.answer().orElseThrow() instanceof OrderAnswer.Done;
        }

        @Override
        String operation() {
            return "replica " + how.name().toLowerCase(Locale.ROOT);
        }
    }

    private static final class Restart extends OfReplica {
        Restart(Context context) {
            super(context, Order.How.RESTART);
        }

        @Override
        protected void declare(Declaration declared) {
            super.declare(declared);
            declared.does(
                    "Ends a replica after its requests, and then starts it again under its name.",
                    "No cloud restarts a machine in place: this rents a new one once the old one is gone, so one replica is missing"
                            + " meanwhile. `replica replace` launches first.");
            declared.examples("  skyhedge replica restart chat-1");
        }
    }

    private static final class Replace extends OfReplica {
        Replace(Context context) {
            super(context, Order.How.REPLACE);
        }

        @Override
        protected void declare(Declaration declared) {
            super.declare(declared);
            declared.does("Launches another replica, and ends this one once the other serves.");
            declared.examples("  skyhedge replica replace chat-1");
        }
    }

    private static final class Drain extends OfReplica {
        Drain(Context context) {
            super(context, Order.How.DRAIN);
        }

        @Override
        protected void declare(Declaration declared) {
            super.declare(declared);
            declared.does(
                    "Gives a replica no new requests, and ends it after those that it has.",
                    "If fewer than wanted are left, another one is launched at once, wherever placement finds best.");
            declared.examples("  skyhedge replica drain chat-1");
        }
    }
}
