package dev.skyhedge.specs;

import java.time.Duration;

/// How a change of the replica block is rolled out, and how replicas leave.
///
/// @param mode rolling, or all at once beside the old ones
/// @param surge replicas that a rolling update may run beyond the wanted number, at least 1; default 1
/// @param minHealthy time that a new replica must stay healthy before it takes the place of an old one;
///     default 10 s
/// @param drainTimeout time that requests in progress have when their replica leaves, unless the cloud takes
///     it earlier; default 10 min
public record UpdateSpec(Mode mode, int surge, Duration minHealthy, Duration drainTimeout) {
    public static final UpdateSpec DEFAULT = new UpdateSpec(Mode.ROLLING, 1);

    /// With the default times.
    public UpdateSpec(Mode mode, int surge) {
        this(mode, surge, Duration.ofSeconds(10), Duration.ofMinutes(10));
    }

    /// The shape of an update.
    public enum Mode {
        /// New replicas replace old ones a few at a time.
        ROLLING,
        /// A full set of new replicas gets ready before the old ones go.
        BLUE_GREEN
    }

    public UpdateSpec {
        if (surge < 1) {
            throw new IllegalArgumentException("An update needs a surge of at least 1, not " + surge);
        }
    }
}
