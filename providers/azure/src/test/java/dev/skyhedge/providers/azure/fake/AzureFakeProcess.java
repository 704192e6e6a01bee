package dev.skyhedge.providers.azure.fake;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;

/// The fake as a process of its own, in real time, for trying things by hand. With `--answer` something
/// answers HTTP for
/// every running machine, at the machine's address and port, as its workload would.
///
/// ```
/// AzureFakeProcess PORT [--answer]
/// ```
public final class AzureFakeProcess {
    private static final Duration STEP = Duration.ofMillis(200);

    private final FakeMachines cloud;
    private final Map<String, HttpServer> workloads = new TreeMap<>();

    private AzureFakeProcess(FakeMachines cloud) {
        this.cloud = cloud;
    }

    public static void main(String[] arguments) throws Exception {
        int port = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 0;
        boolean answers = arguments.length > 1 && arguments[1].equals("--answer");
        FakeRules rules = new FakeRules(
                Duration.ofMillis(800),
                Duration.ofMillis(1_500),
                Duration.ofSeconds(1),
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
            while (!Thread.currentThread().isInterrupted()) {
                if (answers) {
                    process.answerForRunning();
                }
                Thread.sleep(STEP);
            }
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
