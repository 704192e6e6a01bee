package dev.skyhedge.spi;

/// A decided launch.
///
/// @param offer what to rent; for spot, its price is also the highest that may be paid
/// @param tags put on the instance in the same step that creates it; they hold the token
/// @param workload what the instance runs
public record LaunchRequest(Offer offer, InstanceTags tags, Workload workload) {
    /// The token under which a repeated request returns the same instance.
    public IdempotencyToken token() {
        return tags.token();
    }
}
