package dev.skyhedge.providers.cloud.calls;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// Spaces calls out. The rate is halved each time that the cloud throttles and comes back by a tenth of the full
/// rate each second, so that a client settles just below what the cloud allows. Thread-safe.
final class TokenBucket {
    /// The rate is never less than this share of the full one.
    private static final double LEAST_SHARE = 1.0 / 64;

    private static final double RESTORED_PER_SECOND = 0.1;
    private static final double NANOS = 1e9;

    private final CallRate rate;
    private final InstantSource clock;
    private double tokens;
    private double share = 1;
    private Instant at;

    TokenBucket(CallRate rate, InstantSource clock) {
        this.rate = rate;
        this.clock = clock;
        this.tokens = rate.burst();
        this.at = clock.instant();
    }

    /// Takes a token and says how long to wait before using it. Those who come later wait longer.
    synchronized Duration take() {
        refill();
        tokens -= 1;
        if (tokens >= 0) {
            return Duration.ZERO;
        }
        return Duration.ofNanos((long) Math.ceil(-tokens / (rate.perSecond() * share) * NANOS));
    }

    /// The cloud found that we call too often.
    synchronized void throttled() {
        refill();
        share = Math.max(LEAST_SHARE, share / 2);
        tokens = Math.min(tokens, 0);
    }

    /// The share of the full rate that is used at the moment.
    synchronized double share() {
        refill();
        return share;
    }

    private void refill() {
        Instant now = clock.instant();
        double seconds = Math.max(0, Duration.between(at, now).toNanos() / NANOS);
        tokens = Math.min(rate.burst(), tokens + seconds * rate.perSecond() * share);
        share = Math.min(1, share + seconds * RESTORED_PER_SECOND);
        at = now;
    }
}
