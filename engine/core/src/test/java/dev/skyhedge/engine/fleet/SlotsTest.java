package dev.skyhedge.engine.fleet;

import static dev.skyhedge.engine.testing.Worlds.EAST_A;
import static dev.skyhedge.engine.testing.Worlds.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.engine.declared.SpecJson;
import dev.skyhedge.engine.placement.LaunchBackOff;
import dev.skyhedge.engine.plan.Signals;
import dev.skyhedge.engine.testing.Declared;
import dev.skyhedge.engine.testing.Worlds;
import dev.skyhedge.spi.Market;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.ReplicaRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Which names new replicas may have, and which ones wait.
class SlotsTest {
    private static final Declared CHAT = Declared.service("chat");
    private static final String VERSION = SpecJson.version(CHAT.spec().replica());

    private static Slots slots(ReplicaRecord... replicas) {
        return slots(Optional.empty(), replicas);
    }

    private static Slots slots(Optional<Instant> begunAt, ReplicaRecord... replicas) {
        return new Slots(
                "chat",
                VERSION,
                NOW.minus(Duration.ofHours(1)),
                List.of(replicas),
                new TakenNames(Worlds.of(CHAT, Signals.NONE, replicas)),
                List.of(),
                begunAt,
                NOW);
    }

    private static ReplicaRecord asked() {
        return Worlds.replica(CHAT, 1, Lifecycle.PROVISIONING, EAST_A);
    }

    private static ReplicaRecord served() {
        return asked().in(Lifecycle.READY, NOW.minusSeconds(20), "");
    }

    private static ReplicaRecord endedAsFailing(ReplicaRecord replica) {
        return replica.endingAs(Lifecycle.FAILED).in(Lifecycle.STOPPING, NOW.minusSeconds(5), "it fails");
    }

    private static ReplicaRecord failed(ReplicaRecord replica, int times) {
        ReplicaRecord failed = replica;
        for (int i = 0; i < times; i++) {
            failed = failed.failing();
        }
        return failed.in(Lifecycle.FAILED, NOW, "it has failed");
    }

    @Test
    void aReplicaThatHasServedIsReplacedWhileItsEndWaits() {
        Slots slots = slots(endedAsFailing(served()));

        assertThat(slots.delayed(Market.SPOT)).isZero();
        assertThat(slots.take()).isEqualTo(new Slots.Slot("chat-2", 1, 0));
    }

    @Test
    void aReplicaThatWasNeverReadyKeepsItsPlaceUntilItHasEnded() {
        assertThat(slots(endedAsFailing(asked())).delayed(Market.SPOT)).isOne();
    }

    @Test
    void aReplicaThatHasFailedBeforeKeepsItsPlaceThoughItWasReady() {
        assertThat(slots(endedAsFailing(failed(served(), 3))).delayed(Market.SPOT))
                .isOne();
    }

    @Test
    void aNameIsFreeAgainAfterItsFirstFailure() {
        ReplicaRecord ended = failed(asked(), 1);

        assertThat(slots(ended).take()).isEqualTo(new Slots.Slot("chat-1", 2, 1));
    }

    @Test
    void aNameWaitsLongerAfterEachFailure() {
        Slots slots = slots(failed(asked(), 2));

        assertThat(slots.nextRetry()).contains(NOW.plusSeconds(1));
        assertThat(slots.take()).isEqualTo(new Slots.Slot("chat-2", 1, 0));
    }

    @Test
    void aNewProcessTriesSoonWhatItsPredecessorHadLittleHopeFor() {
        ReplicaRecord ended = failed(asked(), 40);

        assertThat(slots(Optional.of(NOW.minusSeconds(1)), ended).nextRetry())
                .contains(NOW.plus(LaunchBackOff.LONGEST));
        assertThat(slots(Optional.of(NOW.plusSeconds(1)), ended).nextRetry()).contains(NOW.plusSeconds(1));
    }
}
