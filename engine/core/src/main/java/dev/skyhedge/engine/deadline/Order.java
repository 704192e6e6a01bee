package dev.skyhedge.engine.deadline;

import dev.skyhedge.spi.Market;

/// What a policy wants done. A zone is its index in the view.
public sealed interface Order {
    /// Why, for people.
    String reason();

    /// Leave everything as it is.
    record Stay(String reason) implements Order {}

    /// Ask for an instance while none is held.
    record Launch(int zone, Market market, String reason) implements Order {}

    /// Ask for another instance and give back the held one once the other is there.
    record Move(int zone, Market market, String reason) implements Order {}

    /// Ask for a spot instance and give it back at once, to learn whether there is one. It costs
    /// a minute.
    record Probe(int zone, String reason) implements Order {}

    /// Hold nothing: what is held is given back.
    record Wait(String reason) implements Order {}
}
