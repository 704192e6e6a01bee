package dev.skyhedge.state.store;

import dev.skyhedge.state.records.Change;
import dev.skyhedge.state.records.Lease;
import java.time.Duration;

/// A [StateStore] that a contract holds to its promises, and the lease that a test begins with.
interface StoreUnderTest {
    StateStore store();

    Lease lease();

    /// A new, empty state.
    StateStore create(Retention retention);

    /// Lets the store's clock move on.
    void pass(Duration time);

    /// Commits under the lease.
    ///
    /// @return the serial
    long commit(Change... changes);
}
