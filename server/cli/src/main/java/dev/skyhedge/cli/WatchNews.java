package dev.skyhedge.cli;

import dev.skyhedge.cli.view.StoppedRollOut;
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
import dev.skyhedge.state.records.ServiceRecord;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a watching process tells of what it does: each thing once, when it is news. Owned by one thread, but for
/// [#say(String)], which is everybody's.
final class WatchNews {
    private final InstantSource clock;
    private final WatchLog log;
    private List<Plan.Problem> lastProblems = List.of();
    /// What was told of each service.
    private final Map<String, String> stoppedRollOuts = new HashMap<>();
    private final Map<String, List<String>> hopeless = new HashMap<>();
    private final Map<String, CheckResult.Status> checkStatus = new HashMap<>();

    WatchNews(InstantSource clock, WatchLog log) {
        this.clock = clock;
        this.log = log;
    }

    void say(String text) {
        log.note(now(), text);
    }

    /// Somebody has been asked, and is reminded as the log goes on.
    void waits(String reminder) {
        log.remind(now(), reminder);
    }

    /// Nobody is asked any more.
    void waitsNoMore() {
        log.remindNoMore();
    }

    /// Something that the user may mend.
    void complain(List<Diagnostic> diagnostics) {
        log.complain(diagnostics);
    }

    /// A step was committed.
    void stepped(Step step) {
        step.transitions().forEach(transition -> {
            log.transition(now(), transition);
        });
        step.changes().forEach(change -> {
            if (change instanceof Change.PutService(ServiceRecord service)) {
                tellOfStoppedRollOut(service);
            }
            if (change instanceof Change.AppendEvent(Event event)) {
                tellOfChecks(Checks.latest(List.of(event)));
                if (event.kind().equals(OrderNews.EVENT)) {
                    say(event.message());
                }
                if (event.kind().equals(Message.Ejected.EVENT)) {
                    say(event.replica() + " " + event.message());
                } else if (event.kind().equals(Message.LogRead.EVENT)) {
                    log.lastLines(now(), event.replica(), event.message());
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
            text.ifPresent(this::say);
        }
    }

    void providerFailed(String provider, Failure failure) {
        Diagnostic problem = SilentProvider.warning(provider, failure);
        say(problem.summary() + ": " + problem.detail());
    }

    private Instant now() {
        return clock.instant();
    }
}
