package dev.skyhedge.cli.order;

import dev.skyhedge.cli.arguments.Declaration;
import dev.skyhedge.cli.arguments.OptionValues;
import dev.skyhedge.cli.command.CommandFailure;
import dev.skyhedge.cli.command.CommandGroup;
import dev.skyhedge.cli.command.Context;
import dev.skyhedge.cli.command.StateAddress;
import dev.skyhedge.state.records.Order;
import dev.skyhedge.state.records.PlacedOrder;
import dev.skyhedge.state.records.ReplicaRecord;
import dev.skyhedge.state.records.Snapshot;
import dev.skyhedge.state.records.WorkloadRecord;
import java.util.stream.Stream;

/// `skyhedge service` and its subcommands.
public final class ServiceCommands extends CommandGroup {
    public ServiceCommands(Context context) {
        super(context);
        command("pause", Pause::new);
        command("resume", Resume::new);
    }

    @Override
    protected void declare(Declaration declared) {
        declared.does(
                "Pauses a service, and resumes it.",
                "A watching process is told through the state and does it; if nobody watches, the command does it itself.");
    }

    /// What the subcommands have in common: the service.
    private abstract static class OfService extends OrderCommand {
        String name = "";

        OfService(Context context) {
            super(context);
        }

        @Override
        protected void declare(Declaration declared) {
            super.declare(declared);
            declared.argument(0, "NAME", OptionValues.text())
                    .help("Such as chat or service.chat.")
                    .into(value -> name = value);
        }

        WorkloadRecord service(Snapshot snapshot) {
            return StateAddress.service(snapshot, name).orElseThrow(() -> StateAddress.unknown(name));
        }

        Stream<ReplicaRecord> live(Snapshot snapshot) {
            return snapshot.replicas().stream()
                    .filter(replica ->
                            replica.service().equals(service(snapshot).name()))
                    .filter(replica -> replica.lifecycle().isLive());
        }

        @Override
        boolean movesReplicas() {
            return true;
        }
    }

    private static final class Pause extends OfService {
        boolean autoApprove;

        Pause(Context context) {
            super(context);
        }

        @Override
        protected void declare(Declaration declared) {
            super.declare(declared);
            declared.does(
                    "Ends all replicas of a service, and launches none until it is resumed.",
                    "Requests to its endpoint wait and fail meanwhile. Edits of the spec and restarts of `watch` do not resume"
                            + " it.");
            declared.examples("  skyhedge service pause chat");
            declared.flag("--auto-approve", "Does not ask for approval.", on -> autoApprove = on);
        }

        @Override
        Order order(Snapshot snapshot) {
            WorkloadRecord service = service(snapshot);
            long serving = live(snapshot).filter(ReplicaRecord::isServing).count();
            if (serving > 0 && !autoApprove) {
                approve(service, serving);
            }
            return new Order.PauseService(service.name());
        }

        private void approve(WorkloadRecord service, long serving) {
            String answer = terminal()
                    .ask(service.address() + " serves with " + serving + (serving == 1 ? " replica" : " replicas")
                            + ", which end. Only 'yes' will be accepted: ")
                    .orElseThrow(() -> new CommandFailure(
                            "Nobody is here to approve", "Standard input is not a terminal. Use -auto-approve."));
            if (!answer.strip().equals("yes")) {
                throw new CommandFailure("Cancelled", "Nothing was changed.");
            }
        }

        @Override
        boolean isSeen(PlacedOrder placed, Snapshot snapshot) {
            return live(snapshot).findAny().isEmpty();
        }

        @Override
        String operation() {
            return "service pause";
        }
    }

    private static final class Resume extends OfService {
        Resume(Context context) {
            super(context);
        }

        @Override
        protected void declare(Declaration declared) {
            super.declare(declared);
            declared.does("Ends the pause of a service: it has as many replicas as its spec wants again.");
            declared.examples("  skyhedge service resume chat");
        }

        @Override
        Order order(Snapshot snapshot) {
            return new Order.ResumeService(service(snapshot).name());
        }

        @Override
        boolean isSeen(PlacedOrder placed, Snapshot snapshot) {
            return live(snapshot).filter(ReplicaRecord::isServing).count()
                    >= service(snapshot).wanted();
        }

        @Override
        String operation() {
            return "service resume";
        }
    }
}
