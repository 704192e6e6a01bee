package dev.skyhedge.cli.acting;

import dev.skyhedge.cli.command.Context;
import dev.skyhedge.cli.terminal.ExitCode;
import dev.skyhedge.cli.terminal.ExitSignals;
import dev.skyhedge.cli.view.Display;
import dev.skyhedge.cli.view.Elapsed;
import dev.skyhedge.cli.view.plan.JsonLines;
import dev.skyhedge.cli.view.progress.ApplyProgress;
import dev.skyhedge.cli.view.progress.ApplyTotals;
import dev.skyhedge.cli.view.progress.ProgressEvent;
import dev.skyhedge.cli.view.progress.ProgressText;
import dev.skyhedge.engine.control.Attention;
import dev.skyhedge.engine.control.Controller;
import dev.skyhedge.engine.control.ControllerListener;
import dev.skyhedge.engine.control.ControllerSettings;
import dev.skyhedge.engine.plan.PlanOptions;
import dev.skyhedge.engine.reconcile.Ending;
import dev.skyhedge.engine.reconcile.Goal;
import dev.skyhedge.engine.reconcile.Routes;
import dev.skyhedge.engine.reconcile.Step;
import dev.skyhedge.specs.Spec;
import dev.skyhedge.specs.diagnostics.Diagnostic;
import dev.skyhedge.specs.diagnostics.DiagnosticText;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.state.records.Lease;
import dev.skyhedge.watch.planning.Planning;
import dev.skyhedge.watch.planning.ProviderTroubles;
import dev.skyhedge.watch.planning.SilentProvider;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Runs a controller for `apply` and `destroy`, and shows what it does.
public final class Acting {
    private static final Duration REMIND = Duration.ofSeconds(1);

    private final Context context;
    private final Display display;
    private final boolean json;
    private final boolean destroy;

    /// @param destroy whether everything is to go, which is told in other words
    public Acting(Context context, Display display, boolean json, boolean destroy) {
        this.context = context;
        this.display = display;
        this.json = json;
        this.destroy = destroy;
    }

    /// Acts until the goal is reached, out of reach, or Ctrl-C.
    ///
    /// @return exit code
    public int run(Planning planning, Spec spec, PlanOptions options, Goal goal, Lease lease, Duration limit) {
        planning.rememberAccounts(lease);
        var progress = new Progress();
        var controller = new Controller(
                new ControllerSettings(
                        spec,
                        goal,
                        options,
                        planning.store(),
                        lease,
                        planning.providers().byName(),
                        context.environment(),
                        context.clock(),
                        Attention.ofThisProcess(Controller.LOOK_ANYWAY.multipliedBy(2)),
                        planning.conditions(),
                        false,
                        planning.notices(),
                        planning.keys()),
                progress);
        ExitSignals.stopGently(context.terminal(), controller::stop);
        try (ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("apply-progress").factory())) {
            timer.scheduleAtFixedRate(progress::remind, REMIND.toMillis(), REMIND.toMillis(), TimeUnit.MILLISECONDS);
            timer.schedule(progress.outOfTime(controller, limit), limit.toMillis(), TimeUnit.MILLISECONDS);
            Ending ending = controller.run();
            timer.shutdownNow();
            return progress.end(ending);
        }
    }

    private final class Progress implements ControllerListener {
        private final ApplyProgress events = new ApplyProgress();
        private final ProviderTroubles troubles = new ProviderTroubles();
        private boolean timedOut;

        Runnable outOfTime(Controller controller, Duration limit) {
            return () -> {
                synchronized (this) {
                    timedOut = true;
                }
                Diagnostic reached = Diagnostic.error(
                        "Time limit reached",
                        "Not everything was ready within " + Elapsed.text(limit)
                                + ". Calls that are under way are waited for; -timeout gives more time.");
                if (json) {
                    context.terminal().println(JsonLines.diagnostic(reached, now()));
                } else {
                    context.terminal()
                            .complain(new DiagnosticText(context.terminal().colour()).render(reached));
                }
                controller.stop();
            };
        }

        @Override
        public synchronized void stepped(Step step) {
            step.transitions().forEach(transition -> events.on(transition).forEach(this::show));
        }

        @Override
        public void routed(Routes routes) {}

        @Override
        public void providerFailed(String provider, Failure failure) {
            if (!troubles.isNews(provider, failure, now())) {
                return;
            }
            Diagnostic warning = SilentProvider.warning(provider, failure);
            if (json) {
                context.terminal().println(JsonLines.diagnostic(warning, now()));
            } else {
                context.terminal()
                        .complain(new DiagnosticText(context.terminal().colour()).render(warning));
            }
        }

        synchronized void remind() {
            List<ProgressEvent> reminders = events.reminders(now());
            if (json) {
                reminders.forEach(this::show);
            } else if (!reminders.isEmpty()) {
                context.terminal().print(ProgressText.renderReminders(reminders, display));
            }
        }

        synchronized int end(Ending ending) {
            ApplyTotals totals = events.totals();
            if (json) {
                error(ending).ifPresent(error -> context.terminal().println(JsonLines.diagnostic(error, now())));
                context.terminal().println(JsonLines.applySummary(totals, destroy, now()));
            } else {
                context.terminal().print(ProgressText.summary(ending, totals, destroy, display));
                error(ending)
                        .ifPresent(error -> context.terminal()
                                .complain("\n"
                                        + new DiagnosticText(context.terminal().colour()).render(error)));
            }
            return ending instanceof Ending.Reached && !timedOut ? ExitCode.OK : ExitCode.FAILED;
        }

        /// What ended it was said when the time was up.
        private Optional<Diagnostic> error(Ending ending) {
            return timedOut && ending instanceof Ending.Stopped ? Optional.empty() : ProgressText.error(ending);
        }

        private void show(ProgressEvent event) {
            if (json) {
                context.terminal().println(JsonLines.progress(event, now()));
            } else {
                context.terminal().print(ProgressText.render(event, display));
            }
        }

        private Instant now() {
            return context.clock().instant();
        }
    }
}
