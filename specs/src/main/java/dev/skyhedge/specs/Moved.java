package dev.skyhedge.specs;

import java.util.Optional;

/// A `moved` block: what is recorded under one address is the service at another. Chains have been followed.
///
/// @param from the address as recorded
/// @param to the address as it is now
public record Moved(ServiceAddress from, ServiceAddress to) {
    /// Where a recorded service is now; empty if this is not about it. An instance keeps its key if whole
    /// services are moved.
    public Optional<ServiceAddress> of(ServiceAddress recorded) {
        if (!from.covers(recorded)) {
            return Optional.empty();
        }
        return Optional.of(from.equals(recorded) ? to : new ServiceAddress(to.module(), to.label(), recorded.key()));
    }
}
