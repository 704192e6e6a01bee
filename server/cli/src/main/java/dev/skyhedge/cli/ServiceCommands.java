package dev.skyhedge.cli;

import dev.skyhedge.state.Order;
import dev.skyhedge.state.PlacedOrder;
import dev.skyhedge.state.ReplicaRecord;
import dev.skyhedge.state.ServiceRecord;
import dev.skyhedge.state.Snapshot;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `skyhedge service` and its subcommands.
@CommandLine.Command(
        name = "service",
        description = {
            "Pauses a service, and resumes it.",
            "A watching process is told through the state and does it; if nobody watches, the command does it itself."
        })
final class ServiceCommands implements Runnable {
    @Mixin
    private final CommonOptions common = new CommonOptions();

    @CommandLine.Spec
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // filled in by picocli
    private ServiceCommands() {}

    static CommandLine commandLine(Context context) {
        return new CommandLine(new ServiceCommands())
                .addSubcommand(new Pause(context))
                .addSubcommand(new Resume(context));
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /// What the subcommands have in common: the service.
    private abstract static class OfService extends OrderCommand {
        @Parameters(index = "0", paramLabel = "NAME", description = "Such as chat or service.chat.")
        String name = "";

        OfService(Context context) {
            super(context);
        }

        ServiceRecord service(Snapshot snapshot) {
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

    @CommandLine.Command(
            name = "pause",
            description = {
                "Ends all replicas of a service, and launches none until it is resumed.",
                "Requests to its endpoint wait and fail meanwhile. Edits of the spec and restarts of `watch` do not resume"
                        + " it."
            },
            footer = "  skyhedge service pause chat")
    private static final class Pause extends OfService {
        @Option(names = "--auto-approve", description = "Does not ask for approval.")
        boolean autoApprove;

        Pause(Context context) {
            super(context);
        }

        @Override
        Order order(Snapshot snapshot) {
            ServiceRecord service = service(snapshot);
            long serving = live(snapshot).filter(ReplicaRecord::isServing).count();
            if (serving > 0 && !autoApprove) {
                approve(service, serving);
            }
            return new Order.PauseService(service.name());
        }

        private void approve(ServiceRecord service, long serving) {
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

    @CommandLine.Command(
            name = "resume",
            description = "Ends the pause of a service: it has as many replicas as its spec wants again.",
            footer = "  skyhedge service resume chat")
    private static final class Resume extends OfService {
        Resume(Context context) {
            super(context);
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
