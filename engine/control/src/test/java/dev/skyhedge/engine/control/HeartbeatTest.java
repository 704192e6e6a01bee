package dev.skyhedge.engine.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.engine.reconcile.Ending;
import dev.skyhedge.state.records.Lease;
import dev.skyhedge.state.records.LeaseClaim;
import dev.skyhedge.state.store.InMemoryState;
import dev.skyhedge.state.store.LeaseResult;
import dev.skyhedge.state.store.LeaseTerms;
import dev.skyhedge.state.store.StateStore;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class HeartbeatTest {
    private final AtomicLong nanos = new AtomicLong();
    private final List<Ending> endings = new ArrayList<>();
    private final StateStore store = new InMemoryState("l", () -> Instant.EPOCH);
    private final Lease lease =
            ((LeaseResult.Granted) store.acquire(new LeaseClaim("me", "host", 1, 0, "watch"))).lease();

    private Heartbeat heartbeat(StateStore where) {
        return new Heartbeat(where, lease, endings::add, nanos::get);
    }

    /// A store whose every call fails in a way that it should not.
    private static StateStore broken() {
        return (StateStore) Proxy.newProxyInstance(
                StateStore.class.getClassLoader(), new Class<?>[] {StateStore.class}, (_, method, _) -> {
                    if (method.getName().equals("location")) {
                        return "nowhere";
                    }
                    throw new IllegalStateException("broken");
                });
    }

    @Test
    void aHolderThatStoodStillMustNotActUntilItIsConfirmed() {
        Heartbeat heartbeat = heartbeat(store);
        assertThat(heartbeat.isFresh()).isTrue();

        nanos.addAndGet(LeaseTerms.UNCONFIRMED.plusSeconds(1).toNanos());

        assertThat(heartbeat.isFresh()).isFalse();
        assertThat(heartbeat.prolong()).isTrue();
        assertThat(heartbeat.isFresh()).isTrue();
        assertThat(endings).isEmpty();
    }

    @Test
    void aHolderStopsActingBeforeAnybodyElseMayBegin() {
        assertThat(LeaseTerms.UNCONFIRMED).isLessThan(LeaseTerms.EXPIRY);
    }

    @Test
    void whoHasLostTheLeaseIsFenced() {
        Heartbeat heartbeat = heartbeat(store);
        store.forceUnlock(lease.epoch());

        assertThat(heartbeat.prolong()).isFalse();
        assertThat(endings).singleElement().isInstanceOf(Ending.Fenced.class);
    }

    @Test
    void anUnexpectedFailureDoesNotEndIt() {
        Heartbeat heartbeat = heartbeat(broken());

        assertThat(heartbeat.prolong()).isTrue();
        assertThat(endings).isEmpty();
        assertThat(heartbeat.unconfirmed()).isInstanceOf(Ending.NotSaved.class);
    }
}
