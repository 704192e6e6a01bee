package dev.skyhedge.agent;

import dev.skyhedge.agent.client.AgentClient;
import dev.skyhedge.agent.client.AgentClient.Reply;
import dev.skyhedge.agent.protocol.Answer;
import dev.skyhedge.agent.protocol.Order;
import dev.skyhedge.agent.protocol.Phase;
import dev.skyhedge.agent.protocol.TaskId;
import dev.skyhedge.agent.protocol.TaskStatus;
import dev.skyhedge.agent.tls.Pem;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/// A controller that keeps a task of each name running, and knows nothing but what the agent tells it. It writes down
/// every end that it sees, and is killed at any time.
final class TestController {
    private static final List<String> NAMES = List.of("a", "b", "c");

    private TestController() {}

    public static void main(String[] arguments) throws Exception {
        Path directory = Path.of(arguments[0]);
        var own = Launched.KEYS.controller(Launched.TOKEN);
        var agent = Launched.KEYS.agent(Launched.TOKEN);
        while (true) {
            int port = Integer.parseInt(Files.readString(directory.resolve("port")));
            try (AgentClient client = new AgentClient(
                    new InetSocketAddress("127.0.0.1", port),
                    1,
                    own.certificate(),
                    Pem.key(own.privateKeyPem()),
                    agent.certificate())) {
                boolean there = true;
                while (there) {
                    there = client.give(new Order.Status()) instanceof Reply.Answered(Answer.AgentStatus status)
                            && keep(client, status, directory);
                }
            }
        }
    }

    private static boolean keep(AgentClient client, Answer.AgentStatus status, Path directory)
            throws IOException, InterruptedException {
        for (String name : NAMES) {
            Optional<TaskStatus> task = status.tasks().stream()
                    .filter(each -> each.id().name().equals(name))
                    .findFirst();
            if (task.isPresent() && task.get().phase() != Phase.ENDED) {
                continue;
            }
            if (task.isPresent()) {
                append(
                        directory.resolve("seen"),
                        name + " " + task.get().id().generation() + " "
                                + task.get().ending().orElseThrow().kind());
            }
            TaskId next =
                    new TaskId(name, task.map(each -> each.id().generation()).orElse(0L) + 1);
            if (!(client.give(Launched.shell(next, script(directory, next))) instanceof Reply.Answered)) {
                return false;
            }
        }
        return true;
    }

    /// Its child holds the lock too, so that a life of which anything is left is seen by the next.
    private static String script(Path directory, TaskId id) {
        return "exec 9>'" + directory + "/lock." + id.name() + "'; flock -n 9 || echo " + id + " >>'" + directory
                + "/twice'; echo '" + id.name() + " " + id.generation() + "' >>'" + directory
                + "/runs'; i=0; while [ $i -lt 30 ]; do sleep 0.05; i=$((i+1)); done";
    }

    private static void append(Path file, String line) throws IOException {
        Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
