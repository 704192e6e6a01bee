package dev.skyhedge.cli.view.status;

import dev.skyhedge.cli.view.Words;
import dev.skyhedge.state.records.WorkloadRecord;
import java.util.Optional;

/// What to tell of a service whose newest version does not work.
public final class StoppedRollOut {
    private StoppedRollOut() {}

    /// Empty if no roll-out is stopped.
    public static Optional<String> text(WorkloadRecord service) {
        return service.failedVersion()
                .map(version -> Words.clean(service.address()) + ": the roll-out of version " + Words.clean(version)
                        + " is stopped, because its replicas fail"
                        + service.stable()
                                .map(stable -> "; version " + Words.clean(stable.version()) + " goes on")
                                .orElse("")
                        + ". Change the replica block and apply again.");
    }
}
