package dev.skyhedge.state.records;

import dev.skyhedge.spi.Accelerator;
import dev.skyhedge.spi.Location;
import java.util.Optional;

/// What some time of a machine was used for, and what the machine was.
///
/// @param use what for
/// @param location where
/// @param instanceType its cloud's name for such machines
/// @param accelerator what it computes with
/// @param instanceId its cloud's name for it; empty for many machines together
public record RentedTime(
        Use use, Location location, String instanceType, Accelerator accelerator, Optional<String> instanceId) {
    /// What a machine's time can be used for. At any instant it is one of these.
    public enum Use {
        /// From its launch until it is ready for the first time.
        START,
        /// The same, of a machine that never got ready: refused, taken back, failed or not needed any more.
        NEVER_READY,
        /// It serves, and was rented as one of those that are wanted.
        SERVING,
        /// It serves, and was rented beyond what is wanted, so that a loss is not felt; also once it has taken the
        /// place of a lost one.
        SPARE,
        /// It serves, and was rented on demand until there is spot again.
        STAND_IN,
        /// It ends what it had begun, and is being ended.
        LEAVING
    }

    /// The same machine's time, used for this.
    public RentedTime usedFor(Use other) {
        return new RentedTime(other, location, instanceType, accelerator, instanceId);
    }

    /// The same of no machine in particular.
    public RentedTime ofMany() {
        return new RentedTime(use, location, instanceType, accelerator, Optional.empty());
    }
}
