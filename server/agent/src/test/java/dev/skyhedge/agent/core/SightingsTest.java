package dev.skyhedge.agent.core;

import static dev.skyhedge.agent.core.OrdersTest.FIRST;
import static dev.skyhedge.agent.core.OrdersTest.PROCESS;
import static dev.skyhedge.agent.core.OrdersTest.at;
import static dev.skyhedge.agent.core.OrdersTest.gone;
import static dev.skyhedge.agent.core.OrdersTest.running;
import static dev.skyhedge.agent.core.OrdersTest.start;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.agent.protocol.Ending;
import dev.skyhedge.agent.protocol.Order;
import dev.skyhedge.agent.protocol.Phase;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class SightingsTest {
    private static final Sight NOTHING =
            new Sight(false, Optional.empty(), false, false, 0, false, OptionalInt.empty(), List.of());
    private static final Sight FENCED =
            new Sight(true, Optional.empty(), false, false, 0, false, OptionalInt.empty(), List.of("no setsid"));

    private static AgentState starting() {
        return Orders.obey(AgentState.NEW, 1, start(FIRST, "t"), at(0)).state();
    }

    private static AgentState stopping() {
        return Orders.obey(running(FIRST), 1, new Order.Stop(FIRST, Duration.ofSeconds(5)), at(10))
                .state();
    }

    private static Task task(Step step) {
        return step.state().task(FIRST).orElseThrow();
    }

    private static Ending.Kind kind(AgentState state, Sight sight) {
        return task(Sightings.see(state, FIRST, sight, at(11)))
                .ending()
                .orElseThrow()
                .kind();
    }

    @Test
    void leavesATaskAloneThatIsJustBeingStarted() {
        Sight keeper = new Sight(false, Optional.empty(), true, false, 0, false, OptionalInt.empty(), List.of());

        assertThat(Sightings.see(starting(), FIRST, keeper, at(1)).effects()).isEmpty();
    }

    @Test
    void fencesOffAStartThatTakesTooLong() {
        Sight keeper = new Sight(false, Optional.empty(), true, false, 0, false, OptionalInt.empty(), List.of());

        assertThat(Sightings.see(starting(), FIRST, keeper, at(30)).effects()).containsExactly(new Effect.Fence(FIRST));
    }

    @Test
    void anAgentThatBeginsFencesOffWhatMayBeAboutToStart() {
        assertThat(Sightings.see(starting().adopted(), FIRST, NOTHING, at(0)).effects())
                .containsExactly(new Effect.Fence(FIRST));
    }

    @Test
    void whatWasFencedOffNeverStarted() {
        assertThat(kind(starting(), FENCED)).isEqualTo(Ending.Kind.NEVER_STARTED);
    }

    @Test
    void anAgentThatBeginsAdoptsWhatRuns() {
        Step step = Sightings.see(starting().adopted(), FIRST, running(), at(0));

        assertThat(task(step).phase()).isEqualTo(Phase.RUNNING);
        assertThat(task(step).process()).contains(PROCESS);
        assertThat(step.effects()).isEmpty();
    }

    @Test
    void whatTurnsOutToRunAfterItWasStoppedIsTold() {
        AgentState state = Orders.obey(starting(), 1, new Order.Stop(FIRST, Duration.ofSeconds(5)), at(0))
                .state();

        assertThat(Sightings.see(state, FIRST, running(), at(1)).effects())
                .containsExactly(new Effect.SignalCommand(FIRST, "TERM"));
    }

    @Test
    void killsAllOfATaskWhoseTimeIsOver() {
        assertThat(Sightings.see(stopping(), FIRST, running(), at(14)).effects())
                .isEmpty();

        Step late = Sightings.see(stopping(), FIRST, running(), at(15));

        assertThat(late.effects()).containsExactly(new Effect.SignalAll(FIRST, "KILL"));
        assertThat(task(late).killed()).isTrue();
    }

    @Test
    void anAgentThatBeginsTellsATaskToStopAgainAndGivesItItsWholeTime() {
        Step step = Sightings.see(stopping().adopted(), FIRST, running(), at(2));

        assertThat(step.effects()).contains(new Effect.SignalCommand(FIRST, "TERM"));
        assertThat(task(step).deadline()).contains(Duration.ofSeconds(7));
    }

    @Test
    void hasNotEndedWhileAProcessOfItIsLeft() {
        Sight leftover = new Sight(false, Optional.of(PROCESS), false, false, 2, false, OptionalInt.of(1), List.of());

        Step step = Sightings.see(running(FIRST), FIRST, leftover, at(2));

        assertThat(task(step).isLive()).isTrue();
        assertThat(step.effects()).containsExactly(new Effect.SignalAll(FIRST, "KILL"));
    }

    @Test
    void waitsForTheExitCodeWhileSomebodyMayWriteIt() {
        Sight unsaid = new Sight(false, Optional.of(PROCESS), true, false, 0, false, OptionalInt.empty(), List.of());

        assertThat(task(Sightings.see(running(FIRST), FIRST, unsaid, at(2))).isLive())
                .isTrue();
    }

    @Test
    void isLostWhereNobodySawItEnd() {
        Sight unseen = new Sight(false, Optional.of(PROCESS), false, false, 0, false, OptionalInt.empty(), List.of());

        assertThat(kind(running(FIRST), unseen)).isEqualTo(Ending.Kind.LOST);
    }

    @Test
    void tellsEndsApartByExitCodeAndByWhatItDidItself() {
        AgentState killed = Sightings.see(stopping(), FIRST, running(), at(15)).state();

        assertThat(kind(running(FIRST), gone(75))).isEqualTo(Ending.Kind.RESUMABLE);
        assertThat(kind(stopping(), gone(143))).isEqualTo(Ending.Kind.RESUMABLE);
        assertThat(kind(running(FIRST), gone(143))).isEqualTo(Ending.Kind.FAILED);
        assertThat(kind(running(FIRST), gone(137))).isEqualTo(Ending.Kind.OUT_OF_MEMORY);
        assertThat(kind(killed, gone(137))).isEqualTo(Ending.Kind.KILLED);
        assertThat(kind(running(FIRST), gone(3))).isEqualTo(Ending.Kind.FAILED);
    }

    @Test
    void makesATaskAgainWhatItWasOrderedToBe() {
        AgentState paused =
                Orders.obey(running(FIRST), 1, new Order.Pause(FIRST), at(2)).state();
        Sight suspended = new Sight(false, Optional.of(PROCESS), true, true, 0, true, OptionalInt.empty(), List.of());

        assertThat(Sightings.see(paused, FIRST, running(), at(3)).effects())
                .containsExactly(new Effect.SignalAll(FIRST, "STOP"));
        assertThat(Sightings.see(paused, FIRST, suspended, at(3)).effects()).isEmpty();
        assertThat(Sightings.see(running(FIRST), FIRST, suspended, at(3)).effects())
                .containsExactly(new Effect.SignalAll(FIRST, "CONT"));
    }
}
