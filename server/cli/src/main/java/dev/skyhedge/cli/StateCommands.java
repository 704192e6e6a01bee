package dev.skyhedge.cli;

import dev.skyhedge.cli.view.StateJson;
import dev.skyhedge.cli.view.StateText;
import dev.skyhedge.state.Change;
import dev.skyhedge.state.CommitResult;
import dev.skyhedge.state.HistoryEntry;
import dev.skyhedge.state.Lease;
import dev.skyhedge.state.Lifecycle;
import dev.skyhedge.state.ReplicaRecord;
import dev.skyhedge.state.ServiceRecord;
import dev.skyhedge.state.Snapshot;
import dev.skyhedge.state.StateStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `skyhedge state` and its subcommands.
@CommandLine.Command(name = "state", description = "Looks into the state, and mends it.")
final class StateCommands implements Runnable {
    @Mixin
    private final CommonOptions common = new CommonOptions();

    @CommandLine.Spec
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // filled in by picocli
    private StateCommands() {}

    static CommandLine commandLine(Context context) {
        return new CommandLine(new StateCommands())
                .addSubcommand(new ListCommand(context))
                .addSubcommand(new ShowOneCommand(context))
                .addSubcommand(new RemoveCommand(context))
                .addSubcommand(new HistoryCommand(context))
                .addSubcommand(new AdoptCommand(context));
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    @CommandLine.Command(name = "list", description = "Lists services and live replicas.")
    private static final class ListCommand extends Command {
        @Mixin
        StateArguments state = new StateArguments();

        @Option(names = "--json", description = "As JSON.")
        boolean json;

        ListCommand(Context context) {
            super(context);
        }

        @Override
        int run() {
            try (StateStore store = state.look(context())) {
                Snapshot now = store.read();
                say(
                        json
                                ? StateJson.list(now.services(), now.replicas())
                                : StateText.list(now.services(), now.replicas()));
                return ExitCode.OK;
            }
        }
    }

    @CommandLine.Command(name = "show", description = "Shows one service or replica with all its attributes.")
    private static final class ShowOneCommand extends Command {
        @Mixin
        StateArguments state = new StateArguments();

        @Parameters(index = "0", paramLabel = "ADDRESS", description = "Such as service.chat, chat or chat-1.")
        String address = "";

        @Option(names = "--serial", paramLabel = "N", description = "As it was right after this serial.")
        Optional<Long> serial = Optional.empty();

        @Option(names = "--json", description = "As JSON.")
        boolean json;

        ShowOneCommand(Context context) {
            super(context);
        }

        @Override
        int run() {
            try (StateStore store = state.look(context())) {
                Snapshot snapshot = serial.map(store::readAt).orElseGet(store::read);
                Optional<ServiceRecord> service = StateAddress.service(snapshot, address);
                if (service.isPresent()) {
                    say(json ? StateJson.show(service.get()) : StateText.show(service.get(), display()));
                    return ExitCode.OK;
                }
                ReplicaRecord replica =
                        StateAddress.replica(snapshot, address).orElseThrow(() -> StateAddress.unknown(address));
                say(json ? StateJson.show(replica) : StateText.show(replica, display()));
                return ExitCode.OK;
            }
        }
    }

    @CommandLine.Command(
            name = "rm",
            description = {
                "Forgets a service or a replica without ending anything.",
                "Instances that stay behind are named with their price; they carry our tags and cost money until they are "
                        + "ended by other means, or taken back by an import block."
            })
    private static final class RemoveCommand extends Command {
        @Mixin
        StateArguments state = new StateArguments();

        @Parameters(index = "0", paramLabel = "ADDRESS", description = "Such as service.chat, chat or chat-1.")
        String address = "";

        @Option(names = "--auto-approve", description = "Does not ask for approval.")
        boolean autoApprove;

        RemoveCommand(Context context) {
            super(context);
        }

        @Override
        int run() {
            try (StateStore store = state.openExisting(context())) {
                Lease lease = Leases.acquire(store, "state rm", Duration.ZERO);
                try {
                    return remove(store, lease);
                } finally {
                    store.release(lease);
                }
            }
        }

        private int remove(StateStore store, Lease lease) {
            Snapshot snapshot = store.read();
            Optional<ServiceRecord> service = StateAddress.service(snapshot, address);
            List<ReplicaRecord> replicas = service.map(one -> snapshot.replicas().stream()
                            .filter(replica -> replica.service().equals(one.name()))
                            .toList())
                    .orElseGet(() -> List.of(
                            StateAddress.replica(snapshot, address).orElseThrow(() -> StateAddress.unknown(address))));
            if (!autoApprove) {
                approve(replicas);
            }
            List<Change> changes = new ArrayList<>();
            Instant at = context().clock().instant();
            replicas.forEach(replica -> changes.add(
                    replica.lifecycle().isLive() || replica.lifecycle() == Lifecycle.FORGOTTEN
                            // Without a record the instance would be taken for a leftover, and ended.
                            ? new Change.PutReplica(
                                    replica.in(Lifecycle.FORGOTTEN, at, "forgotten by `skyhedge state rm`"))
                            : new Change.ForgetReplica(replica.service(), replica.name())));
            service.ifPresent(one -> changes.add(new Change.RemoveService(one.name())));
            return switch (store.commit(lease, changes)) {
                case CommitResult.Committed(long serial) -> {
                    say("Forgotten at serial " + serial + ".");
                    replicas.stream()
                            .filter(replica -> replica.lifecycle().isLive())
                            .forEach(replica -> say("Stays behind: " + StateAddress.describe(replica)));
                    yield ExitCode.OK;
                }
                case CommitResult.Fenced _ -> throw new CommandFailure("The lease was lost", "Nothing was changed.");
                case CommitResult.NotSaved(var problem) ->
                    throw new CommandFailure(problem.summary(), problem.detail());
            };
        }

        private void approve(List<ReplicaRecord> replicas) {
            replicas.stream()
                    .filter(replica -> replica.lifecycle().isLive())
                    .forEach(replica -> say("Will stay behind: " + StateAddress.describe(replica)));
            String answer = terminal()
                    .ask("Forget " + address + "? Only 'yes' will be accepted: ")
                    .orElseThrow(() -> new CommandFailure(
                            "Nobody is here to approve", "Standard input is not a terminal. Use -auto-approve."));
            if (!answer.strip().equals("yes")) {
                throw new CommandFailure("Cancelled", "Nothing was changed.");
            }
        }
    }

    @CommandLine.Command(name = "history", description = "Shows what each serial changed, newest first.")
    private static final class HistoryCommand extends Command {
        @Mixin
        StateArguments state = new StateArguments();

        @Option(names = "--before", paramLabel = "SERIAL", description = "Only serials before this one.")
        long before = Long.MAX_VALUE;

        @Option(
                names = "--limit",
                paramLabel = "N",
                converter = OptionValues.Count.class,
                defaultValue = "50",
                description = "At most this many; default ${DEFAULT-VALUE}.")
        int limit;

        @Option(names = "--json", description = "As JSON.")
        boolean json;

        HistoryCommand(Context context) {
            super(context);
        }

        @Override
        int run() {
            try (StateStore store = state.look(context())) {
                List<HistoryEntry> entries = store.history(before, limit);
                say(json ? StateJson.history(entries) : StateText.history(entries, display()));
                return ExitCode.OK;
            }
        }
    }
}
