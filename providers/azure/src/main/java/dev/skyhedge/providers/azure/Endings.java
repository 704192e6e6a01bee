package dev.skyhedge.providers.azure;

import dev.skyhedge.spi.EndCause;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.Instance.End;
import dev.skyhedge.spi.Market;
import java.time.Instant;

/// Says why a machine that is gone ended. Azure keeps no word of it that can be asked for by machine, so
/// what we did ourselves decides, and then the market: a spot machine that is gone was most probably
/// evicted.
final class Endings {
    private Endings() {}

    /// @param at when it was found gone
    static End of(Instance instance, boolean terminatedByUs, Instant at) {
        if (terminatedByUs) {
            return new End(at, EndCause.TERMINATED, "");
        }
        return instance.offer().market() == Market.SPOT
                ? new End(at, EndCause.PREEMPTED, "gone; Azure does not say why")
                : new End(at, EndCause.EXITED, "gone; Azure does not say why");
    }
}
