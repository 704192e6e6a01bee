package dev.skyhedge.specs;

/// How a change of the replica block is rolled out.
///
/// @param mode rolling, or all at once beside the old ones
/// @param surge replicas that a rolling update may run beyond the wanted number, at least 1; default 1
public record UpdateSpec(Mode mode, int surge) {
    public static final UpdateSpec DEFAULT = new UpdateSpec(Mode.ROLLING, 1);

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
