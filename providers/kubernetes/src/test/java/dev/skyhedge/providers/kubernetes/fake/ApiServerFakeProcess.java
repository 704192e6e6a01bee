package dev.skyhedge.providers.kubernetes.fake;

import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;

/// The fake as a process of its own, in real time, for trying things by hand. With `--answer` something
/// answers HTTP
/// for every running pod, at the pod's address and port, as its workload would. A line `preempt NAME` on
/// standard input
/// takes a pod's node back, `pods` lists what runs.
///
/// ```
/// ApiServerFakeProcess PORT [--answer]
/// ```
public final class ApiServerFakeProcess {
    private static final Duration STEP = Duration.ofMillis(200);

    private final FakeCluster cluster;
    private final Map<String, HttpServer> workloads = new TreeMap<>();

    private ApiServerFakeProcess(FakeCluster cluster) {
        this.cluster = cluster;
    }

    public static void main(String[] arguments) throws Exception {
        int port = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 0;
        boolean answers = arguments.length > 1 && arguments[1].equals("--answer");
        FakeCluster cluster = new FakeCluster(FakeRules.calm(), InstantSource.system());
        SmallCluster.nodes().forEach(cluster::add);
        try (ApiServer server = new ApiServer(cluster, port)) {
            System.out.println("Kubernetes, namespace " + ApiServer.NAMESPACE + ", at " + server.endpoint());
            if (answers) {
                cluster.onLoopback();
            }
            Thread.ofVirtual().start(() -> obey(cluster));
            ApiServerFakeProcess process = new ApiServerFakeProcess(cluster);
            while (!Thread.currentThread().isInterrupted()) {
                cluster.tick();
                if (answers) {
                    process.answerForRunning();
                }
                Thread.sleep(STEP);
            }
        }
    }

    private static void obey(FakeCluster cluster) {
        try (var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.equals("pods")) {
                    System.out.println(cluster.running());
                } else if (line.startsWith("preempt ")) {
                    preempt(cluster, line.substring("preempt ".length()).strip());
                }
            }
        } catch (IOException e) {
            System.out.println("No more orders: " + e.getMessage());
        }
    }

    private static void preempt(FakeCluster cluster, String name) {
        try {
            cluster.preempt(name);
        } catch (Refusal unknown) {
            System.out.println(unknown.text());
        }
    }

    private void answerForRunning() throws IOException {
        Map<String, String> running = cluster.running();
        for (Map.Entry<String, String> pod : running.entrySet()) {
            if (!workloads.containsKey(pod.getKey())) {
                workloads.put(pod.getKey(), workload(pod.getKey(), pod.getValue()));
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

    private static HttpServer workload(String name, String address) throws IOException {
        int colon = address.lastIndexOf(':');
        HttpServer server = HttpServer.create(
                new InetSocketAddress(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1))), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                byte[] body = (name + "\n").getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        server.start();
        return server;
    }
}
