package dev.skyhedge.state.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.state.records.Change;
import dev.skyhedge.state.records.Lease;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// What every [StateStore] promises, one interface for each subject. Here is what all tests begin and end with.
abstract class StateStoreContract
        implements RecordsContract, CommitContract, HistoryContract, LeaseContract, OrdersContract, DecisionsContract {
    StateStore store;
    Lease lease;

    @BeforeEach
    void begin() {
        store = create(Retention.DEFAULT);
        lease = granted(store.acquire(LocalProcesses.claim("apply", "1")));
    }

    @AfterEach
    void end() {
        store.close();
    }

    static Lease granted(LeaseResult result) {
        assertThat(result).isInstanceOf(LeaseResult.Granted.class);
        return ((LeaseResult.Granted) result).lease();
    }

    static long committed(CommitResult result) {
        assertThat(result).isInstanceOf(CommitResult.Committed.class);
        return ((CommitResult.Committed) result).serial();
    }

    @Override
    public StateStore store() {
        return store;
    }

    @Override
    public Lease lease() {
        return lease;
    }

    @Override
    public long commit(Change... changes) {
        return committed(store.commit(lease, List.of(changes)));
    }
}
