package dev.skyhedge.providers.simulated;

import dev.skyhedge.spi.EndCause;
import dev.skyhedge.spi.Endpoint;
import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.InstanceState;
import dev.skyhedge.spi.Workload;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An instance as its cloud keeps it. Guarded by the cloud's lock.
final class Rented {
    final long ordinal;
    final String fingerprint;
    final Instant visibleFrom;
    final Optional<String> series;
    Instance instance;

    /// Until its machine is started; dropped then, for it may hold secrets.
    @Nullable
    Workload workload;

    /// Set once it is on its way out.
    @Nullable
    EndCause leaving;

    /// A preemption notice was given.
    boolean doomed;

    Rented(
            long ordinal,
            Instance instance,
            String fingerprint,
            Instant visibleFrom,
            Optional<String> series,
            @Nullable Workload workload) {
        this.ordinal = ordinal;
        this.instance = instance;
        this.fingerprint = fingerprint;
        this.visibleFrom = visibleFrom;
        this.series = series;
        this.workload = workload;
    }

    String id() {
        return instance.id();
    }

    boolean stays() {
        return instance.isLive() && leaving == null && !doomed;
    }

    void reprice(HourlyPrice price) {
        instance = new Instance(
                instance.id(),
                instance.offer().at(price),
                instance.tags(),
                instance.state(),
                instance.endpoint(),
                instance.launchedAt(),
                instance.end());
    }

    void become(InstanceState state, Optional<Endpoint> endpoint, Optional<Instance.End> end) {
        instance = new Instance(
                instance.id(), instance.offer(), instance.tags(), state, endpoint, instance.launchedAt(), end);
    }
}
