package dev.skyhedge.cli.watch;

import dev.skyhedge.cli.arguments.Declaration;
import dev.skyhedge.cli.arguments.HostPortConverter;
import dev.skyhedge.cli.arguments.OptionValues;
import dev.skyhedge.cli.command.Command;
import dev.skyhedge.cli.command.CommandFailure;
import dev.skyhedge.cli.command.Context;
import dev.skyhedge.cli.command.PlanDisplayOptions;
import dev.skyhedge.cli.command.PlanningOptions;
import dev.skyhedge.cli.command.SpecArguments;
import dev.skyhedge.cli.command.StateArguments;
import dev.skyhedge.cli.terminal.ExitCode;
import dev.skyhedge.cli.terminal.ExitSignals;
import dev.skyhedge.cli.terminal.OutputQueues;
import dev.skyhedge.cli.view.plan.PlanText;
import dev.skyhedge.cli.view.plan.PlanView;
import dev.skyhedge.console.ConsoleSettings;
import dev.skyhedge.engine.control.Preview;
import dev.skyhedge.specs.diagnostics.DiagnosticText;
import dev.skyhedge.specs.loading.LoadedSpec;
import dev.skyhedge.state.store.StateStore;
import dev.skyhedge.watch.WatchSettings;
import dev.skyhedge.watch.Watcher;
import dev.skyhedge.watch.change.SpecChanges;
import dev.skyhedge.watch.installation.Refusal;
import dev.skyhedge.watch.news.WatchNews;
import dev.skyhedge.watch.planning.FollowedSpec;
import dev.skyhedge.watch.planning.Planning;
import dev.skyhedge.watch.planning.UnlistedResources;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// `skyhedge watch`.
public final class WatchCommand extends Command {
    SpecArguments spec = new SpecArguments();
    StateArguments state = new StateArguments();
    PlanDisplayOptions shown = new PlanDisplayOptions();
    boolean planOnly;
    SpecChanges.Approve approve = SpecChanges.Approve.AUTO;
    List<String> confirmedRemovals = new ArrayList<>();
    int adminPort;
    String adminHost = ConsoleSettings.LOOPBACK;
    NoticeArguments notices = new NoticeArguments();

    @Nullable
    InetSocketAddress noticesListen;

    Duration drainTimeout = Duration.ZERO;

    public WatchCommand(Context context) {
        super(context);
    }

    @Override
    protected void declare(Declaration declared) {
        declared.does(
                "Applies the spec and keeps it applied, with a load balancer in front of each service.",
                "Preemptions, failures and changes of the spec's files are acted on at once. SIGHUP reads the spec again;",
                "Ctrl-C or SIGTERM drains the balancers and leaves the replicas running.",
                "Other terminals tell it what to do beyond that: `skyhedge apply`, `destroy`, `replica`, `service` and `zone`.",
                "While another process watches the same state, this one waits, and takes over when that one dies.");
        declared.examples(
                "  skyhedge watch chat.hcl -plan-only      what it would do first",
                "  skyhedge watch chat.hcl",
                "  skyhedge watch chat.hcl -approve=ask    changes of chat.hcl wait for a yes");
        spec.declare(declared);
        state.declare(declared);
        shown.declare(declared);
        declared.flag("--plan-only", "Shows what it would do first, and ends.", on -> planOnly = on);
        declared.option("--approve", "ask|auto", OptionValues.oneOf(SpecChanges.Approve.class))
                .byDefault("auto")
                .help("Whether changes of the spec's files are applied at once or after a question; "
                        + "default ${DEFAULT-VALUE}. Preemptions and failures are always acted on at once.")
                .into(value -> approve = value);
        declared.option("--confirm-removal", "SERVICE", OptionValues.text())
                .help("This service may go because the spec does not declare it; may be repeated. Without it a"
                        + " recorded service that the spec has lost is kept, unless a removed block says so or its block"
                        + " was gone for ten seconds while this process watched.")
                .all(values -> confirmedRemovals = values);
        declared.option("--admin-port", "PORT", OptionValues.port())
                .byDefault("7070")
                .help("For the console, a page to look at, and /healthz, /readyz, /metrics and /api/status; 0 for any "
                        + "free port; default ${DEFAULT-VALUE}.")
                .into(value -> adminPort = value);
        declared.option("--admin-host", "HOST", OptionValues.text())
                .byDefault(ConsoleSettings.LOOPBACK)
                .help("The address that the admin port is opened on; default ${DEFAULT-VALUE}. One that others can "
                        + "reach needs a token in $SKYHEDGE_CONSOLE_TOKEN, which readers have to know.")
                .into(value -> adminHost = value);
        notices.declare(declared);
        declared.option("--notices-listen", "HOST:PORT", HostPortConverter.type())
                .help("A second address, which takes notices and nothing else, for replicas that cannot reach the "
                        + "admin port.")
                .into(value -> noticesListen = value);
        declared.option("--drain-timeout", "DURATION", OptionValues.duration())
                .byDefault("30s")
                .help("How long requests under way may go on at the end; default ${DEFAULT-VALUE}.")
                .into(value -> drainTimeout = value);
    }

