package dev.skyhedge.agent;

import dev.skyhedge.agent.client.AgentClient;
import dev.skyhedge.agent.client.AgentClient.Reply;
import dev.skyhedge.agent.protocol.Answer;
import dev.skyhedge.agent.protocol.Order;
import dev.skyhedge.agent.protocol.TaskId;
import dev.skyhedge.agent.protocol.TaskStatus;
import dev.skyhedge.agent.tls.Pem;
import dev.skyhedge.engine.control.AgentKeys;
import dev.skyhedge.engine.control.LaunchCertificate;
import dev.skyhedge.spi.IdempotencyToken;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// An agent of a launch as a process of its own, which can be killed and started again in its directory.
final class Launched implements AutoCloseable {
    static final AgentKeys KEYS = AgentKeys.of(new byte[32]);
    static final IdempotencyToken TOKEN = new IdempotencyToken("launch1");
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Path directory;
    private Process process;
    private InetSocketAddress address;

    Launched(Path directory) throws IOException {
        this.directory = directory;
        Files.writeString(directory.resolve("cert.pem"), KEYS.agent(TOKEN).certificatePem());
        Files.writeString(directory.resolve("key.pem"), KEYS.agent(TOKEN).privateKeyPem());
        Files.writeString(
                directory.resolve("controller.pem"), KEYS.controller(TOKEN).certificatePem());
        Files.writeString(directory.resolve("token"), KEYS.drainToken(TOKEN));
        process = begin();
        address = listening();
    }

    Process begin() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx24m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.skyhedge.agent.Main",
                        "--directory",
                        directory.resolve("agent").toString(),
                        "--certificate",
                        directory.resolve("cert.pem").toString(),
                        "--key",
                        directory.resolve("key.pem").toString(),
                        "--controller",
                        directory.resolve("controller.pem").toString(),
                        "--token-file",
                        directory.resolve("token").toString(),
                        "--log-bytes",
                        "8192")
                .redirectError(directory.resolve("agent.err").toFile())
                .start();
    }

    private InetSocketAddress listening() throws IOException {
        BufferedReader out = process.inputReader();
        String line = out.readLine();
        if (line == null || !line.startsWith("listening 127.0.0.1:")) {
            throw new IOException("It said " + line + " and " + Files.readString(directory.resolve("agent.err")));
        }
        return new InetSocketAddress("127.0.0.1", Integer.parseInt(line.substring(line.lastIndexOf(':') + 1)));
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    void again() throws IOException {
        process = begin();
        address = listening();
    }

    long pid() {
        return process.pid();
    }

    InetSocketAddress address() {
        return address;
    }

    AgentClient controller(long epoch) {
        return client(epoch, KEYS.controller(TOKEN), KEYS.agent(TOKEN));
    }

    AgentClient client(long epoch, LaunchCertificate own, LaunchCertificate agent) {
        return new AgentClient(address, epoch, own.certificate(), Pem.key(own.privateKeyPem()), agent.certificate());
    }

    Answer tell(Order order) throws InterruptedException {
        try (AgentClient controller = controller(1)) {
            return switch (controller.give(order)) {
                case Reply.Answered(Answer answer) -> answer;
                case Reply.Unanswered(String reason) -> throw new AssertionError(reason);
            };
        }
    }

    Optional<TaskStatus> task(TaskId id) throws InterruptedException {
        return ((Answer.AgentStatus) tell(new Order.Status()))
                .tasks().stream().filter(task -> task.id().equals(id)).findFirst();
    }

    /// Asks until it is so.
    TaskStatus until(TaskId id, Predicate<TaskStatus> holds) throws InterruptedException {
        long limit = System.nanoTime() + LIMIT.toNanos();
        try (AgentClient controller = controller(1)) {
            while (System.nanoTime() < limit) {
                if (controller.give(new Order.Status()) instanceof Reply.Answered(Answer.AgentStatus status)) {
                    Optional<TaskStatus> found = status.tasks().stream()
                            .filter(task -> task.id().equals(id) && holds.test(task))
                            .findFirst();
                    if (found.isPresent()) {
                        return found.get();
                    }
                }
            }
        }
        throw new AssertionError(id + " is " + task(id));
    }

    static Order.Start shell(TaskId id, String script) {
        return new Order.Start(
                id, "token-" + id, List.of("sh", "-c", script), new LinkedHashMap<>(), 0.5, 1, "", "{\"lr\":0.1}");
    }

    /// Ends every task, and then the agent.
    @Override
    public void close() throws InterruptedException, IOException {
        if (!process.isAlive()) {
            again();
        }
        Answer.AgentStatus status = (Answer.AgentStatus) tell(new Order.Status());
        for (TaskStatus task : status.tasks()) {
            tell(new Order.Stop(task.id(), Duration.ZERO));
            until(task.id(), ended -> ended.ending().isPresent());
        }
        kill();
    }
}
