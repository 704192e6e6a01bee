package dev.skyhedge.engine.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.engine.decision.Decision;
import dev.skyhedge.engine.decision.DecisionJson;
import dev.skyhedge.engine.plan.Plan;
import dev.skyhedge.providers.simulated.Rental;
import dev.skyhedge.state.records.ReplicaRecord;
import dev.skyhedge.state.records.SpendEntry;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/// Holds the state against the cloud's ledger, and decisions against themselves.
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
        noInstantIsSpentTwice(controller);
    }

    /// Of each machine no entry begins before the one before it has ended.
    private static void noInstantIsSpentTwice(VirtualController controller) {
        controller.store().spend("").stream()
                .filter(entry -> entry.kind() != SpendEntry.Kind.ALL_ON_DEMAND)
                .collect(Collectors.groupingBy(SpendEntry::subject))
                .forEach((subject, entries) -> {
                    List<SpendEntry> inOrder = entries.stream()
                            .sorted(Comparator.comparing(SpendEntry::from)
                                    .thenComparing(entry -> entry.until().orElse(Instant.MAX)))
                            .toList();
                    for (int i = 1; i < inOrder.size(); i++) {
                        assertThat(inOrder.get(i).from())
                                .as("%s: %s", subject, inOrder)
                                .isAfterOrEqualTo(inOrder.get(i - 1).until().orElseThrow());
                    }
                });
    }

    /// As it is written, it can be read, and the planner says the same to it, byte for byte.
    static void isDerivedAgain(Decision decision, Plan plan) {
        String text = DecisionJson.write(decision);
        Decision read = DecisionJson.read(text);
        assertThat(DecisionJson.write(read)).isEqualTo(text);
        assertThat(DecisionJson.actions(read.again().actions())).isEqualTo(DecisionJson.actions(plan.actions()));
    }

    private static void runsAsRecorded(ReplicaRecord replica) {
        assertThat(replica.lifecycle().isRising()).as("%s", replica).isTrue();
    }
}
