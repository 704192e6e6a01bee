package dev.skyhedge.cli;

import dev.skyhedge.cli.view.PlanText;
import dev.skyhedge.console.ConsoleSettings;
import dev.skyhedge.engine.plan.PlanOptions;
import dev.skyhedge.engine.reconcile.Preview;
import dev.skyhedge.specs.diagnostics.DiagnosticText;
import dev.skyhedge.specs.loading.LoadedSpec;
import dev.skyhedge.state.StateStore;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `skyhedge watch`.
@CommandLine.Command(
        name = "watch",
        description = {
            "Applies the spec and keeps it applied, with a load balancer in front of each service.",
            "Preemptions, failures and changes of the spec's files are acted on at once. SIGHUP reads the spec again;",
            "Ctrl-C or SIGTERM drains the balancers and leaves the replicas running.",
            "While another process watches the same state, this one waits, and takes over when that one dies."
        },
        footer = {
            "  skyhedge watch chat.hcl -plan-only      what it would do first",
            "  skyhedge watch chat.hcl",
            "  skyhedge watch chat.hcl -approve=ask    changes of chat.hcl wait for a yes"
        })
final class WatchCommand extends Command {
    @Mixin
    SpecArguments spec = new SpecArguments();

    @Mixin
    StateArguments state = new StateArguments();

    @Mixin
    PlanDisplayOptions shown = new PlanDisplayOptions();

    @Option(names = "--plan-only", description = "Shows what it would do first, and ends.")
    boolean planOnly;

    @Option(
            names = "--approve",
            paramLabel = "ask|auto",
            defaultValue = "auto",
            description = "Whether changes of the spec's files are applied at once or after a question; "
                    + "default ${DEFAULT-VALUE}. Preemptions and failures are always acted on at once.")
    SpecChanges.Approve approve = SpecChanges.Approve.AUTO;

    @Option(
            names = "--admin-port",
            paramLabel = "PORT",
            converter = OptionValues.Port.class,
            defaultValue = "7070",
            description = "For /healthz, /readyz, /metrics and /api/status on 127.0.0.1; 0 for any free port; "
                    + "default ${DEFAULT-VALUE}.")
    int adminPort;

    @Mixin
    NoticeArguments notices = new NoticeArguments();

    @Option(
            names = "--notices-listen",
            paramLabel = "HOST:PORT",
            converter = HostPortConverter.class,
            description = "A second address, which takes notices and nothing else, for replicas that cannot reach the "
                    + "admin port.")
    @Nullable
    InetSocketAddress noticesListen;

    @Option(
            names = "--drain-timeout",
            paramLabel = "DURATION",
            defaultValue = "30s",
            converter = DurationConverter.class,
            description = "How long requests under way may go on at the end; default ${DEFAULT-VALUE}.")
    Duration drainTimeout = Duration.ZERO;

    WatchCommand(Context context) {
        super(context);
    }

    @Override
    int run() {
        if (approve == SpecChanges.Approve.ASK && !terminal().interactive()) {
            throw new CommandFailure(
                    "Nobody is here to approve changes",
                    "Standard input is not a terminal. Use -approve=auto, or watch from a terminal.");
        }
        LoadedSpec loaded = spec.load(context());
        complain(spec.warnings(loaded));
        Path directory = state.directory(context());
        try (StateStore store = state.open(context())) {
            RemovalGuard.require(loaded, store.read(), PlanOptions.DEFAULT, Set.of());
            if (planOnly) {
                return showPlan(loaded, store, directory);
            }
            return watch(context(), loaded, store, directory);
        }
    }

    /// What is printed from now on waits in a queue for a terminal that may be paused.
    private int watch(Context context, LoadedSpec loaded, StateStore store, Path directory) {
        try (var output = OutputQueues.before(context.terminal())) {
            Context queued = context.withTerminal(output.terminal());
            Logging.to(output.terminal().err());
            try (var watcher =
                    new Watcher(queued, store, directory, loaded, () -> spec.load(queued), approve, notices)) {
                watcher.run(loaded, spec.path, consoleSettings(), drainTimeout);
                return ExitCode.OK;
            } catch (CommandFailure failure) {
                output.terminal()
                        .complain(new DiagnosticText(context.terminal().colour()).render(failure.diagnostics()));
                return ExitCode.FAILED;
            }
        }
    }

    private ConsoleSettings consoleSettings() {
        ConsoleSettings settings = ConsoleSettings.loopback(adminPort);
        return noticesListen == null ? settings : settings.withNotices(noticesListen);
    }

    private int showPlan(LoadedSpec loaded, StateStore store, Path directory) {
        try (Planning planned = Planning.open(context(), loaded, store, directory)) {
            Preview preview = planned.preview(PlanOptions.DEFAULT);
            say(PlanText.render(Planning.view(preview), shown.options(), display()));
            complain(planned.problems(preview));
        }
        return ExitCode.OK;
    }
}
