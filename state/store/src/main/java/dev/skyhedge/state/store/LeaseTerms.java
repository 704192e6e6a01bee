package dev.skyhedge.state.store;

import dev.skyhedge.state.records.Lease;
import dev.skyhedge.state.records.LeaseClaim;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;

/// The rules by which a lease is granted, prolonged and lost. Pure; the same for every store.
public final class LeaseTerms {
    /// How often a holder shows that it lives.
    public static final Duration HEARTBEAT = Duration.ofSeconds(3);

    /// A holder that was not confirmed for this long acts no more, until it is confirmed again.
    public static final Duration UNCONFIRMED = Duration.ofSeconds(9);

    /// How long a lease lives after its last heartbeat.
    public static final Duration EXPIRY = Duration.ofSeconds(10);

    /// How long after the expiry a call to a provider, begun by the holder in its last moment, is given to arrive
    /// there. What it leads to is found by its token: an intent is not given up before its call must have ended.
    public static final Duration CALL_GRACE = Duration.ofSeconds(4);

    private LeaseTerms() {}

    /// Decides a claim.
    ///
    /// @param current who holds the lease now, if anybody
    /// @param lastEpoch the epoch of the last grant; 0 if there was none
    /// @param claim who asks
    /// @param now by the store's clock
    /// @param dead whether a holder is known to be a process that has ended
    /// @return granted with the next epoch, or held by the current holder
    static LeaseResult decide(
            Optional<Lease> current, long lastEpoch, LeaseClaim claim, Instant now, Predicate<LeaseClaim> dead) {
        if (current.isPresent() && !mayReplace(current.get(), claim, now, dead)) {
            return new LeaseResult.HeldBy(current.get());
        }
        return new LeaseResult.Granted(new Lease(claim, lastEpoch + 1, now, now.plus(EXPIRY)));
    }

    private static boolean mayReplace(Lease current, LeaseClaim claim, Instant now, Predicate<LeaseClaim> dead) {
        return current.claim().holder().equals(claim.holder()) || isOver(current, now, dead);
    }

    /// Whether its holder acts no more, so that another one may have it: not yet while a call that it began may
    /// be under way.
    public static boolean isOver(Lease lease, Instant now, Predicate<LeaseClaim> dead) {
        return now.isAfter(lease.expiresAt().plus(CALL_GRACE)) || dead.test(lease.claim());
    }
}
