package dev.skyhedge.watch.news;

import dev.skyhedge.engine.control.Preview;
import dev.skyhedge.engine.plan.BudgetStanding;
import dev.skyhedge.engine.plan.Plan;
import dev.skyhedge.engine.reconcile.Checks;
import dev.skyhedge.engine.reconcile.Message;
import dev.skyhedge.engine.reconcile.OrderNews;
import dev.skyhedge.engine.reconcile.Step;
import dev.skyhedge.specs.CheckResult;
import dev.skyhedge.specs.diagnostics.Diagnostic;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.state.records.Change;
import dev.skyhedge.state.records.Event;
import dev.skyhedge.state.records.WorkloadRecord;
import dev.skyhedge.watch.planning.ProviderTroubles;
import dev.skyhedge.watch.planning.SilentProvider;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// What a watching process tells of what it does: each thing once, when it is news. Owned by one thread, but for
/// [#say(String)], which is everybody's.
public final class WatchNews {
    private final InstantSource clock;
    private final Consumer<WatchEvent> listener;
    private List<Plan.Problem> lastProblems = List.of();
    /// What was told of the budget, while it is short.
    private Optional<BudgetStanding> lastBudget = Optional.empty();
    /// What was told of each service.
    private final Map<String, StoppedRollOut> stoppedRollOuts = new HashMap<>();
    private final Map<String, List<String>> hopeless = new HashMap<>();
    private final ProviderTroubles providerTroubles = new ProviderTroubles();
    private final Map<String, CheckResult.Status> checkStatus = new HashMap<>();

    private record StoppedRollOut(String version, Optional<String> goesOn) {
        static Optional<StoppedRollOut> of(WorkloadRecord service) {
            return service.failedVersion()
                    .map(version ->
                            new StoppedRollOut(version, service.stable().map(WorkloadRecord.StableVersion::version)));
        }
    }

    /// @param listener is told at once, by the thread that has news
    public WatchNews(InstantSource clock, Consumer<WatchEvent> listener) {
        this.clock = clock;
        this.listener = listener;
    }

    /// Something to know.
    public void say(String text) {
        tell(new WatchEvent.Note(now(), text));
    }

    /// Somebody has been asked, and is reminded as the log goes on.
    public void waits(String reminder) {
        tell(new WatchEvent.Waits(now(), reminder));
    }

    /// Nobody is asked any more.
    public void waitsNoMore() {
        tell(new WatchEvent.WaitsNoMore());
    }

    /// Something that the user may mend.
    public void complain(List<Diagnostic> diagnostics) {
        tell(new WatchEvent.Complaint(diagnostics));
    }

    /// What a changed spec would lead to.
    public void changePlanned(Preview preview) {
        tell(new WatchEvent.ChangePlanned(preview));
    }

    /// Nothing comes of a changed spec.
    public void changeRefused(List<Diagnostic> why) {
        tell(new WatchEvent.ChangeRefused(why));
    }

    /// Nothing comes of a changed spec, as somebody wants it.
    public void changeNotApproved() {
        tell(new WatchEvent.ChangeNotApproved());
    }

    private void tell(WatchEvent event) {
        listener.accept(event);
    }

    /// A step was committed.
    public void stepped(Step step) {
        step.transitions().forEach(transition -> {
            tell(new WatchEvent.Moved(now(), transition));
        });
        step.changes().forEach(change -> {
            if (change instanceof Change.PutWorkload(WorkloadRecord service)) {
                tellOfStoppedRollOut(service);
            }
            if (change instanceof Change.AppendEvent(Event event)) {
                tellOfChecks(Checks.latest(List.of(event)));
                if (event.kind().equals(OrderNews.EVENT)) {
                    say(event.message());
                }
                if (event.kind().equals(Message.Ejected.EVENT) || event.kind().equals(Message.Probed.UNREACHABLE)) {
                    say(event.replica() + " " + event.message());
                } else if (event.kind().equals(Message.LogRead.EVENT)) {
                    tell(new WatchEvent.LastLines(now(), event.replica(), event.message()));
                }
            }
        });
        tellOfHopeless(step.plan());
        tellOfBudget(step.plan());
        if (!step.plan().problems().equals(lastProblems)) {
            lastProblems = step.plan().problems();
            lastProblems.forEach(problem -> say(problem.summary() + ": " + problem.detail()));
        }
    }

    private void tellOfHopeless(Plan plan) {
        for (Plan.WorkloadSummary service : plan.services()) {
            List<String> before = hopeless.put(service.service(), service.hopeless());
            if (!service.hopeless().equals(before)) {
                service.hopeless().forEach(why -> say(service.service() + ": " + why));
            }
        }
    }

    /// What is given up, and that the money is short, is news; that there is enough is none until it was short.
    private void tellOfBudget(Plan plan) {
        boolean isShort = plan.budget()
                .filter(standing ->
                        standing.economy().isAny() || standing.spentAt().isPresent())
                .isPresent();
        boolean isNews = plan.budget()
                .filter(standing -> !lastBudget.filter(standing::isAs).isPresent())
                .isPresent();
        if (isNews && (isShort || lastBudget.isPresent())) {
            plan.budget().ifPresent(standing -> say(standing.text()));
        }
        lastBudget = plan.budget().filter(_ -> isShort);
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

    private void tellOfStoppedRollOut(WorkloadRecord service) {
        Optional<StoppedRollOut> now = StoppedRollOut.of(service);
        if (!now.equals(Optional.ofNullable(stoppedRollOuts.get(service.name())))) {
            now.ifPresentOrElse(
                    one -> stoppedRollOuts.put(service.name(), one), () -> stoppedRollOuts.remove(service.name()));
            now.ifPresent(_ -> tell(new WatchEvent.RollOutStopped(now(), service)));
        }
    }

    /// A provider did not say what it was asked, or did not do it. Any thread may call this.
    public void providerFailed(String provider, Failure failure) {
        if (!providerTroubles.isNews(provider, failure, now())) {
            return;
        }
        Diagnostic problem = SilentProvider.warning(provider, failure);
        say(problem.summary() + ": " + problem.detail());
    }

    private Instant now() {
        return clock.instant();
    }
}
