package dev.skyhedge.spi;

import java.time.Instant;

/// Something that a provider noticed. An event says that it is worth looking; what is true is what `observe`
/// says.
public sealed interface ProviderEvent {
    /// The instance will be taken back.
    ///
    /// @param instanceId which one
    /// @param tags what is written on it
    /// @param deadline when the cloud takes it, as far as it says
    record PreemptionNotice(String instanceId, InstanceTags tags, Instant deadline) implements ProviderEvent {}

    /// The instance is at elevated risk; the cloud suggests to move away.
    ///
    /// @param instanceId which one
    /// @param tags what is written on it
    record RebalanceHint(String instanceId, InstanceTags tags) implements ProviderEvent {}

    /// The instance entered another state, or its endpoint became known.
    ///
    /// @param instance as it is now
    record InstanceChanged(Instance instance) implements ProviderEvent {}

    /// Events may have been missed, such as after a lost connection: observe everything.
    ///
    /// @param reason what happened, for people
    record Gap(String reason) implements ProviderEvent {}
}
