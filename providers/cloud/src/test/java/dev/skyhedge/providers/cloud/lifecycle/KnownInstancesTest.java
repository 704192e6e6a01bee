package dev.skyhedge.providers.cloud.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.spi.EndCause;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.InstanceState;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KnownInstancesTest {
    private final KnownInstances known = new KnownInstances((now, before) -> now);
    private final Instance running = Rentals.spot("chat-1", "a", InstanceState.RUNNING);
    private final Instance.End preempted = new Instance.End(Rentals.START, EndCause.PREEMPTED, "taken back");

    @Test
    void endIsNotForgottenForALife() {
        known.saw(running);
        Instance ended = known.ended(running, preempted);

        assertThat(known.saw(running)).isEqualTo(ended);
        assertThat(known.ended(running, new Instance.End(Rentals.START, EndCause.EXITED, "")))
                .isEqualTo(ended);
    }

    @Test
    void numberIsKeptWhereALaterSightHasNone() {
        known.saw(running, 7);
        known.saw(running);
        known.terminating(running.id());

        assertThat(known.find(running.id())).contains(new KnownInstances.Known(running, 7, true));
    }

    @Test
    void endThatWeAskedForBeforeTheFirstSightIsOurs() {
        known.terminating(running.id());
        known.saw(running);

        assertThat(known.find(running.id())).contains(new KnownInstances.Known(running, 0, true));
    }

    @Test
    void laterSightIsCompletedByTheEarlier() {
        KnownInstances first = new KnownInstances((now, before) -> before);
        first.saw(running);

        assertThat(first.saw(Rentals.spot("chat-1", "a", InstanceState.STOPPING)))
                .isEqualTo(running);
    }

    @Test
    void onlyLiveOnesOfTheLineageThatAreNotListedAreMissing() {
        known.saw(running);
        known.saw(Rentals.spot("chat-2", "a", InstanceState.RUNNING));
        known.saw(Rentals.spot("chat-3", "b", InstanceState.RUNNING));
        known.saw(Rentals.spot("chat-4", "a", InstanceState.RUNNING));
        known.ended(Rentals.spot("chat-4", "a", InstanceState.RUNNING), preempted);

        assertThat(known.missing("a", Set.of("chat-2")))
                .extracting(one -> one.instance().id())
                .containsExactly("chat-1");
        assertThat(known.missing("", Set.of()))
                .extracting(one -> one.instance().id())
                .containsExactly("chat-1", "chat-2", "chat-3");
    }

    @Test
    void endIsRememberedForAnHour() {
        known.ended(running, preempted);

        assertThat(known.recentlyEnded("a", Rentals.START.plus(Duration.ofHours(1))))
                .hasSize(1);
        assertThat(known.recentlyEnded("a", Rentals.START.plus(Duration.ofMinutes(61))))
                .isEmpty();
        assertThat(known.find(running.id())).isEmpty();
    }

    @Test
    void leftOversAreTakenOnceAndByTheirOwnLineageOnly() {
        known.leftOver(running);

        assertThat(known.takeLeftOvers("b")).isEmpty();
        assertThat(known.takeLeftOvers("")).isEmpty();
        assertThat(known.takeLeftOvers("a")).containsExactly(running);
        assertThat(known.takeLeftOvers("a")).isEmpty();
    }
}
