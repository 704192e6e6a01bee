package dev.skyhedge.engine.weights;

/// How one more replica comes to its model.
public sealed interface Arrival {
    /// Why, for people.
    String reason();

    /// A replica that was about to leave stays: nothing starts at all.
    record CancelDrain(String replica, String reason) implements Arrival {}

    /// A replica that has been drained still holds the model, and is taken again.
    record Reuse(String replica, String reason) implements Arrival {}

    /// A new replica, by a plan.
    ///
    /// @param from the machine that has room for it
    record Load(String from, Distance distance, String reason) implements Arrival {}

    /// How far a new replica is from the model, nearest first.
    enum Distance {
        INSTANCE,
        ZONE,
        REGION,
        ELSEWHERE
    }
}
