package dev.skyhedge.cli;

import dev.skyhedge.engine.reconcile.Questions;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.LogPage;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.Provider;
import dev.skyhedge.state.ReplicaRecord;
import dev.skyhedge.state.StateStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `skyhedge logs`.
@CommandLine.Command(
        name = "logs",
        description = "Shows what a replica's workload writes. `skyhedge status` shows the names of replicas.",
        footer = "  skyhedge logs -f chat-1")
final class LogsCommand extends Command {
    private static final int PAGE_BYTES = 64 * 1024;
    private static final Duration PAUSE = Duration.ofMillis(300);

    @Parameters(index = "0", paramLabel = "REPLICA", description = "Its name, such as chat-1.")
    String name = "";

    @Option(
            names = "--spec",
            paramLabel = "SPEC",
            description = "The spec with the provider's settings, beside the state; default: the current directory.")
    Optional<Path> spec = Optional.empty();

    @Mixin
    StateArguments state = new StateArguments();

    @Option(
            names = {"-f", "--follow"},
            description = "Goes on until the workload ends.")
    boolean follow;

    LogsCommand(Context context) {
        super(context);
    }

    @Override
    int run() {
        spec.map(SpecArguments::directoryOf).ifPresent(state::beside);
        try (StateStore store = state.look(context())) {
            List<ReplicaRecord> replicas = store.read().replicas();
            ReplicaRecord replica = replicas.stream()
                    .filter(one -> one.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> unknown(replicas));
            String id = replica.instanceId()
                    .orElseThrow(() -> new CommandFailure(
                            "No logs yet", "Replica " + name + " has no instance: " + replica.reason() + "."));
            try (OpenProviders providers = OpenProviders.openRecorded(
                    context(),
                    spec.orElse(Path.of(".")),
                    state.directory(context()),
                    replica.offer().location().cloud())) {
                return print(
                        Objects.requireNonNull(providers
                                .byName()
                                .get(replica.offer().location().cloud())),
                        replica,
                        id);
            }
        }
    }

    private int print(Provider provider, ReplicaRecord replica, String id) {
        long offset = 0;
        while (true) {
            long from = offset;
            Location location = replica.offer().location();
            switch (Questions.ask(location.cloud(), provider, one -> one.logs(id, location, from, PAGE_BYTES))
                    .join()) {
                case Outcome.Failed<LogPage>(Failure failure) ->
                    throw new CommandFailure("No logs of " + name, failure.kind() + ": " + failure.message());
                case Outcome.Done<LogPage>(LogPage page) -> {
                    terminal().print(page.text());
                    boolean more = page.nextOffset() > offset;
                    offset = page.nextOffset();
                    if (!more && (!follow || page.complete())) {
                        return ExitCode.OK;
                    }
                    if (!more) {
                        pause();
                    }
                }
            }
        }
    }

    private CommandFailure unknown(List<ReplicaRecord> replicas) {
        String known = replicas.stream().map(ReplicaRecord::name).collect(Collectors.joining(", "));
        return new CommandFailure(
                "Unknown replica \"" + name + "\"",
                known.isEmpty() ? "Nothing is recorded in this state." : "Recorded are: " + known + ".");
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("Interrupted", "");
        }
    }
}
