package dev.skyhedge.providers.azure.fake;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The fake as a process of its own, in real time, for trying things by hand. With `--answer` something
/// answers HTTP for
/// every running machine, at the machine's address and port, as its workload would.
///
/// With `--orders` it obeys [Orders] and ends with its input; with
/// `--swift` nothing takes longer than it must.
///
/// ```
/// AzureFakeProcess PORT [--answer] [--orders] [--swift]
/// ```
public final class AzureFakeProcess {
    private static final Duration STEP = Duration.ofMillis(100);

    private final FakeMachines cloud;
    private final Map<String, HttpServer> workloads = new TreeMap<>();

    private AzureFakeProcess(FakeMachines cloud) {
        this.cloud = cloud;
    }

    public static void main(String[] arguments) throws Exception {
        int port = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 0;
        List<String> options = List.of(arguments);
        boolean answers = options.contains("--answer");
        boolean swift = options.contains("--swift");
        FakeRules rules = new FakeRules(
                swift ? Duration.ZERO : Duration.ofMillis(800),
                swift ? Duration.ZERO : Duration.ofMillis(1_500),
                swift ? Duration.ZERO : Duration.ofSeconds(1),
                Duration.ofSeconds(30),
                Duration.ZERO,
                50,
                0,
                false);
        try (AzureFake fake = new AzureFake(FakeGeography.small(), rules, InstantSource.system(), port)) {
            System.out.println("Azure, subscription " + AzureFake.SUBSCRIPTION + ", at " + fake.endpoint());
            if (answers) {
                fake.cloud().onLoopback();
            }
            AzureFakeProcess process = new AzureFakeProcess(fake.cloud());
            if (options.contains("--orders")) {
                Thread answering = Thread.ofVirtual().unstarted(() -> process.answerAlways(answers));
                answering.start();
                new Orders(fake).obey();
                answering.interrupt();
            } else {
                process.answerAlways(answers);
            }
        }
    }

    private void answerAlways(boolean answers) {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                if (answers) {
                    answerForRunning();
                }
                Thread.sleep(STEP);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void answerForRunning() throws IOException {
        Map<String, InetSocketAddress> running = cloud.running();
        for (Map.Entry<String, InetSocketAddress> machine : running.entrySet()) {
            if (!workloads.containsKey(machine.getKey())) {
                workloads.put(machine.getKey(), workload(machine.getKey(), machine.getValue()));
            }
        }
        workloads.entrySet().removeIf(workload -> {
            boolean gone = !running.containsKey(workload.getKey());
            if (gone) {
                workload.getValue().stop(0);
            }
            return gone;
        });
    }

    private static HttpServer workload(String id, InetSocketAddress address) throws IOException {
        HttpServer server = HttpServer.create(address, 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                byte[] body = (id + "\n").getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        server.start();
        return server;
    }
}
