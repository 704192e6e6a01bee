package dev.skyhedge.engine.reconcile;

import dev.skyhedge.engine.placement.LaunchBackOff;
import dev.skyhedge.engine.plan.Plan;
import dev.skyhedge.engine.plan.World;
import dev.skyhedge.specs.Spec;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.ReplicaRecord;
import dev.skyhedge.state.records.WorkloadRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reconciles until every service serves and nothing is on its way any more, or until that is seen to be
/// hopeless.
public final class Settle implements Goal {
    @Override
    public Step step(Reconciler reconciler, List<Message> messages, Instant now) {
        return reconciler.react(messages, now);
    }

    @Override
    public Optional<Ending> reached(Spec spec, Step step, World world) {
        List<String> hopeless = new ArrayList<>();
        List<String> unanswered = new ArrayList<>();
        boolean settled = true;
        for (Plan.WorkloadSummary service : step.plan().services()) {
            List<ReplicaRecord> replicas = world.replicas().getOrDefault(service.service(), List.of());
            boolean moving = replicas.stream().anyMatch(replica -> isMoving(replica) && !Unanswered.is(replica, world))
                    || waitsForProof(world.workloads().get(service.service()), replicas);
            replicas.stream()
                    .filter(replica -> Unanswered.is(replica, world))
                    .forEach(replica ->
                            unanswered.add(Unanswered.text(replica) + ". The next apply or watch finds out"));
            boolean lacking = service.isUnfinished();
            settled &= !moving && !lacking;
            if ((lacking || isStopped(world.workloads().get(service.service()))) && !moving) {
                service.hopeless().forEach(why -> hopeless.add(service.service() + ": " + why));
            }
            if (lacking) {
                replicas.stream()
                        .filter(replica -> replica.lifecycle() == Lifecycle.FAILED
                                && replica.failures() >= LaunchBackOff.HOPELESS_FAILURES)
                        .forEach(replica -> hopeless.add(describe(replica)));
            }
        }
        step.plan().problems().forEach(problem -> hopeless.add(problem.summary() + ": " + problem.detail()));
        if (!hopeless.isEmpty()) {
            return Optional.of(new Ending.Hopeless(hopeless));
        }
        if (!settled || step.plan().hasChanges()) {
            return Optional.empty();
        }
        return Optional.of(unanswered.isEmpty() ? new Ending.Reached() : new Ending.Hopeless(unanswered));
    }

    /// Whether every planned service serves and nothing is on its way.
    public static boolean isSettled(Plan plan, World world) {
        return plan.services().stream()
                .allMatch(service -> !service.isUnfinished()
                        && world.replicas().getOrDefault(service.service(), List.of()).stream()
                                .noneMatch(Settle::isMoving));
    }

    /// Whether what was applied last has been taken back.
    private static boolean isStopped(@Nullable WorkloadRecord service) {
        return service != null && service.failedVersion().isPresent();
    }

    /// Whether new replicas serve beside old ones until they have stayed healthy for long enough to replace
    /// them.
    private static boolean waitsForProof(@Nullable WorkloadRecord service, List<ReplicaRecord> replicas) {
        if (service == null) {
            return false;
        }
        boolean old = false;
        boolean unproven = false;
        for (ReplicaRecord replica : replicas) {
            if (replica.lifecycle() == Lifecycle.READY) {
                boolean before = replica.requestedAt().isBefore(service.editedAt());
                old |= before;
                unproven |= !before && !replica.isProven();
            }
        }
        return old && unproven;
    }

    private static boolean isMoving(ReplicaRecord replica) {
        return replica.lifecycle().isLive() && replica.lifecycle() != Lifecycle.READY;
    }

    private static String describe(ReplicaRecord replica) {
        String log = replica.logTail().isEmpty()
                ? ""
                : "\n" + replica.logTail().indent(4).stripTrailing();
        return replica.name() + " failed " + replica.failures() + " times: " + replica.reason() + log;
    }
}
