package dev.skyhedge.balancer;

import dev.skyhedge.balancer.ErrorShare.Sample;

/// Tells a replica that fails from a request that fails: compares the share of errors of one replica with that of
/// its peers over the same traffic. What all of them answer alike is the fault of the requests and ejects nobody.
/// Pure.
///
/// A replica stands out when its share is above that of its peers by [#MARGIN], and by [#SIGMAS] standard errors
/// of the difference of two proportions: a few outcomes convince only if they are all on one side.
final class OutlierDetector {
    /// Errors before anything is concluded.
    static final double MIN_ERRORS = 4.5; // five that have begun to fade

    /// Least difference of the shares.
    static final double MARGIN = 0.2;

    /// Least difference of the shares in standard errors.
    static final double SIGMAS = 4;

    /// Outcomes of the peers before they can exonerate one that was ejected.
    private static final double MIN_PEER_OUTCOMES = 5;

    /// How far the share of the peers must go towards what it was for all.
    private static final double INHERITED = 0.75;

    private OutlierDetector() {}

    /// Whether one is far above its peers.
    ///
    /// @param peers all others that take requests, together
    static boolean standsOut(Sample own, Sample peers) {
        double difference = own.share() - peers.share();
        if (own.errors() < MIN_ERRORS || peers.outcomes() == 0 || difference < MARGIN) {
            return false;
        }
        double pooled = own.plus(peers).share();
        double variance = pooled * (1 - pooled) * (1 / own.outcomes() + 1 / peers.outcomes());
        return difference >= SIGMAS * Math.sqrt(variance);
    }

    /// From which share of errors on the peers of an ejected one have inherited what it failed. The errors of a bad
    /// replica end with its ejection. If it was the requests, which chance or a rhythm had brought to this one, the
    /// peers get them now, and their share goes to what it was for all together.
    static double inherited(Sample own, Sample peers) {
        return peers.share() + INHERITED * (own.plus(peers).share() - peers.share());
    }

    /// Whether an ejection did not help.
    ///
    /// @param inherited what [#inherited] said when it began
    static boolean wasInVain(double inherited, Sample peers) {
        return peers.outcomes() >= MIN_PEER_OUTCOMES && peers.share() > inherited;
    }

    /// Whether so many may be ejected: never more than half, and so never the last one.
    ///
    /// @param ejected of the reachable ones
    /// @param reachable replicas that accept connections and are named by the table
    static boolean allows(int ejected, int reachable) {
        return ejected * 2 <= reachable;
    }
}
