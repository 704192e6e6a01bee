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
/// @param least what the workload needs at least; empty for nothing in particular. Providers that rent whole machines
///     are asked for offers that are large enough; one that rents parts of machines asks for that much
/// @param notices where the instance reports an announced preemption; empty if nobody listens. A provider whose
///     events come another way may leave it unused
public record LaunchRequest(
        Offer offer,
        InstanceTags tags,
        Workload workload,
        OptionalInt diskGb,
        Optional<MachineShape> least,
        Optional<NoticeAddress> notices) {
    public LaunchRequest {
        if (diskGb.isPresent() && diskGb.getAsInt() < 1) {
            throw new IllegalArgumentException("A disk has a size: " + diskGb.getAsInt());
        }
    }

    /// A launch for a workload that needs nothing in particular.
    public LaunchRequest(
            Offer offer, InstanceTags tags, Workload workload, OptionalInt diskGb, Optional<NoticeAddress> notices) {
        this(offer, tags, workload, diskGb, Optional.empty(), notices);
    }

    /// A launch on a disk of the default size whose instance reports to nobody.
    public LaunchRequest(Offer offer, InstanceTags tags, Workload workload) {
        this(offer, tags, workload, OptionalInt.empty(), Optional.empty());
    }

    /// The same on a disk of this size.
    public LaunchRequest onDisk(int gb) {
        return new LaunchRequest(offer, tags, workload, OptionalInt.of(gb), least, notices);
    }

    /// The same for a workload that needs so much.
    public LaunchRequest withAtLeast(MachineShape shape) {
        return new LaunchRequest(offer, tags, workload, diskGb, Optional.of(shape), notices);
    }

    /// The token under which a repeated request returns the same instance.
    public IdempotencyToken token() {
        return tags.token();
    }
}
