package dev.skyhedge.cli;

import dev.skyhedge.cli.view.ProgressText;
import dev.skyhedge.cli.view.StoppedRollOut;
import dev.skyhedge.console.Console;
import dev.skyhedge.console.ConsoleSettings;
import dev.skyhedge.console.ConsoleSources;
import dev.skyhedge.console.NoticeDesk;
import dev.skyhedge.console.Readiness;
import dev.skyhedge.console.StartResult;
import dev.skyhedge.console.metrics.EngineMetrics;
import dev.skyhedge.engine.plan.Plan;
import dev.skyhedge.engine.plan.PlanOptions;
import dev.skyhedge.engine.reconcile.Checks;
import dev.skyhedge.engine.reconcile.Controller;
import dev.skyhedge.engine.reconcile.ControllerListener;
import dev.skyhedge.engine.reconcile.ControllerSettings;
import dev.skyhedge.engine.reconcile.Ending;
import dev.skyhedge.engine.reconcile.InstanceNotice;
import dev.skyhedge.engine.reconcile.Message;
import dev.skyhedge.engine.reconcile.Routes;
import dev.skyhedge.engine.reconcile.Step;
import dev.skyhedge.engine.reconcile.Watch;
import dev.skyhedge.specs.CheckResult;
import dev.skyhedge.specs.ServiceSpec;
import dev.skyhedge.specs.Spec;
import dev.skyhedge.specs.diagnostics.DiagnosticText;
import dev.skyhedge.specs.loading.LoadedSpec;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.state.Change;
import dev.skyhedge.state.Event;
import dev.skyhedge.state.Lease;
import dev.skyhedge.state.ServiceRecord;
import dev.skyhedge.state.StateStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/// One watching process: waits for the lease, then runs a controller behind balancers until it is told to stop. A
/// changed spec ends the controller and begins another one; the balancers go on serving in between.
final class Watcher implements AutoCloseable {
    /// Instances give up on an answer after 5 s, and repeat the notice.
    private static final Duration NOTICE_LIMIT = Duration.ofSeconds(3);

    private final Context context;
    private final StateStore store;
    private final Path directory;
    private final NoticeArguments notices;
    private final SpecChanges changes;
    private final WatchLog log;
    private final EngineMetrics metrics;
    private final ServiceBalancers balancers;
    private final AtomicReference<Optional<Controller>> controller = new AtomicReference<>(Optional.empty());
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final AtomicReference<Optional<LoadedSpec>> nextSpec = new AtomicReference<>(Optional.empty());
    private List<Plan.Problem> lastProblems = List.of();
    /// What was told of each service.
    private final Map<String, String> stoppedRollOuts = new HashMap<>();
    private final Map<String, List<String>> hopeless = new HashMap<>();
    private final Map<String, CheckResult.Status> checkStatus = new HashMap<>();

    Watcher(
            Context context,
            StateStore store,
            Path directory,
            Supplier<LoadedSpec> reader,
            SpecChanges.Approve approve,
            NoticeArguments notices) {
        this.context = context;
        this.store = store;
        this.directory = directory;
        this.notices = notices;
        this.changes = new SpecChanges(context, store, directory, reader, approve);
        this.log = new WatchLog(context.terminal());
        this.metrics = new EngineMetrics(context.clock());
        this.balancers = new ServiceBalancers(context.clock(), this::tell);
    }

    /// Watches until it is told to stop, or cannot go on.
    ///
    /// @return exit code
    int run(LoadedSpec first, Path specPath, ConsoleSettings admin, Duration drainTimeout) {
        ExitSignals.stopGently(context.terminal(), this::stop);
        ExitSignals.reload(() -> Thread.ofVirtual().name("reload").start(this::reload));
        Thread.ofVirtual().name("spec-files").start(new SpecFileWatch(specPath, this::reload));
        try (Console console = console(admin, desk(first))) {
            int code = lead(first);
            balancers.stop(drainTimeout);
            say("Stopped. The replicas keep running: `skyhedge destroy` ends them, `skyhedge status` shows them.");
            say(WatchSummary.text(metrics, balancers.lastRequests().afterDeath(store.spend(""))));
            return code;
        }
    }

