package dev.skyhedge.weights;

import java.util.concurrent.TimeUnit;

/// Holds bytes back so that no more than a rate leaves over any time. Thread-safe; who waits is served
/// in the order of coming, so that those who share it get equal shares.
final class TokenBucket {
    private final double bytesPerNano;
    private final long burstNanos;
    /// When what was granted so far has left.
    private long clearAt;

    /// @param bitsPerSecond infinite for no limit
    TokenBucket(double bitsPerSecond, long burstNanos, long now) {
        this.bytesPerNano = bitsPerSecond / 8e9;
        this.burstNanos = burstNanos;
        this.clearAt = now;
    }

    static TokenBucket of(double bitsPerSecond) {
        return new TokenBucket(bitsPerSecond, TimeUnit.MILLISECONDS.toNanos(10), System.nanoTime());
    }

    /// Grants bytes.
    ///
    /// @return how long they have to wait, in nanoseconds
    synchronized long grant(int bytes, long now) {
        long from = Math.max(clearAt, now - burstNanos);
        clearAt = from + Math.round(bytes / bytesPerNano);
        return Math.max(0, clearAt - now);
    }

    /// Waits for its turn.
    void take(int bytes) throws InterruptedException {
        long wait = grant(bytes, System.nanoTime());
        if (wait > 0) {
            TimeUnit.NANOSECONDS.sleep(wait);
        }
    }
}
