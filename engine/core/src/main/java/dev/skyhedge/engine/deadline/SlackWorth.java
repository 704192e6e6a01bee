package dev.skyhedge.engine.deadline;

/// What an hour is worth in which the job does not go on.
///
/// A job on spot loses time to restarts and to waiting; its slack, the time left beyond the work,
/// never grows. Two things can become of a lack of it:
///
/// - Without time to wait, the hours that would be waited for spot are spent on demand. An hour
///   of slack is worth one of these hours, if slack is going to lack for waits and restarts
///   together.
/// - Without time to restart, the next loss leaves only on-demand for all that is left of the
///   work. An hour of slack carries as many hours of work as an hour of restarts lasts for, and
///   is worth them all, if slack is going to lack for the restarts alone.
///
/// @param dollarsPerHour of slack
record SlackWorth(double dollarsPerHour) {
    /// Before anything was seen: how long an instance lasts, how long room is away, and how much
    /// work such beliefs weigh. They are the means of [SpotLaw] and of the gaps in the recordings
    /// that it was counted in.
    private static final double LIFE_HOURS = 2.5;
    private static final double WAIT_HOURS = 0.5;
    private static final double BELIEF_HOURS = 10;
    /// What is lost at once by waiting, more or less.
    private static final double JUMP_HOURS = 0.7;
    /// Of the normal distribution, by the logistic one.
    private static final double LOGISTIC = 1.702;

    /// @param spotPrice of an hour of progress on spot
    static SlackWorth of(JobView view, double spotPrice, double onDemandPrice) {
        JobTerms terms = view.terms();
        double done = terms.workHours() - view.workLeftHours();
        double believed = BELIEF_HOURS / LIFE_HOURS;
        double losses = believed
                + view.zones().stream()
                        .mapToInt(zone -> zone.history().losses())
                        .sum();
        double lostHours =
                believed * (terms.restartHours() + WAIT_HOURS / view.zones().size())
                        + Math.max(0, view.nowHours() - done);
        double all = view.workLeftHours() / (BELIEF_HOURS + done);
        double slack = slack(view);
        double lacksForAll = above(slack, all * lostHours, JUMP_HOURS, losses);
        double restarts = losses * terms.restartHours();
        double lacksForRestarts = above(slack, all * restarts, terms.restartHours(), losses);
        double worth = lacksForAll + lacksForRestarts * (BELIEF_HOURS + done) / Math.max(restarts, Rounding.HOURS);
        return new SlackWorth(Math.max(0, onDemandPrice - spotPrice) * worth);
    }

    /// What is left beyond the work, the restart that is going on or to come, and the one on
    /// demand.
    private static double slack(JobView view) {
        double restart = view.terms().restartHours();
        double ahead = view.held().map(Holding::overheadLeftHours).orElse(restart);
        return view.timeLeftHours() - view.workLeftHours() - ahead - restart;
    }

    /// How likely a sum of losses is above the slack.
    ///
    /// @param jump what one of them is, more or less
    /// @param seen how many losses the mean is known by
    private static double above(double slack, double mean, double jump, double seen) {
        double variance = 2 * mean * jump + mean * mean / seen;
        double deviation = Math.sqrt(Math.max(variance, Rounding.HOURS));
        return 1 / (1 + Math.exp(LOGISTIC * (slack - mean) / deviation));
    }
}
