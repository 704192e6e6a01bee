package dev.skyhedge.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.agent.protocol.Answer;
import dev.skyhedge.agent.protocol.Order;
import dev.skyhedge.agent.protocol.ProcessIdentity;
import dev.skyhedge.agent.protocol.TaskStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Agent, controller, tasks and the keepers of tasks are killed at random instants. `-Dagent.crashes=N` for more rounds
/// than the one of every build.
class AgentCrashesIT {
    private static final int KILLS = 12;
    private static final int LONGEST_MILLIS = 700;

    @TempDir
    Path directory;

    static List<Long> seeds() {
        List<Long> seeds = new ArrayList<>();
        for (long seed = 1; seed <= Integer.getInteger("agent.crashes", 1); seed++) {
            seeds.add(seed);
        }
        return seeds;
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void noTaskIsLostUnnoticedAndNoneRunsTwiceAtOnce(long seed) throws Exception {
        Random random = new Random(seed);
        try (Launched agent = new Launched(directory)) {
            tellPort(agent);
            Process controller = controller();
            try {
                for (int i = 0; i < KILLS; i++) {
                    // An instant, and not an event: nobody ends in it.
                    controller.waitFor(random.nextInt(LONGEST_MILLIS), TimeUnit.MILLISECONDS);
                    switch (random.nextInt(4)) {
                        case 0, 1 -> {
                            agent.kill();
                            agent.again();
                            tellPort(agent);
                        }
                        case 2 -> {
                            controller.destroyForcibly().waitFor();
                            controller = controller();
                        }
                        default -> killTask(agent, random);
                    }
                }
                Answer.AgentStatus later = (Answer.AgentStatus) agent.tell(new Order.Status());
                for (TaskStatus task : later.tasks()) {
                    // Each name comes to its next life, whatever has happened.
                    String name = task.id().name();
                    long next = task.id().generation() + 1;
                    while (!Files.readString(directory.resolve("runs")).contains(name + " " + next + "\n")) {
                        assertThat(controller.waitFor(50, TimeUnit.MILLISECONDS))
                                .isFalse();
                        next = nextSeen(name, next);
                    }
                }
            } finally {
                controller.destroyForcibly().waitFor();
            }
            check((Answer.AgentStatus) agent.tell(new Order.Status()));
        }
    }

    /// A life that never started was seen to be none, and the one after it is waited for.
    private long nextSeen(String name, long next) throws Exception {
        return Files.readString(directory.resolve("seen")).contains(name + " " + next + " NEVER_STARTED\n")
                ? next + 1
                : next;
    }

    private void check(Answer.AgentStatus status) throws Exception {
        assertThat(directory.resolve("twice")).doesNotExist();
        List<String> runs = Files.readAllLines(directory.resolve("runs"));
        assertThat(runs).doesNotHaveDuplicates();
        Set<String> told = new HashSet<>();
        for (String line : Files.readAllLines(directory.resolve("seen"))) {
            told.add(line.substring(0, line.lastIndexOf(' ')));
        }
        status.tasks()
                .forEach(task -> told.add(task.id().name() + " " + task.id().generation()));
        assertThat(told).containsAll(runs);
    }

    private static void killTask(Launched agent, Random random) throws InterruptedException {
        List<TaskStatus> tasks = ((Answer.AgentStatus) agent.tell(new Order.Status())).tasks();
        if (tasks.isEmpty()) {
            return;
        }
        TaskStatus task = tasks.get(random.nextInt(tasks.size()));
        if (task.process().isPresent() && task.ending().isEmpty()) {
            ProcessIdentity process = task.process().get();
            ProcessHandle.of(random.nextBoolean() ? process.pid() : process.session())
                    .ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    private void tellPort(Launched agent) throws Exception {
        Path next = directory.resolve("port.new");
        Files.writeString(next, Integer.toString(agent.address().getPort()));
        Files.move(
                next, directory.resolve("port"), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private Process controller() throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        TestController.class.getName(),
                        directory.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("controller.log").toFile())
                .start();
    }
}
