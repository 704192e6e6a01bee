package dev.skyhedge.console.metrics;

import dev.skyhedge.console.metrics.Losses.Loss;
import dev.skyhedge.engine.control.ControllerListener;
import dev.skyhedge.engine.plan.Plan.WorkloadSummary;
import dev.skyhedge.engine.reconcile.Checks;
import dev.skyhedge.engine.reconcile.Routes;
import dev.skyhedge.engine.reconcile.Step;
import dev.skyhedge.engine.reconcile.Step.Transition;
import dev.skyhedge.specs.CheckResult;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.state.records.Change;
import dev.skyhedge.state.records.Event;
import dev.skyhedge.state.records.ReplicaKey;
import dev.skyhedge.state.records.Snapshot;
import dev.skyhedge.state.records.SpendEntry;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// What a controller did, as metrics. Feed it every step, in order, right after the step's effects were started;
/// read it from any thread. Thread-safe.
///
/// Lags are measured from the instant of the step that learnt of the cause to the instant at which the step is
/// reported here, when its changes are committed and its calls have been handed out. What passes between the
/// cause and the step, such as on the way from a cloud, is not in them.
public final class EngineMetrics implements ControllerListener {
    private final InstantSource clock;
    private final Inventory inventory = new Inventory();
    private final Spending spending = new Spending();
    private final Happenings happenings = new Happenings();
    private final Losses losses = new Losses();
    private final DurationHistogram stepDurations = new DurationHistogram(Bounds.STEP);
    private final DurationHistogram replacementLags = new DurationHistogram(Bounds.LAG);
    private final DurationHistogram failureLags = new DurationHistogram(Bounds.LAG);
    private final DurationHistogram readyLags = new DurationHistogram(Bounds.LAG);
    private long epoch;
    private boolean leading;
    private boolean stepped;
    private long planProblems;
    private List<CheckResult> checks = List.of();

    /// @param clock the one that the controller runs on
    public EngineMetrics(InstantSource clock) {
        this.clock = clock;
    }

    /// This process holds the lease from now on; figures of the state start from what is recorded.
    ///
    /// @param snapshot the state that the controller starts from
    /// @param spend all recorded spend entries, ended ones included
    /// @param leaseEpoch of the granted lease
    public synchronized void lead(Snapshot snapshot, List<SpendEntry> spend, long leaseEpoch) {
        inventory.begin(snapshot);
        spending.begin(spend);
        losses.clear();
        epoch = leaseEpoch;
        leading = true;
        stepped = false;
        planProblems = 0;
        checks = List.of();
    }

    /// This process does not hold the lease any more.
    public synchronized void resign() {
        leading = false;
    }

    @Override
    public synchronized void stepped(Step step) {
        Instant now = clock.instant();
        step.changes().forEach(this::take);
        Set<ReplicaKey> planned = Losses.planned(step);
        step.transitions().forEach(transition -> take(transition, planned, now));
        plannedServices(step);
        stepDurations.record(Duration.between(step.plan().at(), now));
        planProblems = step.plan().problems().size();
        stepped = true;
    }

    /// What takes traffic is already in the step's plan.
    @Override
    public void routed(Routes routes) {}

    @Override
    public synchronized void providerFailed(String provider, Failure failure) {
        happenings.providerFailed(provider, failure);
    }

    /// What is missing until traffic can be served, for people; empty once the controller has made its first
    /// step and every service that wants replicas has one that serves.
    public synchronized List<String> missing() {
        List<String> missing = new ArrayList<>();
        if (!leading) {
            missing.add("this process does not hold the lease");
        } else if (!stepped) {
            missing.add("the controller has not made its first step");
        } else {
            missing.addAll(inventory.withoutService());
        }
        return missing;
    }

    /// From a preemption notice, or a preemption without one, to the launch of the replacement.
    public synchronized LagReport replacementLag() {
        return replacementLags.report();
    }

    /// From the failure of a replica to the launch of its replacement, deliberate back-off included.
    public synchronized LagReport failureLag() {
        return failureLags.report();
    }

    /// From the decision to launch a replica until it was first ready.
    public synchronized LagReport readyLag() {
        return readyLags.report();
    }

