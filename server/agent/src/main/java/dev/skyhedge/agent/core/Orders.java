package dev.skyhedge.agent.core;

import dev.skyhedge.agent.protocol.Answer.Code;
import dev.skyhedge.agent.protocol.Order;
import dev.skyhedge.agent.protocol.Phase;
import dev.skyhedge.agent.protocol.TaskId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What an order changes. Orders that only ask change nothing and are answered by the shell.
public final class Orders {
    public static final int MAX_TASKS = 64;
    /// Names that an agent keeps the generation of. A machine that has run so many is old.
    public static final int MAX_NAMES = 10_000;
    /// In which a task has to start once it was ordered to.
    static final Duration START_LIMIT = Duration.ofSeconds(30);

    private Orders() {}

    /// @param epoch of the controller: the one with the highest is obeyed
    public static Step obey(AgentState before, long epoch, Order order, Moment now) {
        if (epoch < before.epoch()) {
            return Step.refused(
                    before, Code.STALE_CONTROLLER, "A controller of epoch " + before.epoch() + " has taken over");
        }
        AgentState state = before.under(epoch);
        return switch (order) {
            case Order.Start start -> start(state, start, now);
            case Order.Stop(TaskId id, Duration grace) -> stop(state, id, grace, now);
            case Order.Signal(TaskId id, Order.Signal.Name name) ->
                state.task(id)
                        .map(task -> task.process().isPresent() && task.isLive() && task.phase() != Phase.STARTING
                                ? Step.done(state, "sent", new Effect.SignalCommand(id, name.name()))
                                : wrongPhase(state, task))
                        .orElseGet(() -> unknown(state, id));
            case Order.Pause(TaskId id) -> turn(state, id, Phase.RUNNING, Phase.PAUSED, "STOP", now);
            case Order.Resume(TaskId id) -> turn(state, id, Phase.PAUSED, Phase.RUNNING, "CONT", now);
            case Order.Forget(TaskId id) -> forget(state, id);
            case Order.Drain(String reason) -> Step.done(state.drained(Optional.of(reason)), "draining");
            case Order.Accept() -> Step.done(state.drained(Optional.empty()), "accepting");
            case Order.Status _, Order.Log _, Order.Reports _ -> Step.done(state, "asked");
        };
    }

    private static Step start(AgentState state, Order.Start start, Moment now) {
        TaskId id = start.id();
        Optional<Task> same = state.task(id);
        if (same.isPresent()) {
            return same.get().token().equals(start.token())
                    ? Step.done(state, "started before")
                    : Step.refused(state, Code.CONFLICT, id + " was started by another order");
        }
        if (id.generation() <= state.newestGeneration(id.name())) {
            return Step.refused(
                    state, Code.OLD_GENERATION, id.name() + " has had generation " + state.newestGeneration(id.name()));
        }
        Optional<Task> earlier = Optional.ofNullable(state.tasks().get(id.name()));
        if (earlier.isPresent() && earlier.get().isLive()) {
            return wrongPhase(state, earlier.get());
        }
        if (state.draining().isPresent()) {
            return Step.refused(
                    state,
                    Code.DRAINING,
                    "Nothing is started: " + state.draining().get());
        }
        if (earlier.isEmpty() && (state.tasks().size() >= MAX_TASKS || tooManyNames(state, id))) {
            return Step.refused(
                    state, Code.FULL, "The agent keeps " + MAX_TASKS + " tasks, and " + MAX_NAMES + " names");
        }
        List<Effect> effects = new ArrayList<>();
        earlier.ifPresent(task -> effects.add(new Effect.Clean(task.id())));
        effects.add(new Effect.Spawn(start));
        Task task = Task.starting(id, start.token(), now, now.elapsed().plus(START_LIMIT));
        return Step.done(state.with(task), "starting", effects.toArray(Effect[]::new));
    }

    private static boolean tooManyNames(AgentState state, TaskId id) {
        return !state.forgotten().containsKey(id.name())
                && state.forgotten().size() + state.tasks().size() >= MAX_NAMES;
    }

    private static Step stop(AgentState state, TaskId id, Duration grace, Moment now) {
        Optional<Task> found = state.task(id);
        if (found.isEmpty()) {
            return isOver(state, id) ? Step.done(state, "ended before") : unknown(state, id);
        }
        Task task = found.get();
        Task stopping = task.stopping(grace, now);
        return switch (task.phase()) {
            case ENDED -> Step.done(state, "ended before");
            case STARTING -> Step.done(state.with(stopping), "stopping", new Effect.Fence(id));
            case RUNNING -> Step.done(state.with(stopping), "stopping", new Effect.SignalCommand(id, "TERM"));
            case PAUSED ->
                Step.done(
                        state.with(stopping),
                        "stopping",
                        new Effect.SignalCommand(id, "TERM"),
                        new Effect.SignalAll(id, "CONT"));
            // Never later than it was told before.
            case STOPPING -> {
                Duration deadline = now.elapsed().plus(grace);
                boolean sooner =
                        task.deadline().map(d -> deadline.compareTo(d) < 0).orElse(true);
                yield Step.done(sooner ? state.with(stopping) : state, "stopping");
            }
        };
    }

    private static Step turn(AgentState state, TaskId id, Phase from, Phase to, String signal, Moment now) {
        Optional<Task> found = state.task(id);
        if (found.isEmpty()) {
            return unknown(state, id);
        }
        Task task = found.get();
        if (task.phase() == to) {
            return Step.done(state, "so before");
        }
        return task.phase() == from
                ? Step.done(state.with(task.in(to, now)), "done", new Effect.SignalAll(id, signal))
                : wrongPhase(state, task);
    }

    private static Step forget(AgentState state, TaskId id) {
        Optional<Task> found = state.task(id);
        if (found.isEmpty()) {
            return isOver(state, id) ? Step.done(state, "forgotten before") : unknown(state, id);
        }
        return found.get().isLive()
                ? wrongPhase(state, found.get())
                : Step.done(state.without(id), "forgotten", new Effect.Clean(id));
    }

    private static boolean isOver(AgentState state, TaskId id) {
        return id.generation() <= state.newestGeneration(id.name());
    }

    private static Step wrongPhase(AgentState state, Task task) {
        return Step.refused(
                state, Code.WRONG_PHASE, task.id() + " is " + task.phase().name());
    }

    private static Step unknown(AgentState state, TaskId id) {
        return Step.refused(state, Code.UNKNOWN_TASK, id + " was never started here");
    }
}
