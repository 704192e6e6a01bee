package dev.skyhedge.balancer.policy;

import java.util.function.IntToDoubleFunction;

/// The policies `token_weighted` and `melange`: by the size of a request. Pure.
///
/// Each target has a weight, its share of requests of this size. Of two distinct eligible targets,
/// drawn by weight, the one serves that would be done first: its work in flight and this request,
/// in seconds that each would take it were it alone. Mélange draws one by what it sustains, and
/// looks at no load; most of what it misses are bursts, which the second draw is for (Griggs et
/// al., arXiv 2404.14527).
///
/// If none with a weight is eligible, any that serves this size is drawn by what it sustains; if
/// none does, the least loaded gets the request: a table that is wrong or old leaves nobody
/// unserved.
public final class TokenWeighted {
    private TokenWeighted() {}

    /// What these policies know of their targets beside their load.
    public interface Targets extends Candidates {
        /// Requests of this size per second that it sustains; 0 if it is not known to serve them.
        double maxRate(int index);

        /// Its share of requests of this size, in any unit; 0 for none.
        double sizeWeight(int index);

        /// Seconds that what is in flight would take it, were each request alone.
        double workSeconds(int index);
    }

    /// Chooses one of two.
    ///
    /// @param random 64 random bits
    /// @return its index, or -1 if none is eligible
    static int choose(Targets targets, long random) {
        IntToDoubleFunction weight = index -> targets.maxRate(index) > 0 ? targets.sizeWeight(index) : 0;
        int first = draw(targets, weight, -1, random);
        if (first < 0) {
            weight = targets::maxRate;
            first = draw(targets, weight, -1, random);
        }
        if (first < 0) {
            return LeastLoad.choose(targets, (int) random);
        }
        int second = draw(targets, weight, first, Mix.of(random));
        return second >= 0 && doneIn(targets, second) < doneIn(targets, first) ? second : first;
    }

    /// Chooses as Mélange does.
    ///
    /// @param random 64 random bits
    /// @return its index, or -1 if none is eligible
    static int melange(Targets targets, long random) {
        int drawn = draw(targets, targets::maxRate, -1, random);
        return drawn >= 0 ? drawn : LeastLoad.choose(targets, (int) random);
    }

    private static double doneIn(Targets targets, int index) {
        return targets.workSeconds(index) + 1 / targets.maxRate(index);
    }

    /// Draws an eligible one by weight, and by how far it has started.
    ///
    /// @return its index, or -1 if none has a weight
    private static int draw(Targets targets, IntToDoubleFunction weight, int except, long random) {
        double sum = 0;
        for (int index = 0; index < targets.size(); index++) {
            sum += index != except && targets.eligible(index) ? weight.applyAsDouble(index) * targets.weight(index) : 0;
        }
        double left = (random >>> 11) * 0x1.0p-53 * sum;
        int last = -1;
        for (int index = 0; index < targets.size() && left >= 0; index++) {
            double share = index == except ? 0 : weight.applyAsDouble(index) * targets.weight(index);
            if (share > 0 && targets.eligible(index)) {
                last = index;
                left -= share;
            }
        }
        return last;
    }
}
