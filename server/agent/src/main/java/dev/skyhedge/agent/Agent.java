package dev.skyhedge.agent;

import dev.skyhedge.agent.core.AgentState;
import dev.skyhedge.agent.core.Effect;
import dev.skyhedge.agent.core.Moment;
import dev.skyhedge.agent.core.Orders;
import dev.skyhedge.agent.core.Sightings;
import dev.skyhedge.agent.core.Step;
import dev.skyhedge.agent.core.Task;
import dev.skyhedge.agent.protocol.Answer;
import dev.skyhedge.agent.protocol.Order;
import dev.skyhedge.agent.protocol.Phase;
import dev.skyhedge.agent.protocol.Protocol;
import dev.skyhedge.agent.protocol.TaskId;
import dev.skyhedge.agent.protocol.TaskStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/// One loop that owns all that the agent knows: an order or a look comes in, what follows is written down, and then
/// done. It sleeps while no task is live. `give` may be called from any thread, all else from the loop's.
final class Agent implements AutoCloseable {
    private static final int MOST_WAITING = 256;
    private static final Duration LOOK = Duration.ofSeconds(1);
    /// While something is about to happen.
    private static final Duration CLOSE_LOOK = Duration.ofMillis(100);

    private sealed interface Message {
        /// @param epoch empty for who only may say that the machine is leaving
        record Given(OptionalLong epoch, Order order, CompletableFuture<Answer> answer) implements Message {}

        record Wake() implements Message {}
    }

    private final BlockingQueue<Message> messages = new ArrayBlockingQueue<>(MOST_WAITING);
    private final AtomicBoolean awake = new AtomicBoolean();
    private final Journal journal;
    private final Machine machine;
    private final InstantSource clock;
    private final Consumer<String> news;
    private final long began = System.nanoTime();
    private String lastTrouble = "";
    private AgentState state;

    /// @param directory of its own
    /// @param maxLogBytes of a task's log before it is cut; the old one is as long again
    /// @param news what people should read
    Agent(Path directory, long maxLogBytes, InstantSource clock, Consumer<String> news) throws IOException {
        this.clock = clock;
        this.news = news;
        Path absolute = directory.toAbsolutePath();
        this.journal = Journal.open(absolute);
        try {
            this.state = journal.read();
            this.machine = new Machine(absolute, maxLogBytes, this::wake);
        } catch (IOException e) {
            journal.close();
            throw e;
        }
    }

    /// The answer comes when the order is written down and carried out.
    CompletableFuture<Answer> give(OptionalLong epoch, Order order) {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        if (!messages.offer(new Message.Given(epoch, order, answer))) {
            answer.complete(new Answer.Refused(Answer.Code.FULL, "Too many orders are waiting: give it again later"));
        }
        return answer;
    }

    /// One that waits is enough.
    private void wake() {
        if (awake.compareAndSet(false, true) && !messages.offer(new Message.Wake())) {
            // The loop looks at its tasks when it has come through what waits.
            awake.set(false);
        }
    }

    /// Until the thread is interrupted. An exception of any other kind is a fault of the agent: let the process end,
    /// and start it again.
    void run() throws InterruptedException {
        lookAtAll();
        while (true) {
            Optional<Duration> pause = nextLook();
            Message message = pause.isEmpty()
                    ? messages.take()
                    : messages.poll(pause.get().toMillis(), TimeUnit.MILLISECONDS);
            if (message instanceof Message.Given(OptionalLong epoch, Order order, CompletableFuture<Answer> answer)) {
                answer.complete(obey(epoch, order));
            } else {
                awake.set(false);
                lookAtAll();
            }
        }
    }

    private Optional<Duration> nextLook() {
        List<Task> live = state.tasks().values().stream().filter(Task::isLive).toList();
        if (live.isEmpty()) {
            return Optional.empty();
        }
        boolean close =
                live.stream().anyMatch(task -> task.phase() == Phase.STARTING || task.phase() == Phase.STOPPING);
        return Optional.of(close ? CLOSE_LOOK : LOOK);
    }

    private Moment now() {
        return new Moment(clock.instant(), Duration.ofNanos(System.nanoTime() - began));
    }

    private Answer obey(OptionalLong epoch, Order order) throws InterruptedException {
        try {
            if (order instanceof Order.Status) {
                lookAtAll();
            }
            Step step = Orders.obey(state, epoch.orElse(state.epoch()), order, now());
            take(step);
            return step.answer() instanceof Answer.Refused ? step.answer() : told(order, step.answer());
        } catch (IOException e) {
            return new Answer.Refused(Answer.Code.DISK, e.toString());
        }
    }

    private Answer told(Order order, Answer done) throws IOException {
        return switch (order) {
            case Order.Status _ -> status();
            case Order.Log(TaskId id, int lines) ->
                new Answer.LogLines(machine.files(id).lastLines(lines));
            case Order.Reports(TaskId id, long after) ->
                Reports.read(machine.files(id).metrics(), after);
            default -> done;
        };
    }

    private Answer status() throws IOException {
        List<TaskStatus> tasks = new ArrayList<>();
        for (Task task : state.tasks().values()) {
            Path checkpoints = machine.files(task.id()).checkpoints();
            tasks.add(new TaskStatus(
                    task.id(),
                    task.token(),
                    task.phase(),
                    task.since(),
                    task.process(),
                    task.ending(),
                    Reports.checkpoints(checkpoints),
                    Reports.latest(checkpoints)));
        }
        return new Answer.AgentStatus(
                Protocol.VERSION,
                machine.boot(),
                ProcessHandle.current().pid(),
                state.epoch(),
                state.draining(),
                tasks);
    }

    private void lookAtAll() throws InterruptedException {
        for (Task task : state.tasks().values()) {
            if (task.isLive()) {
                try {
                    take(Sightings.see(state, task.id(), machine.look(task), now()));
                } catch (IOException e) {
                    trouble(task.id() + " cannot be looked at: " + e);
                }
            }
        }
    }

    /// Written down before it is done. What cannot be written down is not done.
    private void take(Step step) throws IOException, InterruptedException {
        journal.write(step.state());
        state = step.state();
        for (Effect effect : step.effects()) {
            try {
                machine.carryOut(effect, task(effect));
            } catch (IOException e) {
                // What is seen of the task next time leads to the effect again, or to its end.
                trouble(effect + " failed: " + e);
            }
        }
    }

    private Optional<Task> task(Effect effect) {
        TaskId id = switch (effect) {
            case Effect.Spawn(Order.Start order) -> order.id();
            case Effect.Fence(TaskId of) -> of;
            case Effect.Clean(TaskId of) -> of;
            case Effect.SignalCommand(TaskId of, String _) -> of;
            case Effect.SignalAll(TaskId of, String _) -> of;
        };
        return Optional.ofNullable(state.tasks().get(id.name()))
                .filter(task -> task.id().equals(id));
    }

    /// The same again is no news.
    private void trouble(String text) {
        if (!text.equals(lastTrouble)) {
            lastTrouble = text;
            news.accept(text);
        }
    }

    @Override
    public void close() throws IOException {
        journal.close();
    }
}
