package dev.skyhedge.balancer;

import dev.skyhedge.balancer.policy.Policy;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// The replicas that may take traffic: the only thing that the balancer is told. Immutable.
///
/// @param version grows with every change, from 1; the balancer ignores a table that is not newer than the one
///     it has
/// @param service name of the service, for signals and metrics
/// @param policy how replicas are chosen
/// @param targets in the order of the caller; at most [#MAX_TARGETS]; no replica twice in the same generation
/// @param expectedReadyAt when the next replica should be ready, for `Retry-After`
/// @param sizes of requests, where they are told apart and counted
public record RoutingTable(
        long version,
        String service,
        Policy policy,
        List<Target> targets,
        Optional<Instant> expectedReadyAt,
        Optional<RequestSizes> sizes) {

    /// Choosing is linear in the number of targets, so there is an end to it.
    public static final int MAX_TARGETS = 10_000;

    /// A table that does not tell sizes apart.
    public RoutingTable(
            long version, String service, Policy policy, List<Target> targets, Optional<Instant> expectedReadyAt) {
        this(version, service, policy, targets, expectedReadyAt, Optional.empty());
    }

    public RoutingTable {
        Objects.requireNonNull(service);
        Objects.requireNonNull(policy);
        Objects.requireNonNull(expectedReadyAt);
        Objects.requireNonNull(sizes);
        targets = List.copyOf(targets);
        if (sizes.isPresent() && sizes.get().fits().size() != targets.size()) {
            throw new IllegalArgumentException("a fit for each of " + targets.size() + " targets, not "
                    + sizes.get().fits().size());
        }
        if (version < 1) {
            throw new IllegalArgumentException("version must be at least 1, is " + version);
        }
        if (targets.size() > MAX_TARGETS) {
            throw new IllegalArgumentException("more than " + MAX_TARGETS + " targets: " + targets.size());
        }
        var seen = new HashSet<String>();
        for (Target target : targets) {
            if (!seen.add(target.replica() + "#" + target.generation())) {
                throw new IllegalArgumentException(
                        "replica " + target.replica() + " generation " + target.generation() + " is listed twice");
            }
        }
    }

    /// A table with default policy and without an expectation.
    public static RoutingTable of(long version, String service, Target... targets) {
        return new RoutingTable(version, service, Policy.LEAST_LOAD, List.of(targets), Optional.empty());
    }
}
