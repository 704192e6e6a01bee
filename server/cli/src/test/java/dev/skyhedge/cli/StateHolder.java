package dev.skyhedge.cli;

import dev.skyhedge.state.records.Lease;
import dev.skyhedge.state.records.LeaseClaim;
import dev.skyhedge.state.store.LeaseResult;
import dev.skyhedge.state.store.OpenResult;
import dev.skyhedge.state.store.StateLocation;
import dev.skyhedge.state.store.StateStore;
import dev.skyhedge.state.store.States;
import java.nio.file.Path;
import java.time.InstantSource;

/// Somebody who has the lease of a state.
final class StateHolder implements AutoCloseable {
    private final StateStore store;
    private final Lease lease;

    StateHolder(Path directory) {
        store = ((OpenResult.Opened) States.open(new StateLocation.Directory(directory), InstantSource.system()))
                .store();
        lease = ((LeaseResult.Granted) store.acquire(new LeaseClaim("somebody", "elsewhere", 1, 1, "watch"))).lease();
    }

    long epoch() {
        return lease.epoch();
    }

    @Override
    public void close() {
        store.release(lease);
        store.close();
    }
}