    private Optional<NoticeDesk> desk(LoadedSpec loaded) {
        return notices.authority(context, directory, loaded.spec().orElseThrow())
                .map(authority -> new NoticeDesk(authority, this::pass));
    }

    /// Whether a controller has taken it, and saved what it led to: what is acknowledged is not told again.
    private boolean pass(InstanceNotice notice) {
        return controller
                .get()
                .map(running -> running.deliver(new Message.Noticed(notice)))
                .orElseGet(() -> CompletableFuture.completedFuture(false))
                .toCompletableFuture()
                .completeOnTimeout(false, NOTICE_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    private Console console(ConsoleSettings settings, Optional<NoticeDesk> desk) {
        var console = new Console(
                settings,
                new ConsoleSources(
                        this::readiness,
                        this::metricsTexts,
                        () -> StatusDocument.of(store, context.clock().instant()),
                        limit -> store.events("", limit),
                        () -> tell(new Message.Tick()),
                        desk));
        switch (console.start()) {
            case StartResult.Listening listening -> {
                say("Admin endpoint: " + listening.uri());
                console.noticePort().ifPresent(port -> say("Notices are also taken on port " + port + "."));
            }
            case StartResult.Refused refused ->
                throw new CommandFailure(
                        "The admin endpoint cannot be opened",
                        refused.reason() + " Choose another port with -admin-port, or 0 for any free one.");
        }
        return console;
    }

    private Readiness readiness() {
        List<String> missing = new ArrayList<>(metrics.missing());
        missing.addAll(balancers.silent());
        return new Readiness(missing);
    }

    private List<String> metricsTexts() {
        List<String> texts = new ArrayList<>(balancers.metrics());
        texts.add(metrics.text());
        return texts;
    }

    /// Runs with the lease, waiting for it as long as it takes; begins again when somebody takes it away.
    private int lead(LoadedSpec first) {
        LoadedSpec loaded = first;
        while (!stopping.get()) {
            Lease lease = Leases.acquire(
                    store,
                    "watch",
                    () -> !stopping.get(),
                    held -> say("Waiting: the state is leased to " + Leases.describe(held) + "."));
            try {
                loaded = serveEndpoints(loaded);
                Optional<Ending> ending = watch(loaded, lease);
                if (ending.isPresent() && !(ending.get() instanceof Ending.Fenced)) {
                    return explain(ending.get());
                }
            } finally {
                metrics.resign();
                store.release(lease);
            }
        }
        return ExitCode.OK;
    }

    private LoadedSpec serveEndpoints(LoadedSpec loaded) {
        Spec spec = Planning.inForce(loaded, store.read());
        balancers.serve(spec);
        for (ServiceSpec service : spec.services().values()) {
            service.endpoint().ifPresent(endpoint -> say("Endpoint of " + service.address() + ": " + endpoint.url()));
        }
        return loaded;
    }

    /// Runs controllers, one for each version of the spec.
    ///
    /// @return why it ended; empty if the lease was lost or we were told to stop
    private Optional<Ending> watch(LoadedSpec first, Lease lease) {
        LoadedSpec loaded = first;
        while (!stopping.get()) {
            metrics.lead(store.read(), store.spend(""), lease.epoch());
            Ending ending = runController(loaded, lease);
            if (!(ending instanceof Ending.Stopped)) {
                return Optional.of(ending);
            }
            Optional<LoadedSpec> next = nextSpec.getAndSet(Optional.empty());
            if (next.isPresent()) {
                loaded = serve(next.get(), loaded);
            }
        }
        return Optional.empty();
    }

    /// Opens the endpoints of the new spec; if one cannot be opened the old spec stays in force.
    private LoadedSpec serve(LoadedSpec next, LoadedSpec before) {
        try {
            return serveEndpoints(next);
        } catch (CommandFailure failure) {
            context.terminal().complain(new DiagnosticText(context.terminal().colour()).render(failure.diagnostics()));
            balancers.serve(Planning.inForce(before, store.read()));
            return before;
        }
    }

    private Ending runController(LoadedSpec loaded, Lease lease) {
        try (Planning planned = Planning.open(context, loaded, store, directory)) {
            planned.refuseDuplicates();
            planned.refuseUnoffered();
            planned.rememberAccounts(lease);
            var running = new Controller(
                    new ControllerSettings(
                            planned.spec(),
                            new Watch(),
                            PlanOptions.DEFAULT,
                            store,
                            lease,
                            planned.providers().byName(),
                            context.environment(),
                            context.clock(),
                            planned.conditions(),
                            notices.authority(context, directory, planned.spec())),
                    new Listener());
            controller.set(Optional.of(running));
            if (stopping.get() || nextSpec.get().isPresent()) {
                running.stop();
            }
            Ending ending = running.run();
            controller.set(Optional.empty());
            return ending;
        }
    }

    private int explain(Ending ending) {
        ProgressText.error(ending)
                .ifPresent(error -> context.terminal()
                        .complain(new DiagnosticText(context.terminal().colour()).render(error)));
        return ExitCode.FAILED;
    }

    private void stop() {
        stopping.set(true);
        controller.get().ifPresent(Controller::stop);
    }

    /// Reads the spec again and, once it may be applied, lets the next controller have it. Reconciling goes on
    /// meanwhile.
    private synchronized void reload() {
        if (stopping.get()) {
            return;
        }
        say("The spec has changed.");
        Optional<LoadedSpec> next = changes.read();
        if (next.isPresent()) {
            nextSpec.set(next);
            controller.get().ifPresent(Controller::stop);
        }
    }

    private void tell(Message message) {
        controller.get().ifPresent(running -> running.post(message));
    }

    private void say(String text) {
        log.note(now(), text);
    }

    private Instant now() {
        return context.clock().instant();
    }

    private final class Listener implements ControllerListener {
        @Override
        public void stepped(Step step) {
            metrics.stepped(step);
            step.transitions().forEach(transition -> {
                log.transition(now(), transition);
            });
            step.changes().forEach(change -> {
                if (change instanceof Change.PutService(ServiceRecord service)) {
                    tellOfStoppedRollOut(service);
                }
                if (change instanceof Change.AppendEvent(Event event)) {
                    tellOfChecks(Checks.latest(List.of(event)));
                    if (event.kind().equals(Message.Ejected.EVENT)) {
                        say(event.replica() + " " + event.message());
                    }
                }
            });
            tellOfHopeless(step.plan());
            if (!step.plan().problems().equals(lastProblems)) {
                lastProblems = step.plan().problems();
                lastProblems.forEach(problem -> say(problem.summary() + ": " + problem.detail()));
            }
        }

        private void tellOfHopeless(Plan plan) {
            for (Plan.ServiceSummary service : plan.services()) {
                List<String> before = hopeless.put(service.service(), service.hopeless());
                if (!service.hopeless().equals(before)) {
                    service.hopeless().forEach(why -> say(service.service() + ": " + why));
                }
            }
        }

        private void tellOfChecks(List<CheckResult> checks) {
            for (CheckResult check : checks) {
                CheckResult.Status before = checkStatus.put(check.address(), check.status());
                boolean failed = check.status() == CheckResult.Status.FAIL;
                if (failed && before != CheckResult.Status.FAIL) {
                    say(check.address() + " failed: " + String.join(" ", check.messages()));
                } else if (!failed && before == CheckResult.Status.FAIL) {
                    say(check.address() + " does not fail any more.");
                }
            }
        }

        private void tellOfStoppedRollOut(ServiceRecord service) {
            Optional<String> text = StoppedRollOut.text(service);
            if (!text.equals(Optional.ofNullable(stoppedRollOuts.get(service.name())))) {
                text.ifPresentOrElse(
                        one -> stoppedRollOuts.put(service.name(), one), () -> stoppedRollOuts.remove(service.name()));
                text.ifPresent(Watcher.this::say);
            }
        }

        @Override
        public void routed(Routes routes) {
            balancers.route(routes);
        }

        @Override
        public void providerFailed(String provider, Failure failure) {
            metrics.providerFailed(provider, failure);
            say("Provider " + provider + " cannot be asked: " + failure.kind() + ": " + failure.message());
        }
    }

    @Override
    public void close() {
        balancers.close();
    }
}
