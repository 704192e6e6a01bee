package dev.skyhedge.cli;

import dev.skyhedge.state.Order;
import dev.skyhedge.state.OrderAnswer;
import dev.skyhedge.state.PlacedOrder;
import dev.skyhedge.state.ReplicaRecord;
import dev.skyhedge.state.Snapshot;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;

/// `skyhedge replica` and its subcommands.
@CommandLine.Command(
        name = "replica",
        description = {
            "Ends one replica, in three ways.",
            "A watching process is told through the state and does it; if nobody watches, the command does it itself."
        })
final class ReplicaCommands implements Runnable {
    @Mixin
    private final CommonOptions common = new CommonOptions();

    @CommandLine.Spec
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // filled in by picocli
    private ReplicaCommands() {}

    static CommandLine commandLine(Context context) {
        return new CommandLine(new ReplicaCommands())
                .addSubcommand(new Restart(context))
                .addSubcommand(new Replace(context))
                .addSubcommand(new Drain(context));
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /// What the subcommands have in common: the replica, and that it ends.
    private abstract static class OfReplica extends OrderCommand {
        @Parameters(index = "0", paramLabel = "ADDRESS", description = "Such as chat-1 or service.chat/chat-1.")
        String address = "";

        private final Order.How how;

        OfReplica(Context context, Order.How how) {
            super(context);
            this.how = how;
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

    @CommandLine.Command(
            name = "restart",
            description = {
                "Ends a replica after its requests, and then starts it again under its name.",
                "No cloud restarts a machine in place: this rents a new one once the old one is gone, so one replica is missing"
                        + " meanwhile. `replica replace` launches first."
            },
            footer = "  skyhedge replica restart chat-1")
    private static final class Restart extends OfReplica {
        Restart(Context context) {
            super(context, Order.How.RESTART);
        }
    }

    @CommandLine.Command(
            name = "replace",
            description = "Launches another replica, and ends this one once the other serves.",
            footer = "  skyhedge replica replace chat-1")
    private static final class Replace extends OfReplica {
        Replace(Context context) {
            super(context, Order.How.REPLACE);
        }
    }

    @CommandLine.Command(
            name = "drain",
            description = {
                "Gives a replica no new requests, and ends it after those that it has.",
                "If fewer than wanted are left, another one is launched at once, wherever placement finds best."
            },
            footer = "  skyhedge replica drain chat-1")
    private static final class Drain extends OfReplica {
        Drain(Context context) {
            super(context, Order.How.DRAIN);
        }
    }
}
