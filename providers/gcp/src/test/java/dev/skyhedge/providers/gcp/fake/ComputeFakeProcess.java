package dev.skyhedge.providers.gcp.fake;

import com.google.cloud.compute.v1.Instance;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// The fake as a process of its own, in real time, for trying things by hand. With `--answer` something answers
/// HTTP for every running instance, at the instance's address and port, as its workload would.
///
/// With `--orders` it obeys [Orders] and ends with its input; with
/// `--swift` nothing takes longer than it must.
///
/// ```
/// ComputeFakeProcess PORT [--answer] [--orders] [--swift]
/// ```
public final class ComputeFakeProcess {
    private static final Duration STEP = Duration.ofMillis(100);
    private static final String PORT_LABEL = "skyhedge-port";

    private final FakeCompute cloud;
    private final Map<String, HttpServer> workloads = new TreeMap<>();

    private ComputeFakeProcess(FakeCompute cloud) {
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
                Duration.ofMinutes(60),
                0);
        try (ComputeFake fake = new ComputeFake(FakeGeography.small(), rules, InstantSource.system(), port)) {
            System.out.println("Compute Engine, project " + ComputeFake.PROJECT + ", at " + fake.endpoint());
            if (answers) {
                fake.cloud().onLoopback();
            }
            ComputeFakeProcess process = new ComputeFakeProcess(fake.cloud());
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
        Set<String> running = new HashSet<>();
        for (Instance instance : cloud.running()) {
            running.add(instance.getName());
            if (!workloads.containsKey(instance.getName())) {
                workloads.put(instance.getName(), workload(instance));
            }
        }
        workloads.entrySet().removeIf(workload -> {
            boolean gone = !running.contains(workload.getKey());
            if (gone) {
                workload.getValue().stop(0);
            }
            return gone;
        });
    }

    private static HttpServer workload(Instance instance) throws IOException {
        String host = instance.getNetworkInterfaces(0).getAccessConfigs(0).getNatIP();
        int port = Integer.parseInt(instance.getLabelsOrThrow(PORT_LABEL));
        HttpServer server = HttpServer.create(new InetSocketAddress(host, port), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                byte[] body = (instance.getName() + "\n").getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        server.start();
        return server;
    }
}
