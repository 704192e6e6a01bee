package dev.skyhedge.cli.logs;

import dev.skyhedge.cli.command.CommandFailure;
import dev.skyhedge.engine.control.Questions;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.LogPage;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.Provider;
import dev.skyhedge.state.records.ReplicaRecord;
import java.util.function.Consumer;

/// The log of one replica, read from its beginning page by page. Not thread-safe.
final class LogReading {
    private static final int PAGE_BYTES = 64 * 1024;

    private final Provider provider;
    private final ReplicaRecord replica;
    private final String instanceId;
    private long offset;
    private boolean complete;

    /// @throws CommandFailure if the replica has no instance that could have written anything
    LogReading(Provider provider, ReplicaRecord replica) {
        this.provider = provider;
        this.replica = replica;
        this.instanceId = replica.instanceId()
                .orElseThrow(() -> new CommandFailure(
                        "No logs yet", "Replica " + replica.name() + " has no instance: " + replica.reason() + "."));
    }

    /// Reads everything that is there by now.
    ///
    /// @param text gets each piece
    /// @return whether there was anything
    /// @throws CommandFailure if the cloud does not hand it out
    boolean readOn(Consumer<String> text) {
        long before = offset;
        boolean more = !complete;
        while (more) {
            LogPage page = page();
            text.accept(page.text());
            more = page.nextOffset() > offset;
            offset = page.nextOffset();
            complete = page.complete() && !more;
        }
        return offset > before;
    }

    private LogPage page() {
        Location location = replica.offer().location();
        long from = offset;
        return switch (Questions.ask(
                        location.cloud(), provider, one -> one.logs(instanceId, location, from, PAGE_BYTES))
                .join()) {
            case Outcome.Done<LogPage>(LogPage page) -> page;
            case Outcome.Failed<LogPage>(Failure failure) ->
                throw new CommandFailure("No logs of " + replica.name(), failure.kind() + ": " + failure.message());
        };
    }

    ReplicaRecord replica() {
        return replica;
    }

    /// Whether the workload has ended and all of it was read.
    boolean isComplete() {
        return complete;
    }
}
