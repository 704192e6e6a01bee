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
    private static final BackOff EJECTIONS = new BackOff(FIRST_EJECTION_NANOS, MAX_EJECTION_NANOS);

    /// Old outcomes that are still held against one that returns.
    static final double PROBATION_OUTCOMES = 8;

    private final ErrorShare answers = new ErrorShare();
    private volatile boolean ejected;
    private long ejectedUntil;
    private long ejectionNanos;
    private long returnedAt;
    private int inARow;
    private double shareWhenEjected;
    private double inherited;
    private int exonerations;
    private long exoneratedAt;

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

    /// @param peers what the others answer that take requests
    synchronized void eject(Sample peers, long now) {
        if (exonerations > 0 && now - exoneratedAt >= 2 * MAX_EJECTION_NANOS) {
            exonerations = 0;
        }
        boolean soonAgain = inARow > 0 && now - returnedAt < 2 * ejectionNanos;
        inARow = soonAgain ? inARow + 1 : 1;
        Sample own = answers.sample(now);
        shareWhenEjected = own.share();
        inherited = OutlierDetector.inherited(own, peers);
        ejectionNanos = EJECTIONS.after(inARow);
        ejectedUntil = now + ejectionNanos;
        ejected = true;
    }

    /// Ends the ejection if its peers fail now what it failed. It is not ejected again for a while then: the same
    /// requests would bring it about.
    synchronized void exonerate(Sample peers, long now) {
        if (ejected && OutlierDetector.wasInVain(inherited, peers)) {
            clear();
            exonerations++;
            exoneratedAt = now;
        }
    }

    /// Whether it may be ejected.
    synchronized boolean isOpenToBlame(long now) {
        return exonerations == 0 || now - exoneratedAt >= EJECTIONS.after(exonerations);
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
