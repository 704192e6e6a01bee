package dev.skyhedge.engine.plan;

import java.util.Set;

/// What a user asked of a plan beyond the spec.
///
/// @param targets only these services; empty means all
/// @param replace replicas, or services with all their replicas, to be replaced although nothing is wrong with
///     them
/// @param destroy whether all services are to be removed
public record PlanOptions(Set<String> targets, Set<String> replace, boolean destroy) {
    public static final PlanOptions DEFAULT = new PlanOptions(Set.of(), Set.of(), false);

    public PlanOptions {
        targets = Set.copyOf(targets);
        replace = Set.copyOf(replace);
    }

    boolean includes(String service) {
        return targets.isEmpty() || targets.contains(service);
    }
}
