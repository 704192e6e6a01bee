package dev.skyhedge.agent.core;

import dev.skyhedge.agent.protocol.Ending;
import dev.skyhedge.agent.protocol.Phase;
import dev.skyhedge.agent.protocol.ProcessIdentity;
import dev.skyhedge.agent.protocol.TaskId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// What an agent knows of a task. All but the last two are written down before anything is done about them.
///
/// @param since when it came into its phase
/// @param grace of the order to stop it; zero before
/// @param killed whether it was ordered that all its processes be killed
/// @param deadline of its phase, in time that this agent has lived; not written down, so that an agent that
///     begins gives a task its whole time
/// @param adopting whether it is from before this agent began, and has not been looked at
public record Task(
        TaskId id,
        String token,
        Phase phase,
        Instant since,
        Optional<ProcessIdentity> process,
        Duration grace,
        boolean killed,
        Optional<Ending> ending,
        Optional<Duration> deadline,
        boolean adopting) {

    static Task starting(TaskId id, String token, Moment now, Duration deadline) {
        return new Task(
                id,
                token,
                Phase.STARTING,
                now.wall(),
                Optional.empty(),
                Duration.ZERO,
                false,
                Optional.empty(),
                Optional.of(deadline),
                false);
    }

    /// As an agent that begins knows it.
    public Task adopted() {
        return new Task(id, token, phase, since, process, grace, killed, ending, Optional.empty(), true);
    }

    public boolean isLive() {
        return phase != Phase.ENDED;
    }

    Task in(Phase next, Moment now) {
        return new Task(id, token, next, now.wall(), process, grace, killed, ending, Optional.empty(), adopting);
    }

    Task stopping(Duration within, Moment now) {
        Task base = phase == Phase.STOPPING ? this : in(Phase.STOPPING, now);
        return new Task(
                id,
                token,
                Phase.STOPPING,
                base.since,
                process,
                within,
                killed,
                ending,
                Optional.of(now.elapsed().plus(within)),
                adopting);
    }

    Task runningAs(ProcessIdentity found) {
        return new Task(id, token, phase, since, Optional.of(found), grace, killed, ending, deadline, adopting);
    }

    Task asKilled() {
        return new Task(id, token, phase, since, process, grace, true, ending, deadline, adopting);
    }

    Task lookedAt() {
        return new Task(id, token, phase, since, process, grace, killed, ending, deadline, false);
    }

    Task ended(Ending how, Moment now) {
        return new Task(
                id, token, Phase.ENDED, now.wall(), process, grace, killed, Optional.of(how), Optional.empty(), false);
    }
}
