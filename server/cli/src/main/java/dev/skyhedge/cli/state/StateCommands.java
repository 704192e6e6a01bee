package dev.skyhedge.cli.state;

import dev.skyhedge.cli.arguments.Declaration;
import dev.skyhedge.cli.arguments.OptionValues;
import dev.skyhedge.cli.command.Command;
import dev.skyhedge.cli.command.CommandFailure;
import dev.skyhedge.cli.command.CommandGroup;
import dev.skyhedge.cli.command.Context;
import dev.skyhedge.cli.command.StateAddress;
import dev.skyhedge.cli.command.StateArguments;
import dev.skyhedge.cli.terminal.ExitCode;
import dev.skyhedge.cli.view.status.StateJson;
import dev.skyhedge.cli.view.status.StateText;
import dev.skyhedge.state.records.Change;
import dev.skyhedge.state.records.Lease;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.ReplicaRecord;
import dev.skyhedge.state.records.Snapshot;
import dev.skyhedge.state.records.WorkloadRecord;
import dev.skyhedge.state.store.CommitResult;
import dev.skyhedge.state.store.HistoryEntry;
import dev.skyhedge.state.store.StateStore;
import dev.skyhedge.watch.Leases;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `skyhedge state` and its subcommands.
public final class StateCommands extends CommandGroup {
    public StateCommands(Context context) {
        super(context);
        command("list", ListCommand::new);
        command("show", ShowOneCommand::new);
        command("rm", RemoveCommand::new);
        command("history", HistoryCommand::new);
        command("adopt", AdoptCommand::new);
    }

    @Override
    protected void declare(Declaration declared) {
        declared.does("Looks into the state, and mends it.");
    }

    private static final class ListCommand extends Command {
        StateArguments state = new StateArguments();
        boolean json;

        ListCommand(Context context) {
            super(context);
        }

        @Override
        protected void declare(Declaration declared) {
            declared.does("Lists services and live replicas.");
            state.declare(declared);
            declared.flag("--json", "As JSON.", on -> json = on);
        }

        @Override
        protected int run() {
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

    private static final class ShowOneCommand extends Command {
        StateArguments state = new StateArguments();
        String address = "";
        Optional<Long> serial = Optional.empty();
        boolean json;

        ShowOneCommand(Context context) {
            super(context);
        }

        @Override
        protected void declare(Declaration declared) {
            declared.does("Shows one service or replica with all its attributes.");
            state.declare(declared);
            declared.argument(0, "ADDRESS", OptionValues.text())
                    .help("Such as service.chat, chat or chat-1.")
                    .into(value -> address = value);
            declared.option("--serial", "N", OptionValues.number())
                    .help("As it was right after this serial.")
                    .into(value -> serial = Optional.of(value));
            declared.flag("--json", "As JSON.", on -> json = on);
        }

        @Override
        protected int run() {
            try (StateStore store = state.look(context())) {
                Snapshot snapshot = serial.map(store::readAt).orElseGet(store::read);
                Optional<WorkloadRecord> service = StateAddress.service(snapshot, address);
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

    private static final class RemoveCommand extends Command {
        StateArguments state = new StateArguments();
        String address = "";
        boolean autoApprove;

        RemoveCommand(Context context) {
            super(context);
        }

        @Override
        protected void declare(Declaration declared) {
            declared.does(
                    "Forgets a service or a replica without ending anything.",
                    "Instances that stay behind are named with their price; they carry our tags and cost money until they are "
                            + "ended by other means, or taken back by an import block.");
            state.declare(declared);
            declared.argument(0, "ADDRESS", OptionValues.text())
                    .help("Such as service.chat, chat or chat-1.")
                    .into(value -> address = value);
            declared.flag("--auto-approve", "Does not ask for approval.", on -> autoApprove = on);
        }

        @Override
        protected int run() {
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
            Optional<WorkloadRecord> service = StateAddress.service(snapshot, address);
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
            service.ifPresent(one -> changes.add(new Change.RemoveWorkload(one.name())));
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

    private static final class HistoryCommand extends Command {
        StateArguments state = new StateArguments();
        long before = Long.MAX_VALUE;
        int limit;
        boolean json;

        HistoryCommand(Context context) {
            super(context);
        }

        @Override
        protected void declare(Declaration declared) {
            declared.does("Shows what each serial changed, newest first.");
            state.declare(declared);
            declared.option("--before", "SERIAL", OptionValues.number())
                    .help("Only serials before this one.")
                    .into(value -> before = value);
            declared.option("--limit", "N", OptionValues.count())
                    .byDefault("50")
                    .help("At most this many; default ${DEFAULT-VALUE}.")
                    .into(value -> limit = value);
            declared.flag("--json", "As JSON.", on -> json = on);
        }

        @Override
        protected int run() {
            try (StateStore store = state.look(context())) {
                List<HistoryEntry> entries = store.history(before, limit);
                say(json ? StateJson.history(entries) : StateText.history(entries, display()));
                return ExitCode.OK;
            }
        }
    }
}
