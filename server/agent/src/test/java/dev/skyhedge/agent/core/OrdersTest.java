package dev.skyhedge.agent.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.agent.protocol.Answer;
import dev.skyhedge.agent.protocol.Answer.Code;
import dev.skyhedge.agent.protocol.Ending;
import dev.skyhedge.agent.protocol.Order;
import dev.skyhedge.agent.protocol.Phase;
import dev.skyhedge.agent.protocol.ProcessIdentity;
import dev.skyhedge.agent.protocol.TaskId;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class OrdersTest {
    static final TaskId FIRST = new TaskId("a", 1);
    static final TaskId SECOND = new TaskId("a", 2);
    static final ProcessIdentity PROCESS = new ProcessIdentity("boot", 7, 100, 6, 99);

    static Moment at(int seconds) {
        return new Moment(Instant.EPOCH.plusSeconds(seconds), Duration.ofSeconds(seconds));
    }

    static Order.Start start(TaskId id, String token) {
        return new Order.Start(id, token, List.of("true"), new LinkedHashMap<>(), 1, 1, "", "{}");
    }

    static Sight running() {
        return new Sight(false, Optional.of(PROCESS), true, true, 0, false, OptionalInt.empty(), List.of());
    }

    static Sight gone(int exitCode) {
        return new Sight(false, Optional.of(PROCESS), false, false, 0, false, OptionalInt.of(exitCode), List.of());
    }

    private static AgentState after(AgentState state, Order... orders) {
        AgentState now = state;
        for (Order order : orders) {
            now = Orders.obey(now, 1, order, at(0)).state();
        }
        return now;
    }

    static AgentState running(TaskId id) {
        return Sightings.see(after(AgentState.NEW, start(id, "t")), id, running(), at(1))
                .state();
    }

    static AgentState ended(TaskId id) {
        return Sightings.see(running(id), id, gone(0), at(2)).state();
    }

    private static Code refusal(AgentState state, long epoch, Order order) {
        return ((Answer.Refused) Orders.obey(state, epoch, order, at(3)).answer()).code();
    }

    @Test
    void writesDownWhatItIsAboutToStart() {
        Step step = Orders.obey(AgentState.NEW, 1, start(FIRST, "t"), at(0));

        assertThat(step.state().task(FIRST).orElseThrow().phase()).isEqualTo(Phase.STARTING);
        assertThat(step.effects()).containsExactly(new Effect.Spawn(start(FIRST, "t")));
    }

    @Test
    void startsNothingByTheSameOrderAgain() {
        Step again = Orders.obey(running(FIRST), 1, start(FIRST, "t"), at(2));

        assertThat(again.answer()).isInstanceOf(Answer.Done.class);
        assertThat(again.effects()).isEmpty();
    }

    @Test
    void refusesAnotherOrderForTheSameGeneration() {
        assertThat(refusal(running(FIRST), 1, start(FIRST, "other"))).isEqualTo(Code.CONFLICT);
    }

    @Test
    void startsNoGenerationBesideTheOneBefore() {
        assertThat(refusal(running(FIRST), 1, start(SECOND, "u"))).isEqualTo(Code.WRONG_PHASE);
    }

    @Test
    void startsTheNextGenerationOnceTheOneBeforeHasEnded() {
        Step step = Orders.obey(ended(FIRST), 1, start(SECOND, "u"), at(3));

        assertThat(step.effects()).containsExactly(new Effect.Clean(FIRST), new Effect.Spawn(start(SECOND, "u")));
    }

    @Test
    void startsNoGenerationThatIsOver() {
        assertThat(refusal(running(SECOND), 1, start(FIRST, "t"))).isEqualTo(Code.OLD_GENERATION);
        assertThat(refusal(after(ended(FIRST), new Order.Forget(FIRST)), 1, start(FIRST, "t")))
                .isEqualTo(Code.OLD_GENERATION);
    }

    @Test
    void obeysNoControllerThatWasSucceeded() {
        AgentState state =
                Orders.obey(running(FIRST), 5, new Order.Status(), at(2)).state();

        assertThat(refusal(state, 4, new Order.Stop(FIRST, Duration.ZERO))).isEqualTo(Code.STALE_CONTROLLER);
    }

    @Test
    void startsNothingWhileItDrainsAndKeepsWhatRuns() {
        AgentState state = after(running(FIRST), new Order.Drain("notice"));

        assertThat(refusal(state, 1, start(new TaskId("b", 1), "t"))).isEqualTo(Code.DRAINING);
        assertThat(state.task(FIRST).orElseThrow().phase()).isEqualTo(Phase.RUNNING);
        assertThat(Orders.obey(after(state, new Order.Accept()), 1, start(new TaskId("b", 1), "t"), at(3))
                        .effects())
                .hasSize(1);
    }

    @Test
    void fencesOffWhatIsStoppedBeforeItRuns() {
        Step step = Orders.obey(
                after(AgentState.NEW, start(FIRST, "t")), 1, new Order.Stop(FIRST, Duration.ofSeconds(5)), at(0));

        assertThat(step.effects()).containsExactly(new Effect.Fence(FIRST));
        assertThat(step.state().task(FIRST).orElseThrow().phase()).isEqualTo(Phase.STOPPING);
    }

    @Test
    void aPausedTaskIsWokenToEnd() {
        AgentState paused = after(running(FIRST), new Order.Pause(FIRST));

        assertThat(Orders.obey(paused, 1, new Order.Stop(FIRST, Duration.ofSeconds(5)), at(2))
                        .effects())
                .containsExactly(new Effect.SignalCommand(FIRST, "TERM"), new Effect.SignalAll(FIRST, "CONT"));
    }

    @Test
    void aSecondStopMayOnlyBeSooner() {
        AgentState stopping = after(running(FIRST), new Order.Stop(FIRST, Duration.ofSeconds(5)));

        assertThat(after(stopping, new Order.Stop(FIRST, Duration.ofSeconds(60)))
                        .task(FIRST)
                        .orElseThrow()
                        .deadline())
                .contains(Duration.ofSeconds(5));
        assertThat(after(stopping, new Order.Stop(FIRST, Duration.ofSeconds(1)))
                        .task(FIRST)
                        .orElseThrow()
                        .deadline())
                .contains(Duration.ofSeconds(1));
    }

    @Test
    void forgetsNothingThatLives() {
        assertThat(refusal(running(FIRST), 1, new Order.Forget(FIRST))).isEqualTo(Code.WRONG_PHASE);
    }

    @Test
    void keepsABoundedNumberOfTasks() {
        AgentState state = AgentState.NEW;
        for (int i = 0; i < Orders.MAX_TASKS; i++) {
            state = after(state, start(new TaskId("t" + i, 1), "t"));
        }

        assertThat(refusal(state, 1, start(new TaskId("more", 1), "t"))).isEqualTo(Code.FULL);
    }

    @Test
    void saysHowATaskEnded() {
        assertThat(ended(FIRST).task(FIRST).orElseThrow().ending())
                .contains(new Ending(Ending.Kind.DONE, OptionalInt.of(0), List.of()));
    }
}
