package dev.skyhedge.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.state.records.Lease;
import dev.skyhedge.state.records.LeaseClaim;
import dev.skyhedge.state.records.Snapshot;
import dev.skyhedge.state.store.InMemoryState;
import dev.skyhedge.state.store.LeaseResult;
import dev.skyhedge.state.store.LeaseTerms;
import dev.skyhedge.state.store.LocalProcesses;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Who is taken for watching, beside who may have the lease.
class LeasesTest {
    private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");
    private static final Duration LAST = LeaseTerms.EXPIRY.plus(LeaseTerms.CALL_GRACE);

    private Instant now = START;
    private final InMemoryState store = new InMemoryState("lineage", () -> now);

    private Optional<Lease> watching(LeaseClaim claim, Duration silence) {
        assertThat(store.acquire(claim)).isInstanceOf(LeaseResult.Granted.class);
        Snapshot snapshot = store.read();
        now = START.plus(silence);
        return Leases.watching(snapshot, now);
    }

    @Test
    void whoeverIsLateToShowThatItLivesWatchesAsLongAsNobodyElseMayHaveTheLease() {
        Duration late = LeaseTerms.EXPIRY.plus(LeaseTerms.CALL_GRACE.dividedBy(2));

        assertThat(watching(LocalProcesses.claim(Leadership.WATCH, "1"), late)).isPresent();
        assertThat(store.acquire(LocalProcesses.claim("apply", "2"))).isInstanceOf(LeaseResult.HeldBy.class);
    }

    @Test
    void whoeverIsSilentForLongerWatchesNoMoreAndAnotherMayHaveTheLease() {
        assertThat(watching(LocalProcesses.claim(Leadership.WATCH, "1"), LAST.plusMillis(1)))
                .isEmpty();
        assertThat(store.acquire(LocalProcesses.claim("apply", "2"))).isInstanceOf(LeaseResult.Granted.class);
    }

    @Test
    void anApplyIsNoWatch() {
        assertThat(watching(LocalProcesses.claim("apply", "1"), Duration.ZERO)).isEmpty();
    }
}
