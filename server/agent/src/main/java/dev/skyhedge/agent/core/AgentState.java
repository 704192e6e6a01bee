package dev.skyhedge.agent.core;

import dev.skyhedge.agent.protocol.TaskId;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// All that an agent knows.
///
/// @param epoch the highest of a controller that has given an order
/// @param draining why nothing more is started, if so
/// @param tasks by name, each with its newest generation
/// @param forgotten the newest generation of names that are not kept any more
public record AgentState(
        long epoch, Optional<String> draining, SortedMap<String, Task> tasks, SortedMap<String, Long> forgotten) {
    public static final AgentState NEW =
            new AgentState(0, Optional.empty(), Collections.emptySortedMap(), Collections.emptySortedMap());

    public AgentState {
        tasks = Collections.unmodifiableSortedMap(new TreeMap<>(tasks));
        forgotten = Collections.unmodifiableSortedMap(new TreeMap<>(forgotten));
    }

    /// As an agent that begins knows it.
    public AgentState adopted() {
        SortedMap<String, Task> all = new TreeMap<>();
        tasks.forEach((name, task) -> all.put(name, task.adopted()));
        return new AgentState(epoch, draining, all, forgotten);
    }

    Optional<Task> task(TaskId id) {
        return Optional.ofNullable(tasks.get(id.name()))
                .filter(task -> task.id().equals(id));
    }

    AgentState under(long controller) {
        return new AgentState(Math.max(epoch, controller), draining, tasks, forgotten);
    }

    AgentState drained(Optional<String> reason) {
        return new AgentState(epoch, reason, tasks, forgotten);
    }

    AgentState with(Task task) {
        SortedMap<String, Task> all = new TreeMap<>(tasks);
        all.put(task.id().name(), task);
        return new AgentState(epoch, draining, all, forgotten);
    }

    AgentState without(TaskId id) {
        SortedMap<String, Task> rest = new TreeMap<>(tasks);
        rest.remove(id.name());
        SortedMap<String, Long> names = new TreeMap<>(forgotten);
        names.merge(id.name(), id.generation(), Math::max);
        return new AgentState(epoch, draining, rest, names);
    }

    /// Zero for a name that was never used.
    long newestGeneration(String name) {
        Task task = tasks.get(name);
        return Math.max(task == null ? 0 : task.id().generation(), forgotten.getOrDefault(name, 0L));
    }
}
