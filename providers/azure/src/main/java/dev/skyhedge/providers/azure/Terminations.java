package dev.skyhedge.providers.azure;

import com.azure.resourcemanager.compute.fluent.models.VirtualMachineInner;
import dev.skyhedge.providers.cloud.lifecycle.Deletion;
import dev.skyhedge.providers.cloud.lifecycle.KnownInstances;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.Provider.Ended;
import java.util.Optional;

/// Gives machines back. Disk, interface and address go with their machine. Never by deallocating: that
/// would keep the disk, billed, and the quota.
final class Terminations {

    private final ComputeCalls calls;
    private final KnownInstances known;

    Terminations(ComputeCalls calls, KnownInstances known) {
        this.calls = calls;
        this.known = known;
    }

    /// Deletes the machine. One that is busy with another operation is either on its way out already, or
    /// still being made: then the deletion has to wait for it.
    Outcome<Ended> terminate(String instanceId) {
        Optional<MachineId> id = MachineId.parse(instanceId);
        if (id.isEmpty()) {
            return Outcome.done(Ended.ENDED);
        }
        known.terminating(instanceId);
        return Deletion.of(() -> calls.delete(id.get()), () -> isLeaving(id.get()), calls.pause());
    }

    private boolean isLeaving(MachineId id) {
        return switch (calls.machine(id)) {
            case Outcome.Done<VirtualMachineInner>(VirtualMachineInner found) ->
                InstanceReader.provisioning(found).equals("Deleting");
            case Outcome.Failed<VirtualMachineInner>(Failure failure) -> failure instanceof Failure.NotFound;
        };
    }
}
