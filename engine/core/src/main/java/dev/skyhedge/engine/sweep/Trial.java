package dev.skyhedge.engine.sweep;

/// One trial, as a scheduler sees it.
final class Trial {
    /// Where it is in its life.
    enum Status {
        PENDING,
        RUNNING,
        PAUSED,
        /// Done, failed, or given up.
        ENDED
    }

    final String name;
    /// Its place among all trials, by which ties are broken.
    final int order;
    final OrderStatistics iterationSeconds = new OrderStatistics();
    Status status = Status.PENDING;
    int atoms = 1;
    double startedAt;
    /// Whether it has reported since it was last started.
    boolean reported;
    /// Seconds of all its iterations.
    double trained;
    double best = Double.NEGATIVE_INFINITY;
    double last = Double.NEGATIVE_INFINITY;

    Trial(String name, int order) {
        this.name = name;
        this.order = order;
    }

    void start(double now, int on) {
        status = Status.RUNNING;
        atoms = on;
        startedAt = now;
        reported = false;
    }

    void heard(Report report) {
        trained += report.seconds();
        last = report.value();
        best = Math.max(best, last);
        reported = true;
    }
}
