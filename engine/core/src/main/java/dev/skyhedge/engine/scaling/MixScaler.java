package dev.skyhedge.engine.scaling;

import dev.skyhedge.engine.scaling.Hysteresis.Direction;
import dev.skyhedge.spi.Accelerator;
import dev.skyhedge.state.records.WorkloadRecord.ScalingMemory;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// How many replicas of each accelerator are wanted, from the mix that the load needs, with the hysteresis of the
/// [Autoscaler].
///
/// How much a replica on one accelerator is worth in replicas on another is not known here. So a mix only grows until
/// it has all of what is needed, and only shrinks while it has: what serves the load is never exchanged in one step.
/// It shrinks by at most one replica of an accelerator at a time.
public final class MixScaler {
    private MixScaler() {}

    /// @param up how long a load has to be too much before the mix grows; not negative
    /// @param down how long another mix has to be the better one before this one goes towards it; not negative
    public record Delays(Duration up, Duration down) {
        public Delays {
            if (up.isNegative() || down.isNegative()) {
                throw new IllegalArgumentException("Negative delays: " + up + ", " + down);
            }
        }
    }

    /// @param present the mix as last decided; empty for a new service and for one that is asleep
    /// @param needed the best mix for the load; empty if there is none
    /// @param suffices whether the present mix serves the load too
    /// @param memory what the last decision left to remember
    public record Input(
            SortedMap<Accelerator, Integer> present,
            SortedMap<Accelerator, Integer> needed,
            boolean suffices,
            ScalingMemory memory,
            Instant now) {
        public Input {
            present = withoutNone(present);
            needed = withoutNone(needed);
        }
    }

    /// @param wanted replicas of each accelerator from now on; those without any are left out
    /// @param memory to be given to the next decision
    /// @param wakeAt when the decision may change without a change of input
    public record Decision(SortedMap<Accelerator, Integer> wanted, ScalingMemory memory, Optional<Instant> wakeAt) {
        public Decision {
            wanted = withoutNone(wanted);
        }
    }

    /// Decides. Pure.
    public static Decision decide(Delays delays, Input input) {
        if (input.present().isEmpty()) {
            return new Decision(input.needed(), ScalingMemory.NONE, Optional.empty());
        }
        Hysteresis.Answer answer =
                new Hysteresis(delays.up(), delays.down()).ask(input.memory(), direction(input), input.now());
        return new Decision(answer.due() ? nearer(input) : input.present(), answer.memory(), answer.wakeAt());
    }

    private static Direction direction(Input input) {
        if (input.needed().equals(input.present())) {
            return Direction.STAY;
        }
        return input.suffices() || hasAll(input) ? Direction.LESS : Direction.MORE;
    }

    /// Whether nothing is missing of what is needed.
    private static boolean hasAll(Input input) {
        return input.needed().entrySet().stream()
                .allMatch(need -> input.present().getOrDefault(need.getKey(), 0) >= need.getValue());
    }

    /// One step from the present mix to the needed one.
    private static SortedMap<Accelerator, Integer> nearer(Input input) {
        SortedMap<Accelerator, Integer> next = new TreeMap<>(input.present());
        if (hasAll(input)) {
            next.replaceAll(
                    (accelerator, number) -> Math.max(number - 1, input.needed().getOrDefault(accelerator, 0)));
        } else {
            input.needed().forEach((accelerator, number) -> next.merge(accelerator, number, Math::max));
        }
        return next;
    }

    private static SortedMap<Accelerator, Integer> withoutNone(SortedMap<Accelerator, Integer> mix) {
        SortedMap<Accelerator, Integer> copy = new TreeMap<>();
        mix.forEach((accelerator, number) -> {
            if (number < 0) {
                throw new IllegalArgumentException(number + " replicas on " + accelerator);
            }
            if (number > 0) {
                copy.put(accelerator, number);
            }
        });
        return Collections.unmodifiableSortedMap(copy);
    }
}
