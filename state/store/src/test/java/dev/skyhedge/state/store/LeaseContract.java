package dev.skyhedge.state.store;

import static dev.skyhedge.state.store.Samples.put;
import static dev.skyhedge.state.store.StateStoreContract.granted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.state.records.Change;
import dev.skyhedge.state.records.Lease;
import dev.skyhedge.state.records.LeaseClaim;
import dev.skyhedge.state.records.Lifecycle;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Who may commit to any [StateStore]: one at a time, and nobody who lost the lease.
interface LeaseContract extends StoreUnderTest {
    @Test
    default void fencesWhoeverLostTheLease() {
        Lease old = lease();
        Lease next = granted(store().acquire(old.claim()));

        assertThat(next.epoch()).isEqualTo(old.epoch() + 1);
        assertThat(store().commit(old, List.of(put("chat", 1, 1, Lifecycle.READY))))
                .isEqualTo(new CommitResult.Fenced(Optional.of(next)));
        assertThat(store().commit(old, List.of(new Change.PutAccount(Samples.account("aws", "4711")))))
                .isEqualTo(new CommitResult.Fenced(Optional.of(next)));
        assertThat(store().heartbeat(old)).isFalse();
        assertThat(store().read().replicas()).isEmpty();
        assertThat(store().read().accounts()).isEmpty();
        store().release(old);
        assertThat(store().heartbeat(next)).isTrue();
    }

    @Test
    default void fencesAfterReleaseAndUnlock() {
        store().release(lease());
        assertThat(store().commit(lease(), List.of())).isEqualTo(new CommitResult.Fenced(Optional.empty()));
        assertThat(store().read().lease()).isEmpty();

        Lease next = granted(store().acquire(Samples.claim("b")));
        assertThat(next.epoch()).isEqualTo(lease().epoch() + 1);
        assertThat(store().forceUnlock(lease().epoch())).isFalse();
        assertThat(store().forceUnlock(next.epoch())).isTrue();
        assertThat(store().forceUnlock(next.epoch())).isFalse();
        assertThat(store().commit(next, List.of())).isEqualTo(new CommitResult.Fenced(Optional.empty()));
    }

    @Test
    default void replacesAForeignHolderOnlyLongAfterItsLastSign() {
        store().release(lease());
        Lease foreign = granted(store().acquire(Samples.claim("far")));

        pass(LeaseTerms.EXPIRY.plusSeconds(1));
        assertThat(store().acquire(Samples.claim("b"))).isInstanceOf(LeaseResult.HeldBy.class);
        assertThat(store().heartbeat(foreign)).isTrue();
        pass(LeaseTerms.EXPIRY.plus(LeaseTerms.CALL_GRACE).minusSeconds(1));
        assertThat(store().acquire(Samples.claim("b"))).isInstanceOf(LeaseResult.HeldBy.class);
        pass(Duration.ofSeconds(10));
        assertThat(granted(store().acquire(Samples.claim("b"))).epoch()).isEqualTo(foreign.epoch() + 1);
    }

    @Test
    default void replacesADeadProcessOfThisHostAtOnce() throws Exception {
        Process ended = new ProcessBuilder("true").start();
        assertThat(ended.waitFor()).isZero();
        LeaseClaim self = lease().claim();
        store().release(lease());
        granted(store().acquire(new LeaseClaim("dead", self.host(), self.machine(), ended.pid(), 0, "apply")));
        Lease reused = granted(store().acquire(new LeaseClaim(
                "pid was reused", self.host(), self.machine(), self.pid(), self.processStart() - 60_000, "apply")));
        Lease ours = granted(store().acquire(self));

        assertThat(ours.epoch()).isEqualTo(reused.epoch() + 1);
        assertThat(store().acquire(Samples.claim("b"))).isInstanceOf(LeaseResult.HeldBy.class);
    }

    @Test
    default void aLivingProcessOfAnotherPartOfThisMachineKeepsItsLease() throws Exception {
        Process ended = new ProcessBuilder("true").start();
        assertThat(ended.waitFor()).isZero();
        LeaseClaim self = lease().claim();
        store().release(lease());
        granted(store().acquire(
                        new LeaseClaim("in a container", self.host(), "another namespace", ended.pid(), 0, "watch")));

        assertThat(store().acquire(self)).isInstanceOf(LeaseResult.HeldBy.class);
    }
}
