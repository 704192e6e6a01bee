package dev.skyhedge.engine.plan;

import dev.skyhedge.state.records.ReplicaRecord;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What a user asked of a plan beyond the spec.
///
/// @param targets only these services; empty means all
/// @param replace replicas, services with all their replicas, or single generations (`chat-1#3`), to be
///     replaced although nothing is wrong with them
/// @param destroy whether all services are to be removed
/// @param begunAt since when this process has been acting; empty while a plan is only shown
/// @param removals which services may go because the spec does not declare them any more
/// @param paced whether launches keep to the pauses after refusals; a published protocol of ticks has none
/// @param economy what is given up for a budget
public record PlanOptions(
        Set<String> targets,
        Set<String> replace,
        boolean destroy,
        Optional<Instant> begunAt,
        AgreedRemovals removals,
        boolean paced,
        Economy economy) {
    public static final PlanOptions DEFAULT = new PlanOptions(Set.of(), Set.of(), false);

    public PlanOptions {
        targets = Set.copyOf(targets);
        replace = Set.copyOf(replace);
    }

    /// Of a plan that is only shown, to somebody who sees in it what goes.
    public PlanOptions(Set<String> targets, Set<String> replace, boolean destroy) {
        this(targets, replace, destroy, Optional.empty(), AgreedRemovals.ALL, true, Economy.NONE);
    }

    /// The same for a process that has been acting since then.
    public PlanOptions since(Instant begun) {
        return new PlanOptions(targets, replace, destroy, Optional.of(begun), removals, paced, economy);
    }

    /// The same where everything goes.
    public PlanOptions destroying() {
        return new PlanOptions(Set.of(), Set.of(), true, begunAt, removals, paced, economy);
    }

    /// The same where only these services may go.
    public PlanOptions agreeing(AgreedRemovals agreed) {
        return new PlanOptions(targets, replace, destroy, begunAt, agreed, paced, economy);
    }

    /// The same for a protocol in which policies alone say when a launch is tried again.
    public PlanOptions unpaced() {
        return new PlanOptions(targets, replace, destroy, begunAt, removals, false, economy);
    }

    /// The same where so much is given up for a budget.
    public PlanOptions saving(Economy some) {
        return new PlanOptions(targets, replace, destroy, begunAt, removals, paced, some);
    }

    /// The same, but with what is to be replaced narrowed down to the generations that are there now: what
    /// takes their place is left alone, whatever its name.
    public PlanOptions narrowedTo(World world) {
        if (replace.isEmpty()) {
            return this;
        }
        Set<String> generations = world.replicas().values().stream()
                .flatMap(List::stream)
                .filter(replica -> replica.lifecycle().isLive() && isToBeReplaced(replica))
                .map(ReplicaNames::withGeneration)
                .collect(Collectors.toSet());
        return new PlanOptions(targets, generations, destroy, begunAt, removals, paced, economy);
    }

    /// The same with all that the targets depend on: they could not be launched without it.
    public PlanOptions withDependencies(Function<String, Collection<String>> dependencies) {
        if (targets.isEmpty() || destroy) {
            return this;
        }
        Set<String> all = new HashSet<>();
        Deque<String> open = new ArrayDeque<>(targets);
        while (!open.isEmpty()) {
            String name = open.pop();
            if (all.add(name)) {
                open.addAll(dependencies.apply(name));
            }
        }
        return new PlanOptions(all, replace, false, begunAt, removals, paced, economy);
    }

    public boolean isToBeReplaced(ReplicaRecord replica) {
        return !replace.isEmpty()
                && (replace.contains(replica.service())
                        || replace.contains(replica.name())
                        || replace.contains(ReplicaNames.withGeneration(replica)));
    }

    public boolean includes(String service) {
        return targets.isEmpty() || targets.contains(service);
    }
}
