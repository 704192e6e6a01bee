package dev.skyhedge.engine.sweep;

/// What becomes of a trial after its report.
public sealed interface Decision {
    /// Why, for people.
    String reason();

    /// It goes on as it is.
    record Continue(String reason) implements Decision {}

    /// It is checkpointed and gives its atoms back; it may be resumed.
    record Pause(String reason) implements Decision {}

    /// It is done.
    record Stop(String reason) implements Decision {}

    /// It is checkpointed and started again on so many atoms.
    record Resize(int atoms, String reason) implements Decision {}
}
