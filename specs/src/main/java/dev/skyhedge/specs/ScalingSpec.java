package dev.skyhedge.specs;

import java.time.Duration;
import java.util.OptionalDouble;

/// How many replicas.
///
/// @param minReplicas at least this many, 0 for scale to zero; default 1
/// @param maxReplicas at most this many wanted; default `minReplicas`
/// @param targetQpsPerReplica requests per second that one replica takes; empty means that their rate says nothing
/// @param targetInFlightPerReplica requests in progress that one replica should have at most; empty means that their
///     number says nothing. Without either target the number is fixed at `minReplicas`
/// @param window over which the request rate is measured; default 60 s
/// @param upscaleDelay how long more must be needed before more are wanted; default 5 min
/// @param downscaleDelay how long less must be needed before less are wanted; default 20 min
public record ScalingSpec(
        int minReplicas,
        int maxReplicas,
        OptionalDouble targetQpsPerReplica,
        OptionalDouble targetInFlightPerReplica,
        Duration window,
        Duration upscaleDelay,
        Duration downscaleDelay) {

    /// What holds where the spec says nothing.
    public static final ScalingSpec DEFAULT = fixed(1);

    /// Always this many.
    public static ScalingSpec fixed(int replicas) {
        return new ScalingSpec(
                replicas,
                replicas,
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                Duration.ofSeconds(60),
                Duration.ofMinutes(5),
                Duration.ofMinutes(20));
    }

    /// Scaled by the rate of requests alone.
    public ScalingSpec(
            int minReplicas,
            int maxReplicas,
            OptionalDouble targetQpsPerReplica,
            Duration window,
            Duration upscaleDelay,
            Duration downscaleDelay) {
        this(
                minReplicas,
                maxReplicas,
                targetQpsPerReplica,
                OptionalDouble.empty(),
                window,
                upscaleDelay,
                downscaleDelay);
    }

    /// Whether the number follows the traffic.
    public boolean isElastic() {
        return targetQpsPerReplica.isPresent() || targetInFlightPerReplica.isPresent();
    }

    public ScalingSpec {
        if (minReplicas < 0 || maxReplicas < minReplicas) {
            throw new IllegalArgumentException("Invalid range of replicas: " + minReplicas + " to " + maxReplicas);
        }
    }
}
