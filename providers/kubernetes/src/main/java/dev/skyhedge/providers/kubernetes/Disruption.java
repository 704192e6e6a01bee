package dev.skyhedge.providers.kubernetes;

import dev.skyhedge.spi.EndCause;
import dev.skyhedge.spi.Instance;
import java.time.Duration;
import java.time.Instant;

/// Something that ends a pod without our having asked.
///
/// @param since when it was said
/// @param deadline when the pod is taken, as far as it is known
/// @param why what said so, for people
/// @param hint whether it is only a suggestion to move away
record Disruption(Instant since, Instant deadline, String why, boolean hint) {
    /// A pod usually has this long to end; marked nodes last no shorter.
    static final Duration NOTICE = Duration.ofSeconds(30);

    static Disruption of(NodeView.Doom doom) {
        return new Disruption(doom.since(), doom.since().plus(NOTICE), doom.why(), doom.hint());
    }

    /// Whether it takes the instance back, rather than suggesting to leave.
    static boolean takes(Disruption disruption) {
        return !disruption.hint();
    }

    Instance.End end(Instant at, EndCause cause) {
        return new Instance.End(at, cause, why);
    }
}
