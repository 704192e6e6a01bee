package dev.skyhedge.engine.scaling;

import dev.skyhedge.engine.scaling.Hysteresis.Direction;
import dev.skyhedge.specs.ScalingSpec;
import dev.skyhedge.state.records.WorkloadRecord.ScalingMemory;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/// Wanted replicas from the request rate and from the requests in progress, with hysteresis in wall time.
///
/// As SkyServe's request-rate autoscaler, wanted is `clip(ceil(rate / target), min, max)`, raised and lowered
/// after a delay; a wake from zero does not wait. It differs in four ways: the delays are measured in time and
/// not in samples, a rate within 5 % of the present capacity changes nothing, a short contrary spell pauses
/// the delay instead of starting it again, and what is in progress is a need of its own. Long answers come at a low
/// rate: the larger of both needs decides, and while anything runs or waits, at least one replica is wanted.
public final class Autoscaler {
    private static final double DEAD_BAND = 0.05;

    private Autoscaler() {}

    /// What the autoscaler is told.
    ///
    /// @param wanted as last decided; empty for a new service
    /// @param memory what the last decision left to remember
    /// @param requestsPerSecond over the spec's window; empty if nobody measures
    /// @param heldRequests requests that wait because no replica is ready
    /// @param inFlight requests that are known to be in progress on replicas
    /// @param now the time
    public record Input(
            Optional<Integer> wanted,
            ScalingMemory memory,
            OptionalDouble requestsPerSecond,
            int heldRequests,
            int inFlight,
            Instant now) {}

    /// What it decides.
    ///
    /// @param wanted replicas wanted from now on
    /// @param memory to be given to the next decision
    /// @param wakeAt when the decision may change without a change of input
    /// @param reason why, for people
    public record Decision(int wanted, ScalingMemory memory, Optional<Instant> wakeAt, String reason) {}

    /// Decides. Pure.
    public static Decision decide(ScalingSpec spec, Input input) {
        int present = clip(spec, input.wanted().orElse(spec.minReplicas()));
        if (!spec.isElastic()) {
            return settled(spec.minReplicas(), "fixed by the spec");
        }
        if (present == 0 && input.heldRequests() > 0) {
            return settled(Math.clamp(1, spec.minReplicas(), spec.maxReplicas()), "requests are waiting");
        }
        if (input.requestsPerSecond().isEmpty()) {
            return settled(present, "no request rate known");
        }
        double needed = Math.max(neededByRate(spec, input), neededByLoad(spec, input));
        int candidate = clip(spec, ceil(needed));
        if (present == 0 && candidate > 0) {
            return settled(candidate, reason(spec, input));
        }
        int more = needed > present * (1 + DEAD_BAND) ? candidate : present;
        // Nobody may be asleep again before a request that waits or is in progress is answered, however long that
        // takes.
        int awake = pending(input) > 0 ? 1 : 0;
        int less = clip(spec, Math.max(awake, ceil(needed * (1 + DEAD_BAND))));
        Direction direction = more > present ? Direction.MORE : less < present ? Direction.LESS : Direction.STAY;
        return delayed(spec, input, present, direction, direction == Direction.MORE ? more : less);
    }

    private static Decision delayed(ScalingSpec spec, Input input, int present, Direction direction, int candidate) {
        Hysteresis.Answer answer =
                new Hysteresis(spec.upscaleDelay(), spec.downscaleDelay()).ask(input.memory(), direction, input.now());
        return new Decision(answer.due() ? candidate : present, answer.memory(), answer.wakeAt(), reason(spec, input));
    }

    private static Decision settled(int wanted, String reason) {
        return new Decision(wanted, ScalingMemory.NONE, Optional.empty(), reason);
    }

    private static double neededByRate(ScalingSpec spec, Input input) {
        return spec.targetQpsPerReplica().isEmpty()
                ? 0
                : input.requestsPerSecond().orElse(0)
                        / spec.targetQpsPerReplica().getAsDouble();
    }

    private static double neededByLoad(ScalingSpec spec, Input input) {
        return spec.targetInFlightPerReplica().isEmpty()
                ? 0
                : pending(input) / spec.targetInFlightPerReplica().getAsDouble();
    }

    private static long pending(Input input) {
        return (long) input.inFlight() + input.heldRequests();
    }

    private static String reason(ScalingSpec spec, Input input) {
        if (neededByLoad(spec, input) > neededByRate(spec, input)) {
            return pending(input) + " requests in progress";
        }
        double rate = input.requestsPerSecond().orElse(0);
        return String.format(Locale.ROOT, "%.1f requests/s", rate);
    }

    private static int ceil(double replicas) {
        return (int) Math.min(Integer.MAX_VALUE, Math.ceil(replicas));
    }

    private static int clip(ScalingSpec spec, int replicas) {
        return Math.clamp(replicas, spec.minReplicas(), spec.maxReplicas());
    }
}
