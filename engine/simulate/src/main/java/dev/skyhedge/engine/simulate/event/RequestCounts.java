package dev.skyhedge.engine.simulate.event;

/// What became of requests.
///
/// @param arrived in all
/// @param answered in time
/// @param failed refused or lost for good
/// @param timedOut given up by their clients
/// @param inProgress at the end
/// @param retried sent again after their replica was lost
/// @param held that had to wait because no replica was ready
public record RequestCounts(
        long arrived, long answered, long failed, long timedOut, long inProgress, long retried, long held) {
    public static final RequestCounts NONE = new RequestCounts(0, 0, 0, 0, 0, 0, 0);

    /// Share of the requests with an end that were answered; 1 if there was none.
    public double availability() {
        long ended = answered + failed + timedOut;
        return ended == 0 ? 1 : (double) answered / ended;
    }
}
