package dev.skyhedge.console.metrics;

import dev.skyhedge.engine.reconcile.Step.Transition;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.ReplicaRecord;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.Map;

/// Counts what happened to replicas. Not thread-safe.
final class Happenings {
    private final Counter launches = new Counter();
    private final Counter launchFailures = new Counter();
    private final Counter preemptions = new Counter();
    private final Counter notices = new Counter();
    private final Counter failures = new Counter();
    private final Counter providerErrors = new Counter();

    /// Whether a launch was decided, and its call started.
    static boolean isLaunch(Transition transition) {
        return transition.before().isEmpty() && transition.after().lifecycle() == Lifecycle.REQUESTED;
    }

    static boolean isFirstReady(Transition transition) {
        return transition.after().lifecycle() == Lifecycle.READY
                && transition
                        .before()
                        .filter(before -> before.readyAt().isEmpty())
                        .isPresent();
    }

    void take(Transition transition) {
        ReplicaRecord after = transition.after();
        boolean requested = transition
                .before()
                .filter(before -> before.lifecycle() == Lifecycle.REQUESTED)
                .isPresent();
        if (isLaunch(transition)) {
            launches.increment(Labels.of(
                    "service", after.service(), "market", after.offer().market().word()));
        }
        switch (after.lifecycle()) {
            case FAILED -> {
                if (requested) {
                    launchFailures.increment(Labels.of(
                            "service",
                            after.service(),
                            "kind",
                            after.machine().refusedAs().orElse("other")));
                } else {
                    failures.increment(Labels.of("service", after.service()));
                }
            }
            case PREEMPTED -> {
                if (requested) {
                    launchFailures.increment(Labels.of("service", after.service(), "kind", "preempted_during_launch"));
                } else {
                    preemptions.increment(place(after));
                }
            }
            case DRAINING -> {
                if (after.preemptionAt().isPresent()) {
                    notices.increment(place(after));
                }
            }
            case REQUESTED, PROVISIONING, STARTING, READY, STOPPING, GONE, FORGOTTEN -> {}
        }
    }

    void providerFailed(String provider, Failure failure) {
        providerErrors.increment(Labels.of("provider", provider, "kind", failure.kind()));
    }

    void write(Exposition text) {
        text.counter("launches_total", "Launches decided.", launches.values());
        text.counter("launch_failures_total", "Launches that a provider refused, by kind.", launchFailures.values());
        text.counter("preemptions_total", "Replicas that the cloud took back.", preemptions.values());
        text.counter("preemption_notices_total", "Preemptions announced in advance.", notices.values());
        text.counter("replica_failures_total", "Replicas that failed after their launch.", failures.values());
        text.counter(
                "provider_errors_total", "Times that a provider could not be asked, by kind.", providerErrors.values());
    }

    static Map<Labels, Long> single(long value) {
        return Map.of(Labels.EMPTY, value);
    }

    private static Labels place(ReplicaRecord replica) {
        return Labels.of(
                "service",
                replica.service(),
                "location",
                replica.offer().location().toString());
    }
}
