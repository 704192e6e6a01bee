package dev.skyhedge.engine.control;

import dev.skyhedge.specs.schema.Durations;
import dev.skyhedge.spi.Endpoint;
import java.time.Duration;
import java.util.OptionalLong;

/// Whether a machine that runs has a port that nothing comes back from. A workload that is not up yet refuses a
/// connection; where the network lets nobody in, nothing answers at all. A machine that boots is silent as well,
/// for less than [#PATIENCE]. Not thread-safe.
final class UnansweredPort {
    /// Machines of all clouds have their network up well within this.
    static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Endpoint endpoint;
    private boolean answered;
    private OptionalLong silentSince = OptionalLong.empty();

    /// @param answered whether it has answered before: then no network is closed
    UnansweredPort(Endpoint endpoint, boolean answered) {
        this.endpoint = endpoint;
        this.answered = answered;
    }

    /// The result as it is to be told: with the likely cause once nothing has ever come back for so long.
    ///
    /// @param nanos the time, as [System#nanoTime()] gives it
    ProbeClient.Result told(ProbeClient.Result result, long nanos) {
        answered |= !result.silent();
        if (answered) {
            return result;
        }
        if (silentSince.isEmpty()) {
            silentSince = OptionalLong.of(nanos);
        }
        boolean tooLong = nanos - silentSince.getAsLong() >= PATIENCE.toNanos();
        return new ProbeClient.Result(result.passed(), tooLong, tooLong ? cause() : result.detail());
    }

    private String cause() {
        return "nothing has answered at " + endpoint + " for " + Durations.text(PATIENCE)
                + " though the machine runs: most likely its network lets nobody in from here; `skyhedge doctor SPEC`"
                + " says what to open";
    }
}
