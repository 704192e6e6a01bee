package dev.skyhedge.providers.gcp.fake;

import com.google.cloud.compute.v1.Instance;
import dev.skyhedge.providers.cloud.fake.FakeWorkloads;
import dev.skyhedge.providers.cloud.fake.Orders;
import dev.skyhedge.providers.cloud.fake.Repetition;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The fake as a process of its own, in real time, for trying things by hand. With `--answer` something answers
/// HTTP for every running instance, at the instance's address and port, as its workload would.
///
/// With `--orders` it obeys [Orders] and ends with its input; with `--swift` nothing takes longer than it must.
///
/// ```
/// ComputeFakeProcess PORT [--answer] [--orders] [--swift]
/// ```
public final class ComputeFakeProcess {
    private static final Duration STEP = Duration.ofMillis(100);
    private static final String PORT_LABEL = "skyhedge-port";

    private ComputeFakeProcess() {}

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
        try (ComputeFake fake = new ComputeFake(FakeGeography.small(), rules, InstantSource.system(), port);
                FakeWorkloads workloads = new FakeWorkloads()) {
            System.out.println("Compute Engine, project " + ComputeFake.PROJECT + ", at " + fake.endpoint());
            if (answers) {
                fake.cloud().onLoopback();
            }
            Repetition.Step step = () -> workloads.follow(answers ? running(fake.cloud()) : Map.of());
            try (Repetition following = Repetition.every(STEP, step)) {
                if (options.contains("--orders")) {
                    new Orders(fake).obey();
                } else {
                    Repetition.awaitEndOfProcess();
                }
            }
        }
    }

    private static Map<String, InetSocketAddress> running(FakeCompute cloud) {
        Map<String, InetSocketAddress> running = new TreeMap<>();
        for (Instance instance : cloud.running()) {
            String host = instance.getNetworkInterfaces(0).getAccessConfigs(0).getNatIP();
            int port = Integer.parseInt(instance.getLabelsOrThrow(PORT_LABEL));
            running.put(instance.getName(), new InetSocketAddress(host, port));
        }
        return running;
    }
}
