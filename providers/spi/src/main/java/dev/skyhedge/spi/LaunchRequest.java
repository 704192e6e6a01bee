package dev.skyhedge.spi;

import java.util.Optional;
import java.util.OptionalInt;

/// A decided launch.
///
/// @param offer what to rent; for spot, its price is also the highest that may be paid
/// @param tags put on the instance in the same step that creates it; they hold the token
/// @param workload what the instance runs
/// @param diskGb size of the instance's disk in GB, at least 1; empty for what the provider's settings say. A
///     provider whose instances have no disk of their own takes any; one that cannot give it refuses the launch
/// @param notices where the instance reports an announced preemption; empty if nobody listens. A provider whose
///     events come another way may leave it unused
public record LaunchRequest(
        Offer offer, InstanceTags tags, Workload workload, OptionalInt diskGb, Optional<NoticeAddress> notices) {
    public LaunchRequest {
        if (diskGb.isPresent() && diskGb.getAsInt() < 1) {
            throw new IllegalArgumentException("A disk has a size: " + diskGb.getAsInt());
        }
    }

    /// A launch on a disk of the default size whose instance reports to nobody.
    public LaunchRequest(Offer offer, InstanceTags tags, Workload workload) {
        this(offer, tags, workload, OptionalInt.empty(), Optional.empty());
    }

    /// The same on a disk of this size.
    public LaunchRequest onDisk(int gb) {
        return new LaunchRequest(offer, tags, workload, OptionalInt.of(gb), notices);
    }

    /// The token under which a repeated request returns the same instance.
    public IdempotencyToken token() {
        return tags.token();
    }
}