    /// All series as they are now.
    public synchronized MetricSnapshots snapshots() {
        var text = new Exposition();
        inventory.write(text);
        happenings.write(text);
        spending.write(text, clock.instant());
        text.counter("reconcile_steps_total", "Steps of the reconciler.", Happenings.single(stepDurations.count()));
        text.histogram(
                "reconcile_step_duration_seconds",
                "From the beginning of a step until its changes are saved and its calls started.",
                stepDurations);
        text.histogram(
                "preemption_notice_to_launch_seconds",
                "From a preemption notice, or a preemption without one, to the launch of the replacement.",
                replacementLags);
        text.histogram(
                "failure_to_launch_seconds",
                "From the failure of a replica to the launch of its replacement, back-off included.",
                failureLags);
        text.histogram("ready_lag_seconds", "From the decision to launch a replica until it is ready.", readyLags);
        text.gauge("plan_problems", "Problems that keep the latest plan from being applied.", planProblems);
        if (!checks.isEmpty()) {
            text.gauge("check_passed", "1 if a check of the spec passes, 0 if it fails.", passedChecks());
        }
        text.gauge("leader", "1 if this process holds the lease.", leading ? 1 : 0);
        text.gauge("lease_epoch", "Epoch of the lease that this process holds or held last.", epoch);
        return text.snapshots();
    }

    /// What is not known has no sample.
    private Map<Labels, Long> passedChecks() {
        Map<Labels, Long> passed = new LinkedHashMap<>();
        checks.stream()
                .filter(check -> check.status() != CheckResult.Status.UNKNOWN)
                .forEach(check -> passed.put(
                        Labels.of("check", check.address()), check.status() == CheckResult.Status.PASS ? 1L : 0L));
        return passed;
    }

    private void take(Change change) {
        inventory.apply(change);
        if (change instanceof Change.AppendEvent(Event event) && Checks.isOf(event)) {
            checks = Checks.latest(List.of(event));
        }
        switch (change) {
            case Change.PutSpend(SpendEntry entry) -> spending.put(entry);
            case Change.MoveSpend(String from, String to) -> spending.move(from, to);
            case Change.RemoveWorkload(String name) -> losses.settled(name);
            case Change.PutWorkload _,
                    Change.PutReplica _,
                    Change.ForgetReplica _,
                    Change.OpenIntent _,
                    Change.CloseIntent _,
                    Change.PutZoneHealth _,
                    Change.PutClosedScope _,
                    Change.ForgetClosedScope _,
                    Change.PutAccount _,
                    Change.PutSpec _,
                    Change.PutOrder _,
                    Change.KeepDecision _,
                    Change.AppendEvent _ -> {}
        }
    }

    private void take(Transition transition, Set<ReplicaKey> planned, Instant now) {
        happenings.take(transition);
        Losses.causeOf(transition, planned).ifPresent(cause -> losses.lost(cause, transition.after()));
        if (Happenings.isLaunch(transition)) {
            losses.replacedBy(transition.after()).ifPresent(loss -> replaced(loss, now));
        }
        if (Happenings.isFirstReady(transition)) {
            var ready = transition.after();
            readyLags.record(Duration.between(ready.requestedAt(), ready.since()));
        }
    }

    private void replaced(Loss loss, Instant now) {
        Duration lag = Duration.between(loss.at(), now);
        switch (loss.cause()) {
            case CLOUD -> replacementLags.record(lag);
            case FAILURE -> failureLags.record(lag);
        }
    }

    private void plannedServices(Step step) {
        // The plan that removes a service still has a summary of it.
        Set<String> removed = step.changes().stream()
                .filter(Change.RemoveWorkload.class::isInstance)
                .map(change -> ((Change.RemoveWorkload) change).name())
                .collect(Collectors.toSet());
        List<WorkloadSummary> staying = step.plan().services().stream()
                .filter(summary -> !removed.contains(summary.service()))
                .toList();
        inventory.planned(staying);
        for (WorkloadSummary summary : staying) {
            if (inventory.rising(summary.service()) >= summary.spotTarget() + summary.onDemandTarget()) {
                losses.settled(summary.service());
            }
        }
    }
}
