package dev.skyhedge.engine.scaling;

import dev.skyhedge.state.records.WorkloadRecord.ScalingMemory;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// When numbers follow a need: once it has lasted for a while. A short contrary spell pauses the while instead of
/// starting it again.
///
/// @param up how long more has to be needed; not negative
/// @param down how long less has to be needed; not negative
record Hysteresis(Duration up, Duration down) {
    /// A contrary spell of at most this long only pauses a running delay.
    static final Duration CONTRARY_GRACE = Duration.ofSeconds(15);

    /// Where the need is, seen from what there is.
    enum Direction {
        MORE,
        LESS,
        STAY
    }

    /// @param due whether the numbers follow the need now
    /// @param memory to be given to the next question
    /// @param wakeAt when the answer may change without a change of the need
    record Answer(boolean due, ScalingMemory memory, Optional<Instant> wakeAt) {
        static final Answer STAY = new Answer(false, ScalingMemory.NONE, Optional.empty());
        static final Answer DUE = new Answer(true, ScalingMemory.NONE, Optional.empty());
    }

    /// @param memory what the last answer left to remember
    Answer ask(ScalingMemory memory, Direction direction, Instant now) {
        ScalingMemory remembered = remember(memory, direction, now);
        boolean rising = remembered.moreSince().isPresent();
        Optional<Instant> since = rising ? remembered.moreSince() : remembered.lessSince();
        if (since.isEmpty()) {
            return Answer.STAY;
        }
        if (remembered.contrarySince().isPresent()) {
            Instant reset = remembered.contrarySince().get().plus(CONTRARY_GRACE);
            return new Answer(false, remembered, Optional.of(reset));
        }
        Instant due = since.get().plus(rising ? up : down);
        return due.isAfter(now) ? new Answer(false, remembered, Optional.of(due)) : Answer.DUE;
    }

    private static ScalingMemory remember(ScalingMemory memory, Direction direction, Instant now) {
        boolean rising = memory.moreSince().isPresent();
        boolean falling = memory.lessSince().isPresent();
        if (!rising && !falling) {
            return started(direction, now);
        }
        boolean agrees = rising ? direction == Direction.MORE : direction == Direction.LESS;
        if (!agrees) {
            Instant contrary = memory.contrarySince().orElse(now);
            return contrary.plus(CONTRARY_GRACE).isAfter(now)
                    ? new ScalingMemory(memory.moreSince(), memory.lessSince(), Optional.of(contrary))
                    : started(direction, now);
        }
        Duration pause = memory.contrarySince()
                .map(since -> Duration.between(since, now))
                .orElse(Duration.ZERO);
        return new ScalingMemory(
                memory.moreSince().map(at -> at.plus(pause)),
                memory.lessSince().map(at -> at.plus(pause)),
                Optional.empty());
    }

    private static ScalingMemory started(Direction direction, Instant now) {
        return switch (direction) {
            case MORE -> new ScalingMemory(Optional.of(now), Optional.empty(), Optional.empty());
            case LESS -> new ScalingMemory(Optional.empty(), Optional.of(now), Optional.empty());
            case STAY -> ScalingMemory.NONE;
        };
    }
}
