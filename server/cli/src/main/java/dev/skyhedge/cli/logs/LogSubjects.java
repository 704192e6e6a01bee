package dev.skyhedge.cli.logs;

import dev.skyhedge.cli.command.CommandFailure;
import dev.skyhedge.cli.command.StateAddress;
import dev.skyhedge.state.records.ReplicaRecord;
import dev.skyhedge.state.records.Snapshot;
import dev.skyhedge.state.records.WorkloadRecord;
import dev.skyhedge.state.store.HistoryEntry;
import dev.skyhedge.state.store.StateStore;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Whose logs are meant: a replica, or all replicas of a service.
///
/// @param together whether it is a service
/// @param replicas with or without an instance
record LogSubjects(boolean together, List<ReplicaRecord> replicas) {
    private static final int PAGE = 1000;

    /// Finds what a user names: `chat-1` or `service.chat/chat-1`, `chat` or `service.chat`.
    ///
    /// @throws CommandFailure if nothing has that name
    static LogSubjects of(Snapshot snapshot, String address) {
        Optional<ReplicaRecord> replica = address.startsWith("service.") && !address.contains("/")
                ? Optional.empty()
                : StateAddress.replica(snapshot, address);
        if (replica.isPresent()) {
            return new LogSubjects(false, List.of(replica.get()));
        }
        WorkloadRecord service = StateAddress.service(snapshot, address).orElseThrow(() -> unknown(snapshot, address));
        return new LogSubjects(
                true,
                snapshot.replicas().stream()
                        .filter(one -> one.service().equals(service.name()))
                        .toList());
    }

    private static CommandFailure unknown(Snapshot snapshot, String address) {
        String known = Stream.concat(
                        snapshot.services().stream().map(WorkloadRecord::name),
                        snapshot.replicas().stream().map(ReplicaRecord::name))
                .collect(Collectors.joining(", "));
        return new CommandFailure(
                "Unknown replica or service \"" + address + "\"",
                known.isEmpty() ? "Nothing is recorded in this state." : "Recorded are: " + known + ".");
    }

    /// The same replicas, each as it was before it was last launched; those that never were before are left out.
    ///
    /// @throws CommandFailure if none is left
    LogSubjects previous(StateStore store) {
        List<ReplicaRecord> before = replicas.stream()
                .flatMap(replica -> previous(store, replica).stream())
                .toList();
        if (before.isEmpty()) {
            throw new CommandFailure(
                    "No previous generation",
                    "The state does not know that anything was launched before under "
                            + (together ? "any of these names." : "this name."));
        }
        return new LogSubjects(together, before);
    }

    private static Optional<ReplicaRecord> previous(StateStore store, ReplicaRecord present) {
        long before = Long.MAX_VALUE;
        while (true) {
            List<HistoryEntry> page = store.history(before, PAGE);
            Optional<ReplicaRecord> found = page.stream()
                    .flatMap(entry -> entry.replica().stream())
                    .filter(one -> one.service().equals(present.service())
                            && one.name().equals(present.name())
                            && one.generation() < present.generation())
                    .findFirst();
            if (found.isPresent() || page.size() < PAGE) {
                return found;
            }
            before = page.getLast().serial();
        }
    }
}
