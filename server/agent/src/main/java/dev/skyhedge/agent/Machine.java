package dev.skyhedge.agent;

import dev.skyhedge.agent.core.Effect;
import dev.skyhedge.agent.core.Sight;
import dev.skyhedge.agent.core.Task;
import dev.skyhedge.agent.protocol.Order;
import dev.skyhedge.agent.protocol.ProcessIdentity;
import dev.skyhedge.agent.protocol.TaskId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// The machine's end of the agent: carries out effects, and looks at tasks. For one thread.
final class Machine {
    static final int LAST_LINES = 20;
    private static final String SCRIPT = script();

    private final Path tasks;
    private final long maxLogBytes;
    private final Runnable wake;
    private final ProcessTable processes = new ProcessTable();
    private final String boot;
    /// Keepers that this agent started, until their task ends.
    private final Map<TaskId, Process> keepers = new HashMap<>();

    /// @param wake called on another thread when a task of this agent has ended
    Machine(Path directory, long maxLogBytes, Runnable wake) throws IOException {
        this.tasks = directory.resolve("tasks");
        this.maxLogBytes = maxLogBytes;
        this.wake = wake;
        this.boot = processes.boot();
    }

    String boot() {
        return boot;
    }

    TaskFiles files(TaskId id) {
        return new TaskFiles(tasks, id, maxLogBytes);
    }

    /// @param task as it is written down by now
    void carryOut(Effect effect, Optional<Task> task) throws IOException, InterruptedException {
        switch (effect) {
            case Effect.Spawn(Order.Start order) -> spawn(order);
            case Effect.Fence(TaskId id) -> files(id).fence();
            case Effect.Clean(TaskId id) -> {
                keepers.remove(id);
                files(id).clean();
            }
            case Effect.SignalCommand(TaskId _, String name) -> {
                Optional<ProcessIdentity> command = task.flatMap(Task::process).filter(this::isAlive);
                processes.signal(command.map(found -> List.of(found.pid())).orElse(List.of()), name);
            }
            case Effect.SignalAll(TaskId _, String name) -> {
                Optional<ProcessIdentity> process = task.flatMap(Task::process);
                if (process.isPresent()) {
                    processes.signal(
                            members(process.get()).stream()
                                    .map(ProcessTable.Entry::pid)
                                    .toList(),
                            name);
                }
            }
        }
    }

    private void spawn(Order.Start order) throws IOException {
        TaskFiles files = files(order.id());
        files.make();
        Files.writeString(files.parameters(), order.parameters());
        List<String> command = new ArrayList<>(
                List.of("setsid", "sh", "-c", SCRIPT, "sh", files.directory().toString()));
        command.addAll(order.command());
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(files.directory().toFile());
        TaskEnvironment.set(builder.environment(), order, files);
        builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(files.log().toFile()));
        try {
            Process keeper = builder.start();
            keepers.put(order.id(), keeper);
            keeper.onExit().thenRun(wake);
        } catch (IOException e) {
            // Seen at the next look: nobody has the claim, and nobody is there to take it.
            Files.writeString(files.log(), e.getMessage() + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
    }

    Sight look(Task task) throws IOException {
        TaskFiles files = files(task.id());
        Process own = keepers.get(task.id());
        boolean starting = own != null && own.isAlive();
        Optional<TaskFiles.Claim> claim = files.claim();
        boolean fenced = claim.isPresent() && claim.get().process().isEmpty();
        Optional<ProcessIdentity> found = task.process().or(() -> claim.flatMap(TaskFiles.Claim::process));
        if (found.isEmpty()) {
            List<String> lines = fenced ? files.lastLines(LAST_LINES) : List.of();
            return new Sight(fenced, found, starting, false, 0, false, OptionalInt.empty(), lines);
        }
        // In this order: a keeper writes the exit code and then ends.
        boolean keeper = isKept(found.get());
        boolean alive = isAlive(found.get());
        if (alive) {
            files.boundLog();
            return new Sight(false, found, keeper, true, 0, isSuspended(found.get()), OptionalInt.empty(), List.of());
        }
        int others = members(found.get()).size();
        return new Sight(false, found, keeper, false, others, false, files.exitCode(), files.lastLines(LAST_LINES));
    }

    private boolean isAlive(ProcessIdentity process) {
        return is(process, process.pid(), process.ticks());
    }

    private boolean isKept(ProcessIdentity process) {
        return is(process, process.session(), process.sessionTicks());
    }

    private boolean is(ProcessIdentity process, long pid, long ticks) {
        return process.boot().equals(boot)
                && processes
                        .find(pid)
                        .filter(entry -> entry.isAlive() && entry.ticks() == ticks)
                        .isPresent();
    }

    private boolean isSuspended(ProcessIdentity process) throws IOException {
        // Most tasks run: the one look at the command says so without reading all processes.
        return processes
                        .find(process.pid())
                        .filter(ProcessTable.Entry::isSuspended)
                        .isPresent()
                && members(process).stream().allMatch(ProcessTable.Entry::isSuspended);
    }

    /// Without the keeper. A session's number is not given to another while a process is in it; if another has it, none
    /// is left.
    private List<ProcessTable.Entry> members(ProcessIdentity process) throws IOException {
        Optional<ProcessTable.Entry> leader = processes.find(process.session());
        if (!process.boot().equals(boot)
                || leader.filter(entry -> entry.ticks() != process.sessionTicks())
                        .isPresent()) {
            return List.of();
        }
        return processes.session(process.session()).stream()
                .filter(entry -> entry.pid() != process.session())
                .toList();
    }

    private static String script() {
        try (InputStream in = Machine.class.getResourceAsStream("run-task.sh")) {
            if (in == null) {
                throw new IllegalStateException("run-task.sh is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("run-task.sh cannot be read", e);
        }
    }
}
