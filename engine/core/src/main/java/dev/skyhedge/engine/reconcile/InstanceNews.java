package dev.skyhedge.engine.reconcile;

import dev.skyhedge.spi.EndCause;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.InstanceState;
import dev.skyhedge.spi.Market;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.ReplicaKey;
import dev.skyhedge.state.records.ReplicaRecord;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/// Writes into replicas what a provider says of their instances: that they run, are about to be taken back, or
/// have ended. A replica never goes back in its life: what an observation shows may be older than what an event
/// has already told.
final class InstanceNews {
    private InstanceNews() {}

    /// The replica's instance is like this now.
    static void reflect(Draft draft, ReplicaRecord replica, Instance instance) {
        if (!replica.lifecycle().isLive()) {
            return;
        }
        switch (instance.state()) {
            case PENDING -> {}
            case RUNNING -> running(draft, replica, instance);
            case STOPPING -> leaving(draft, replica, "the provider is stopping its instance");
            case ENDED -> {
                Instance.End end = instance.end().orElseThrow();
                ended(draft, replica, end.cause(), end.at(), end.detail());
            }
        }
    }

    private static void running(Draft draft, ReplicaRecord replica, Instance instance) {
        if (replica.lifecycle() == Lifecycle.PROVISIONING
                && instance.endpoint().isPresent()
                && instance.state() == InstanceState.RUNNING) {
            draft.put(replica.onInstance(instance.id(), instance.endpoint())
                    .in(Lifecycle.STARTING, draft.now(), "instance " + instance.id() + " runs"));
        }
    }

    /// The replica's instance is on its way out, and no terminate of ours began that. Of a spot instance that is a
    /// loss: real clouds show it first, and why only at the end, when we may have told them to end it as well.
    static void leaving(Draft draft, ReplicaRecord replica, String why) {
        boolean mayDrain = replica.lifecycle().isRising() && replica.lifecycle() != Lifecycle.REQUESTED;
        if (!mayDrain && replica.lifecycle() != Lifecycle.DRAINING) {
            return;
        }
        ReplicaRecord leaving = replica;
        if (replica.offer().market() == Market.SPOT && !isLost(replica)) {
            ZoneNews.preempted(draft, replica.offer(), ReplicaKey.of(replica), replica.name() + " is being stopped");
            leaving = replica.endingAs(Lifecycle.PREEMPTED);
        }
        if (mayDrain) {
            draft.put(leaving.in(Lifecycle.DRAINING, draft.now(), why));
        } else if (leaving != replica) {
            draft.put(leaving);
        }
    }

    /// Whether it is known already that the cloud takes it, and its zone has been told.
    private static boolean isLost(ReplicaRecord replica) {
        return replica.endsAs() == Lifecycle.PREEMPTED || replica.preemptionAt().isPresent();
    }

    /// The cloud said that it may take the replica back, but not when: it serves until its replacement does.
    static void atRisk(Draft draft, ReplicaRecord replica) {
        if (!replica.lifecycle().isRising() || replica.atRiskSince().isPresent()) {
            return;
        }
        draft.event(replica, "rebalance_hint", "at elevated risk of being taken back");
        draft.put(replica.atRisk(draft.now()));
        ZoneNews.atRisk(draft, replica.offer(), "rebalance hint for " + replica.name());
    }

    /// The cloud said that it will take the replica back.
    static void notice(Draft draft, ReplicaRecord replica, Instant deadline) {
        if (replica.lifecycle() == Lifecycle.DRAINING) {
            // It drains for another reason: it only has less time. Its zone takes things back all the same.
            if (replica.offer().market() == Market.SPOT && !isLost(replica)) {
                ZoneNews.preempted(
                        draft, replica.offer(), ReplicaKey.of(replica), "preemption notice for " + replica.name());
            }
            draft.put(replica.preemptedAt(deadline));
            return;
        }
        if (!replica.lifecycle().isRising()) {
            return;
        }
        draft.event(replica, "preemption_notice", "will be taken back at " + deadline.truncatedTo(ChronoUnit.SECONDS));
        draft.put(replica.preemptedAt(deadline)
                .in(
                        Lifecycle.DRAINING,
                        draft.now(),
                        "preemption notice, taken back at " + deadline.truncatedTo(ChronoUnit.SECONDS)));
        ZoneNews.preempted(draft, replica.offer(), ReplicaKey.of(replica), "preemption notice for " + replica.name());
    }