    @Override
    protected int run() {
        if (approve == SpecChanges.Approve.ASK && !terminal().interactive()) {
            throw new CommandFailure(
                    "Nobody is here to approve changes",
                    "Standard input is not a terminal. Use -approve=auto, or watch from a terminal.");
        }
        state.beside(spec.directory());
        LoadedSpec loaded = spec.load(context());
        complain(spec.warnings(loaded));
        Path directory = state.directory(context());
        complain(UnlistedResources.warnings(context().surroundings(), loaded, directory));
        if (planOnly) {
            try (StateStore store = state.open(context())) {
                var news = news(context());
                return showPlan(changes(context(), loaded, store, news).begin(), store, directory);
            }
        }
        try (StateStore store = state.openOnceFree(context())) {
            return watch(context(), loaded, store, directory);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.FAILED;
        }
    }

    private static WatchNews news(Context context) {
        return new WatchNews(context.clock(), new WatchLog(context.terminal()));
    }

    private SpecChanges changes(Context context, LoadedSpec loaded, StateStore store, WatchNews news) {
        return new SpecChanges(
                context.surroundings(),
                store,
                state.directory(context),
                spec.files(context),
                loaded,
                approve,
                PlanningOptions.names(confirmedRemovals),
                news,
                new TypedApproval(context.terminal()));
    }

    /// What is printed from now on waits in a queue for a terminal that may be paused.
    private int watch(Context context, LoadedSpec loaded, StateStore store, Path directory) {
        try (var output = OutputQueues.before(context.terminal())) {
            Context queued = context.withTerminal(output.terminal());
            var news = news(queued);
            SpecChanges changes = changes(queued, loaded, store, news);
            try (var watcher = new Watcher(queued.surroundings(), store, settings(store, directory), changes, news)) {
                ExitSignals.stopGently(queued.terminal(), watcher::stop);
                ExitSignals.reload(watcher::readAgain);
                watcher.run(loaded);
                return ExitCode.OK;
            } catch (Refusal failure) {
                output.terminal()
                        .complain(new DiagnosticText(context.terminal().colour()).render(failure.diagnostics()));
                return ExitCode.FAILED;
            }
        }
    }

    private WatchSettings settings(StateStore store, Path directory) {
        return new WatchSettings(
                directory,
                notices.addresses(),
                consoleSettings(),
                () -> ConsoleDocuments.status(store, context().clock().instant()),
                () -> ConsoleDocuments.spendToday(store, context().clock().instant()),
                drainTimeout);
    }

    private ConsoleSettings consoleSettings() {
        Optional<String> token = Optional.ofNullable(
                        context().surroundings().environment().get(ConsoleSettings.TOKEN))
                .filter(text -> !text.isEmpty());
        if (token.filter(text -> text.length() < ConsoleSettings.MIN_TOKEN).isPresent()) {
            throw new CommandFailure(
                    "The console's token is too short",
                    "Set $" + ConsoleSettings.TOKEN + " to " + ConsoleSettings.MIN_TOKEN
                            + " random characters or more, or to nothing.");
        }
        ConsoleSettings settings = new ConsoleSettings(adminHost, adminPort, new TreeSet<>()).withToken(token);
        return noticesListen == null ? settings : settings.withNotices(noticesListen);
    }

    private int showPlan(FollowedSpec first, StateStore store, Path directory) {
        try (Planning planned = Planning.open(context().surroundings(), first, store, directory)) {
            Preview preview = planned.preview(first.options());
            say(PlanText.render(PlanView.of(preview), shown.options(), display()));
            complain(planned.problems(preview));
        }
        return ExitCode.OK;
    }
}
