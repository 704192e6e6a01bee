package dev.skyhedge.agent.core;

import dev.skyhedge.agent.protocol.Order;
import dev.skyhedge.agent.protocol.TaskId;

/// What is to be done, after the state that asks for it was written down. All may be done twice, but `Spawn`, which
/// is asked for once in the life of an agent and fenced off before the next.
public sealed interface Effect {
    record Spawn(Order.Start order) implements Effect {}

    /// Takes the claim of a task that may be about to start, unless the task has it.
    record Fence(TaskId id) implements Effect {}

    /// @param name without `SIG`
    record SignalCommand(TaskId id, String name) implements Effect {}

    /// To every process of the task but its keeper.
    record SignalAll(TaskId id, String name) implements Effect {}

    /// Removes what is on the disk of one generation.
    record Clean(TaskId id) implements Effect {}
}