    /// The replica's instance is not there any more. Unless that was our own doing, nobody knows why.
    static void vanished(Draft draft, ReplicaRecord replica) {
        boolean taken = replica.offer().market() == Market.SPOT && replica.lifecycle() != Lifecycle.STOPPING;
        ended(draft, replica, taken ? EndCause.PREEMPTED : EndCause.TERMINATED, draft.now(), "its instance vanished");
    }

    private static void ended(Draft draft, ReplicaRecord replica, EndCause cause, Instant at, String detail) {
        Accounts.ended(draft, replica, at);
        boolean asked = replica.lifecycle() == Lifecycle.STOPPING;
        // A provider may have forgotten what it was told to end, and take it for the cloud's doing. The journal has
        // not.
        boolean ours = asked && !isLost(replica);
        boolean byItself = cause == EndCause.EXITED || cause == EndCause.FAILED_TO_START;
        // A stop that turns out to be the workload's own was no preemption, unless the cloud announced one.
        boolean lost = isLost(replica) && (!byItself || replica.preemptionAt().isPresent());
        if (!ours && (cause == EndCause.PREEMPTED || lost)) {
            preempted(draft, replica, cause == EndCause.TERMINATED ? "" : detail);
        } else if (ours) {
            ZoneNews.left(draft, replica.offer(), ReplicaKey.of(replica));
            end(draft, replica, replica.endsAs(), replica.reason());
        } else {
            switch (cause) {
                case TERMINATED -> end(draft, replica, Lifecycle.GONE, "ended outside of Skyhedge" + dash(detail));
                case EXITED -> failed(draft, replica, "the command exited" + dash(detail));
                case FAILED_TO_START -> failed(draft, replica, "did not start" + dash(detail));
                case PREEMPTED -> throw new IllegalStateException("Handled above: " + replica);
            }
        }
    }

    private static void preempted(Draft draft, ReplicaRecord replica, String detail) {
        if (replica.readyAt().isEmpty()) {
            // It came to nothing, as if it had been refused.
            draft.model().refused().add(replica, draft.now());
        }
        if (!isLost(replica)) {
            ZoneNews.preempted(draft, replica.offer(), ReplicaKey.of(replica), replica.name() + " was preempted");
        }
        end(draft, replica, Lifecycle.PREEMPTED, "taken back by the cloud" + dash(detail));
    }

    private static void failed(Draft draft, ReplicaRecord replica, String why) {
        end(draft, replica.failing(), Lifecycle.FAILED, why);
    }

    private static void end(Draft draft, ReplicaRecord replica, Lifecycle lifecycle, String why) {
        boolean failed = lifecycle == Lifecycle.FAILED;
        // A replica that was retired as unfit counts its failure when it ends.
        boolean uncounted = failed && replica.lifecycle() == Lifecycle.STOPPING;
        ReplicaRecord ending = uncounted ? replica.failing() : replica;
        draft.put(ending.in(lifecycle, draft.now(), why));
        draft.event(ending, lifecycle.name().toLowerCase(Locale.ROOT), why);
        if (failed) {
            replica.instanceId()
                    .ifPresent(id -> draft.effect(new Effect.ReadLog(
                            ReplicaKey.of(replica), id, replica.offer().location())));
        }
    }

    private static String dash(String detail) {
        return detail.isEmpty() ? "" : ": " + detail;
    }
}
