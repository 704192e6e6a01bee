package dev.skyhedge.providers.kubernetes.fake;

import dev.skyhedge.providers.cloud.fake.FakeWorkloads;
import dev.skyhedge.providers.cloud.fake.Orders;
import dev.skyhedge.providers.cloud.fake.Repetition;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The fake as a process of its own, in real time, for trying things by hand. With `--answer` something answers
/// HTTP for every running pod, at the pod's address and port, as its workload would. A line `preempt NAME` on
/// standard input takes a pod's node back, `pods` lists what runs.
///
/// With `--orders` it obeys [Orders] instead and ends with its input; with `--swift` nothing takes longer than
/// it must.
///
/// ```
/// ApiServerFakeProcess PORT [--answer] [--orders] [--swift]
/// ```
public final class ApiServerFakeProcess {
    private static final Duration STEP = Duration.ofMillis(100);

    private ApiServerFakeProcess() {}

    public static void main(String[] arguments) throws Exception {
        int port = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 0;
        List<String> options = List.of(arguments);
        boolean answers = options.contains("--answer");
        FakeRules rules = options.contains("--swift") ? FakeRules.swift() : FakeRules.calm();
        FakeCluster cluster = new FakeCluster(rules, InstantSource.system());
        SmallCluster.nodes().forEach(cluster::add);
        SmallCluster.olderNodes().forEach(cluster::add);
        try (ApiServer server = new ApiServer(cluster, port);
                FakeWorkloads workloads = new FakeWorkloads()) {
            System.out.println("Kubernetes, namespace " + ApiServer.NAMESPACE + ", at " + server.endpoint());
            if (answers) {
                cluster.onLoopback();
            }
            Repetition.Step step = () -> {
                cluster.tick();
                workloads.follow(answers ? addresses(cluster) : Map.of());
            };
            try (Repetition following = Repetition.every(STEP, step)) {
                if (options.contains("--orders")) {
                    new Orders(new OperatedCluster(cluster, server)).obey();
                } else {
                    Thread.ofVirtual().start(() -> obey(cluster));
                    Repetition.awaitEndOfProcess();
                }
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

    private static Map<String, InetSocketAddress> addresses(FakeCluster cluster) {
        Map<String, InetSocketAddress> addresses = new TreeMap<>();
        cluster.running().forEach((pod, address) -> {
            int colon = address.lastIndexOf(':');
            addresses.put(
                    pod,
                    new InetSocketAddress(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1))));
        });
        return addresses;
    }
}
