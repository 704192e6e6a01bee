package dev.skyhedge.engine.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.engine.testing.Declared;
import dev.skyhedge.engine.testing.SimulatedClouds;
import dev.skyhedge.providers.simulated.Call;
import dev.skyhedge.providers.simulated.Cloud;
import dev.skyhedge.providers.simulated.Fault;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Market;
import dev.skyhedge.state.records.Event;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.ReplicaRecord;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// A cloud that says that it may take a replica back, but not when.
class RebalanceTest {
    private static final Declared CHAT = Declared.service("chat");
    private static final Duration A_WHILE = Duration.ofMinutes(10);
    /// More than there are tries in that time.
    private static final int LAUNCHES_IN_A_WHILE = 1_000;

    private final Cloud cloud = SimulatedClouds.calm();
    private final VirtualController controller = serving();

    private VirtualController serving() {
        var serving = new VirtualController(cloud, Declared.all(CHAT.wants(3)));
        serving.run(A_WHILE);
        return serving;
    }

    private ReplicaRecord hinted() {
        ReplicaRecord replica = controller.replicas(Lifecycle.READY).getFirst();
        cloud.hintRebalance(replica.instanceId().orElseThrow());
        return replica;
    }

    private Optional<ReplicaRecord> now(ReplicaRecord replica) {
        return controller.replicas().stream()
                .filter(other -> other.name().equals(replica.name()) && other.generation() == replica.generation())
                .findFirst();
    }

    @Test
    void launchesTheReplacementElsewhereWhileTheReplicaServesOn() {
        ReplicaRecord hinted = hinted();

        controller.run(Duration.ofMillis(1));

        assertThat(now(hinted).orElseThrow().lifecycle()).isEqualTo(Lifecycle.READY);
        assertThat(controller.live())
                .filteredOn(replica -> replica.lifecycle() != Lifecycle.READY)
                .singleElement()
                .satisfies(replacement -> {
                    assertThat(replacement.offer().market()).isEqualTo(Market.SPOT);
                    assertThat(replacement.offer().location())
                            .isNotEqualTo(hinted.offer().location());
                });
    }

    @Test
    void endsTheReplicaOnceItsReplacementServes() {
        ReplicaRecord hinted = hinted();

        controller.run(A_WHILE);

        assertThat(controller.replicas(Lifecycle.READY)).hasSize(3).doesNotContain(hinted);
        assertThat(now(hinted).map(ReplicaRecord::lifecycle)).contains(Lifecycle.GONE);
        Judge.stateAndCloudAgree(controller);
    }

    @Test
    void keepsTheReplicaWhileNothingElseCanBeHad() {
        for (int i = 0; i < LAUNCHES_IN_A_WHILE; i++) {
            cloud.faults().next(Call.LAUNCH, new Fault.Refused(new Failure.Denied("none today")));
        }
        ReplicaRecord hinted = hinted();

        controller.run(A_WHILE);

        assertThat(now(hinted).orElseThrow().lifecycle()).isEqualTo(Lifecycle.READY);
    }

    @Test
    void takesASecondHintForNoNews() {
        ReplicaRecord hinted = hinted();
        controller.run(Duration.ofMillis(1));
        int launches = controller.live().size();

        cloud.hintRebalance(hinted.instanceId().orElseThrow());
        controller.run(Duration.ofMillis(1));

        List<String> kinds =
                controller.store().events("", 1_000).stream().map(Event::kind).toList();
        assertThat(controller.live()).hasSize(launches);
        assertThat(kinds).containsOnlyOnce("rebalance_hint");
    }
}
