package dev.skyhedge.providers.simulated;

import dev.skyhedge.spi.Endpoint;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.LogPage;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.Workload;

/// What a cloud's instances run on: nothing at all in a simulation, processes in the cloud in a box.
///
/// All methods but [#logs] are called with the cloud's lock held: they return at once and do their work
/// elsewhere.
public interface Machines {
    /// Boots the instance's machine, then says so by [Reports#running].
    void start(Instance instance, Workload workload);

    /// Ends the machine, then says so by [Reports#gone]. Also called for a machine that is still starting.
    void stop(String instanceId);

    /// Takes charge of a machine that an earlier run of this cloud left behind.
    ///
    /// @param machine what [Reports#running] was told then
    /// @return whether it still runs
    boolean adopt(Instance instance, String machine);

    /// See [dev.skyhedge.spi.Provider#logs]. The instance exists or existed.
    Outcome<LogPage> logs(Instance instance, long offset, int maxBytes);

    /// What machines tell their cloud. May be called from any thread, also from inside the methods above.
    interface Reports {
        /// The machine is about to run its workload.
        ///
        /// @param machine what to find it by after the cloud itself has died
        /// @return false if the instance is not wanted any more; the machine then ends and says so
        boolean running(String instanceId, Endpoint endpoint, String machine);

        /// The machine is not there any more.
        ///
        /// @param detail why, for people; may be empty
        void gone(String instanceId, String detail);
    }

    /// Makes the machines of a cloud.
    @FunctionalInterface
    interface Maker {
        Machines make(Reports reports);
    }
}
