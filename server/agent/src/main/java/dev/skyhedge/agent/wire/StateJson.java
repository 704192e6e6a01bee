package dev.skyhedge.agent.wire;

import dev.skyhedge.agent.core.AgentState;
import dev.skyhedge.agent.core.Task;
import dev.skyhedge.agent.protocol.Phase;
import dev.skyhedge.agent.protocol.TaskId;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What an agent writes down. Commands and environments are not in it: a task is never started a second time, and
/// there may be secrets in them.
public final class StateJson {
    private static final int FORMAT = 1;

    private StateJson() {}

    public static byte[] write(AgentState state) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("format", FORMAT);
        out.put("epoch", state.epoch());
        state.draining().ifPresent(reason -> out.put("draining", reason));
        out.put("tasks", state.tasks().values().stream().map(StateJson::task).toList());
        out.put("forgotten", state.forgotten());
        return Json.bytes(out);
    }

    private static Map<String, Object> task(Task task) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("name", task.id().name());
        out.put("generation", task.id().generation());
        out.put("token", task.token());
        out.put("phase", task.phase().name());
        out.put("since", task.since().toString());
        out.put("grace_ms", task.grace().toMillis());
        out.put("killed", task.killed());
        task.process().ifPresent(process -> out.put("process", Parts.process(process)));
        task.ending().ifPresent(ending -> out.put("ending", Parts.ending(ending)));
        return out;
    }

    /// @throws IllegalArgumentException with what is wrong
    public static AgentState read(byte[] bytes) {
        Fields in = Fields.of(bytes);
        if (in.number("format") != FORMAT) {
            throw new IllegalArgumentException("It has format " + in.number("format") + ", and this agent knows "
                    + FORMAT + ": start the agent that wrote it");
        }
        SortedMap<String, Task> tasks = new TreeMap<>();
        for (Fields each : in.objects("tasks")) {
            Task task = task(each);
            tasks.put(task.id().name(), task);
        }
        SortedMap<String, Long> forgotten = new TreeMap<>();
        Fields names = in.object("forgotten");
        names.members().keySet().forEach(name -> forgotten.put(name, names.number(name)));
        return new AgentState(in.number("epoch"), in.optional("draining", in::text), tasks, forgotten).adopted();
    }

    private static Task task(Fields in) {
        return new Task(
                new TaskId(in.text("name"), in.number("generation")),
                in.text("token"),
                Phase.valueOf(in.text("phase")),
                instant(in.text("since")),
                in.optional("process", in::object).map(Parts::process),
                Duration.ofMillis(in.number("grace_ms")),
                in.truth("killed"),
                in.optional("ending", in::object).map(Parts::ending),
                Optional.empty(),
                true);
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
