package dev.skyhedge.engine.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.providers.simulated.Rental;
import dev.skyhedge.state.records.ReplicaRecord;
import java.util.List;

/// Holds the state against the cloud's ledger.
final class Judge {
    private Judge() {}

    /// True once everything is quiet: what is rented is recorded, what is recorded is rented, nothing is
    /// undecided.
    static void stateAndCloudAgree(VirtualController controller) {
        // The ledger forgets nothing, so this speaks of the whole past.
        assertThat(controller.cloud().ledger().launchedTwice()).isEmpty();
        assertThat(controller.store().read().openIntents()).as("open intents").isEmpty();
        List<String> rented = controller.cloud().ledger().live().stream()
                .map(Rental::instanceId)
                .toList();
        List<String> recorded = controller.live().stream()
                .map(replica -> replica.instanceId().orElse("no instance for " + replica))
                .toList();
        assertThat(recorded).as("live instances in the state").containsExactlyInAnyOrderElementsOf(rented);
        assertThat(controller.live()).allSatisfy(Judge::runsAsRecorded);
    }

    private static void runsAsRecorded(ReplicaRecord replica) {
        assertThat(replica.lifecycle().isRising()).as("%s", replica).isTrue();
    }
}
