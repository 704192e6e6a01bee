package dev.skyhedge.providers.gcp;

import com.google.cloud.compute.v1.Instance;
import dev.skyhedge.providers.cloud.lifecycle.Deletion;
import dev.skyhedge.providers.cloud.lifecycle.KnownInstances;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.Provider.Ended;
import java.util.regex.Pattern;

/// Gives instances back. The boot disk goes with its instance.
final class Terminations {
    private static final Pattern NAME = Pattern.compile("[a-z]([-a-z0-9]{0,61}[a-z0-9])?");

    private final ComputeCalls calls;
    private final KnownInstances known;

    Terminations(ComputeCalls calls, KnownInstances known) {
        this.calls = calls;
        this.known = known;
    }

    /// Deletes the instance. One that is busy with another operation is either on its way out already, or still
    /// being made: then the deletion has to wait for it.
    Outcome<Ended> terminate(String id, Location location) {
        if (!NAME.matcher(id).matches()) {
            return Outcome.done(Ended.ENDED);
        }
        known.terminating(id);
        return Deletion.of(() -> calls.delete(location.zone(), id), () -> isLeaving(id, location), calls.pause());
    }

    private boolean isLeaving(String id, Location location) {
        return switch (calls.instance(location.zone(), id)) {
            case Outcome.Done<Instance>(Instance found) -> found.getStatus().equals("STOPPING");
            case Outcome.Failed<Instance>(Failure failure) -> failure instanceof Failure.NotFound;
        };
    }
}
