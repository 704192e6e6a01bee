package dev.skyhedge.cli.logs;

import dev.skyhedge.cli.arguments.Declaration;
import dev.skyhedge.cli.arguments.OptionValues;
import dev.skyhedge.cli.command.Command;
import dev.skyhedge.cli.command.CommandFailure;
import dev.skyhedge.cli.command.Context;
import dev.skyhedge.cli.command.SpecArguments;
import dev.skyhedge.cli.command.StateArguments;
import dev.skyhedge.cli.terminal.ExitCode;
import dev.skyhedge.engine.reconcile.Message;
import dev.skyhedge.spi.Provider;
import dev.skyhedge.state.records.ReplicaRecord;
import dev.skyhedge.state.store.StateStore;
import dev.skyhedge.watch.installation.Refusal;
import dev.skyhedge.watch.planning.OpenProviders;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// `skyhedge logs`.
public final class LogsCommand extends Command {
    private static final Duration PAUSE = Duration.ofMillis(300);
    private static final int EVENTS = 1000;

    String name = "";
    Optional<Path> spec = Optional.empty();
    StateArguments state = new StateArguments();
    boolean follow;
    boolean previous;

    @Nullable
    Integer tail;

    private final Map<String, OpenProviders> providers = new HashMap<>();
    private final Map<LogReading, LogPrinter> printers = new LinkedHashMap<>();
    /// Instances whose logs are read, or were.
    private final Set<String> begun = new HashSet<>();

    public LogsCommand(Context context) {
        super(context);
    }

    @Override
    protected void declare(Declaration declared) {
        declared.does(
                "Shows what a replica's workload writes, or what those of all replicas of a service write.",
                "Lines have the times that the workload itself writes; none are added, as clouds keep none.");
        declared.examples(
                "  skyhedge logs -f chat-1",
                "  skyhedge logs chat -tail=20      each line behind the name of its replica",
                "  skyhedge logs chat-1 -previous   why the one before failed");
        declared.argument(0, "REPLICA|SERVICE", OptionValues.text())
                .help("Such as chat-1 or service.chat/chat-1, chat or service.chat.")
                .into(value -> name = value);
        declared.option("--spec", "SPEC", OptionValues.path())
                .help("The spec with the provider's settings, beside the state; default: the current directory.")
                .into(value -> spec = Optional.of(value));
        state.declare(declared);
        declared.flag(
                "-f",
                "--follow",
                "Goes on until the workload ends; with a service until Ctrl-C, with replicas that come later.",
                on -> follow = on);
        declared.flag(
                "-p",
                "--previous",
                "Of the instance before the present one, whose place that took.",
                on -> previous = on);
        declared.option("--tail", "N", OptionValues.count())
                .help("Only the last N lines of what is there, of each replica.")
                .into(value -> tail = value);
    }

    @Override
    protected int run() {
        spec.map(SpecArguments::directoryOf).ifPresent(state::beside);
        try (StateStore store = state.look(context())) {
            LogSubjects present = LogSubjects.of(store.read(), name);
            LogSubjects subjects = previous ? present.previous(store) : present;
            begin(subjects);
            if (printers.isEmpty()) {
                throw new CommandFailure("No logs yet", "No replica of " + name + " has an instance.");
            }
            print(store, subjects);
            return ExitCode.OK;
        } finally {
            providers.values().forEach(OpenProviders::close);
        }
    }

    /// Of a service only what has an instance can have written anything.
    private void begin(LogSubjects subjects) {
        int width = subjects.replicas().stream()
                .mapToInt(replica -> replica.name().length())
                .max()
                .orElse(0);
        for (ReplicaRecord replica : subjects.replicas()) {
            if (subjects.together()
                    && (replica.instanceId().isEmpty()
                            || !begun.add(replica.instanceId().get()))) {
                continue;
            }
            String prefix = subjects.together()
                    ? replica.name() + " ".repeat(width - replica.name().length()) + " | "
                    : "";
            printers.put(
                    new LogReading(provider(replica), replica),
                    new LogPrinter(
                            prefix, tail == null ? OptionalInt.empty() : OptionalInt.of(tail), terminal()::print));
        }
    }

    private Provider provider(ReplicaRecord replica) {
        String cloud = replica.offer().location().cloud();
        OpenProviders open = providers.computeIfAbsent(
                cloud,
                name -> OpenProviders.openRecorded(
                        context().surroundings(), spec.orElse(Path.of(".")), state.directory(context()), name));
        return Objects.requireNonNull(open.byName().get(cloud));
    }

    private void print(StateStore store, LogSubjects subjects) {
        boolean over = false;
        while (!over) {
            boolean more = false;
            for (var entry : List.copyOf(printers.entrySet())) {
                more |= readOn(store, subjects, entry.getKey(), entry.getValue());
            }
            over = !follow || (!more && !subjects.together() && isComplete());
            if (!over && !more) {
                pause();
                if (subjects.together() && !previous) {
                    begin(LogSubjects.of(store.read(), name));
                }
            }
        }
        printers.values().forEach(LogPrinter::end);
    }

    private boolean isComplete() {
        return printers.keySet().stream().allMatch(LogReading::isComplete);
    }

    /// One of several replicas whose log cannot be read does not keep those of the others.
    private boolean readOn(StateStore store, LogSubjects subjects, LogReading reading, LogPrinter printer) {
        try {
            boolean more = reading.readOn(printer::take);
            printer.caughtUp();
            return more;
        } catch (Refusal failure) {
            Optional<String> lastLines = lastLines(store, reading.replica());
            if (lastLines.isEmpty() && !subjects.together()) {
                throw failure;
            }
            complain(failure.diagnostics());
            lastLines.ifPresent(lines -> {
                terminal().complain("What the state keeps of it:");
                printer.take(lines + "\n");
            });
            printer.end();
            printers.remove(reading);
            return false;
        }
    }

    /// A cloud may drop the logs of machines that are gone; the last lines of one that failed are recorded.
    private static Optional<String> lastLines(StateStore store, ReplicaRecord replica) {
        return replica.logTail().isEmpty()
                ? store.events(replica.service(), EVENTS).stream()
                        .filter(event -> event.kind().equals(Message.LogRead.EVENT)
                                && event.replica().equals(replica.name()))
                        .map(event -> event.message())
                        .findFirst()
                : Optional.of(replica.logTail());
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
