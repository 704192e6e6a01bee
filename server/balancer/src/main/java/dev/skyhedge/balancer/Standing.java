package dev.skyhedge.balancer;

import dev.skyhedge.balancer.ErrorShare.Sample;

/// What one replica's answers say about it: its errors, and whether it is ejected for them. Thread-safe; time
/// comes in as `System.nanoTime()`-like values.
///
/// An ejection lasts [#FIRST_EJECTION_NANOS], twice as long each time in a row. Whoever returns is on probation:
/// its old errors count as a few, so that one more error ejects it again and some good answers clear it.
final class Standing {
    static final long FIRST_EJECTION_NANOS = 10_000_000_000L;
    static final long MAX_EJECTION_NANOS = 60_000_000_000L;

    /// Old outcomes that are still held against one that returns.
    static final double PROBATION_OUTCOMES = 8;

    private static final int MAX_DOUBLINGS = 5;

    private final ErrorShare answers = new ErrorShare();
    private volatile boolean ejected;
    private long ejectedUntil;
    private long ejectionNanos;
    private long returnedAt;
    private int inARow;
    private double shareWhenEjected;

    synchronized void record(boolean error, long now) {
        if (!ejected) { // what was sent before says nothing new
            answers.record(error, now);
        }
    }

    synchronized Sample sample(long now) {
        return answers.sample(now);
    }

    /// Whether it is ejected; notices that the time is over.
    boolean isEjected(long now) {
        return ejected && isEjectedStill(now);
    }

    private synchronized boolean isEjectedStill(long now) {
        if (ejected && now - ejectedUntil >= 0) {
            takeBack(now);
        }
        return ejected;
    }

    synchronized void eject(long now) {
        boolean soonAgain = inARow > 0 && now - returnedAt < 2 * ejectionNanos;
        inARow = soonAgain ? inARow + 1 : 1;
        shareWhenEjected = answers.sample(now).share();
        ejectionNanos = Math.min(MAX_EJECTION_NANOS, FIRST_EJECTION_NANOS << Math.min(inARow - 1, MAX_DOUBLINGS));
        ejectedUntil = now + ejectionNanos;
        ejected = true;
    }

    /// Ends the ejection if its peers fail as it did.
    synchronized void exonerate(Sample peers) {
        if (ejected && OutlierDetector.failAlike(shareWhenEjected, peers)) {
            clear();
        }
    }

    /// Nothing is held against it any more.
    synchronized void clear() {
        ejected = false;
        inARow = 0;
        answers.forget();
    }

    private void takeBack(long now) {
        ejected = false;
        returnedAt = now;
        answers.resume(now);
        answers.doubt(PROBATION_OUTCOMES);
    }

    /// Share of errors for which it was ejected the last time.
    synchronized double shareWhenEjected() {
        return shareWhenEjected;
    }

    /// Ejections in a row.
    synchronized int inARow() {
        return inARow;
    }

    /// Nanoseconds until it returns, at least 0.
    synchronized long nanosUntilReturn(long now) {
        return ejected ? Math.max(0, ejectedUntil - now) : 0;
    }
}
