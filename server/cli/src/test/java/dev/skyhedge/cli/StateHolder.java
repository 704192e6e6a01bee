package dev.skyhedge.cli;

import dev.skyhedge.state.Lease;
import dev.skyhedge.state.LeaseClaim;
import dev.skyhedge.state.LeaseResult;
import dev.skyhedge.state.OpenResult;
import dev.skyhedge.state.StateLocation;
import dev.skyhedge.state.StateStore;
import dev.skyhedge.state.States;
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
