package dev.skyhedge.agent.core;

import dev.skyhedge.agent.protocol.Ending;
import dev.skyhedge.agent.protocol.Phase;
import dev.skyhedge.agent.protocol.ProcessIdentity;
import dev.skyhedge.agent.protocol.TaskId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// What follows from what is seen of a task. A task counts as ended only when none of its processes is left, so that
/// its next generation never runs beside it.
public final class Sightings {
    static final int RESUMABLE = 75;
    static final int TERMINATED = 143;
    static final int KILLED = 137;

    private Sightings() {}

    public static Step see(AgentState state, TaskId id, Sight sight, Moment now) {
        Optional<Task> found = state.task(id).filter(Task::isLive);
        if (found.isEmpty()) {
            return Step.done(state, "nothing to see");
        }
        Task task = found.get();
        Optional<ProcessIdentity> process = task.process().or(sight::process);
        if (process.isEmpty()) {
            return unborn(state, task, sight, now);
        }
        List<Effect> effects = new ArrayList<>();
        if (task.process().isEmpty()) {
            task = task.runningAs(process.get());
            if (task.phase() == Phase.STARTING) {
                task = task.in(Phase.RUNNING, now);
            } else if (sight.alive()) {
                effects.add(new Effect.SignalCommand(id, "TERM"));
            }
        }
        Task next = sight.alive() ? alive(task, sight, now, effects) : over(task, sight, now, effects);
        return new Step(state.with(next), effects, Step.done(state, "seen").answer());
    }

    /// Nothing of it has been seen to run. It is let be while somebody may still start it, and fenced off then.
    private static Step unborn(AgentState state, Task task, Sight sight, Moment now) {
        if (sight.fenced()) {
            Ending ending = new Ending(Ending.Kind.NEVER_STARTED, OptionalInt.empty(), sight.lastLines());
            return Step.done(state.with(task.ended(ending, now)), "never started");
        }
        boolean hopeless = task.adopting() || !sight.keeper() || task.phase() == Phase.STOPPING || isLate(task, now);
        return hopeless
                ? Step.done(state, "fenced off", new Effect.Fence(task.id()))
                : Step.done(state, "being started");
    }

    /// Signals are sent again until it is as it was ordered to be: whoever wrote the order down may have died, and a
    /// process that is just being started is in no list.
    private static Task alive(Task task, Sight sight, Moment now, List<Effect> effects) {
        if (task.phase() == Phase.PAUSED && !sight.suspended()) {
            effects.add(new Effect.SignalAll(task.id(), "STOP"));
        } else if (task.phase() == Phase.RUNNING && sight.suspended()) {
            effects.add(new Effect.SignalAll(task.id(), "CONT"));
        }
        if (task.phase() == Phase.STOPPING && (task.killed() || isLate(task, now))) {
            effects.add(new Effect.SignalAll(task.id(), "KILL"));
            return task.asKilled().lookedAt();
        }
        if (!task.adopting()) {
            return task;
        }
        // Whoever wrote down that it is to end may have died before it sent the signal.
        if (task.phase() == Phase.STOPPING) {
            effects.add(new Effect.SignalCommand(task.id(), "TERM"));
            effects.add(new Effect.SignalAll(task.id(), "CONT"));
            return task.stopping(task.grace(), now).lookedAt();
        }
        return task.lookedAt();
    }

    private static Task over(Task task, Sight sight, Moment now, List<Effect> effects) {
        if (sight.others() > 0) {
            effects.add(new Effect.SignalAll(task.id(), "KILL"));
            return task;
        }
        if (sight.exitCode().isEmpty() && sight.keeper()) {
            return task;
        }
        return task.ended(new Ending(kind(task, sight.exitCode()), sight.exitCode(), sight.lastLines()), now);
    }

    private static Ending.Kind kind(Task task, OptionalInt exitCode) {
        if (exitCode.isEmpty()) {
            return Ending.Kind.LOST;
        }
        boolean told = task.phase() == Phase.STOPPING;
        return switch (exitCode.getAsInt()) {
            case 0 -> Ending.Kind.DONE;
            case RESUMABLE -> Ending.Kind.RESUMABLE;
            case TERMINATED -> told ? Ending.Kind.RESUMABLE : Ending.Kind.FAILED;
            case KILLED -> task.killed() ? Ending.Kind.KILLED : Ending.Kind.OUT_OF_MEMORY;
            default -> Ending.Kind.FAILED;
        };
    }

    private static boolean isLate(Task task, Moment now) {
        return task.deadline().map(at -> now.elapsed().compareTo(at) >= 0).orElse(false);
    }
}
