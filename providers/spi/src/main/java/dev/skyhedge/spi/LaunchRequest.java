package dev.skyhedge.spi;

import java.util.Optional;

/// A decided launch.
///
/// @param offer what to rent; for spot, its price is also the highest that may be paid
/// @param tags put on the instance in the same step that creates it; they hold the token
/// @param workload what the instance runs
/// @param notices where the instance reports an announced preemption; empty if nobody listens. A provider whose
///     events come another way may leave it unused
public record LaunchRequest(Offer offer, InstanceTags tags, Workload workload, Optional<NoticeAddress> notices) {
    /// A launch whose instance reports to nobody.
    public LaunchRequest(Offer offer, InstanceTags tags, Workload workload) {
        this(offer, tags, workload, Optional.empty());
    }

    /// The token under which a repeated request returns the same instance.
    public IdempotencyToken token() {
        return tags.token();
    }
}
