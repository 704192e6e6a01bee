package dev.skyhedge.providers.azure.fake;

import dev.skyhedge.providers.cloud.fake.FakeWorkloads;
import dev.skyhedge.providers.cloud.fake.Orders;
import dev.skyhedge.providers.cloud.fake.Repetition;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/// The fake as a process of its own, in real time, for trying things by hand. With `--answer` something
/// answers HTTP for every running machine, at the machine's address and port, as its workload would.
///
/// With `--orders` it obeys [Orders] and ends with its input; with `--swift` nothing takes longer than it must.
///
/// ```
/// AzureFakeProcess PORT [--answer] [--orders] [--swift]
/// ```
public final class AzureFakeProcess {
    private static final Duration STEP = Duration.ofMillis(100);

    private AzureFakeProcess() {}

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
        try (AzureFake fake = new AzureFake(FakeGeography.small(), rules, InstantSource.system(), port);
                FakeWorkloads workloads = new FakeWorkloads()) {
            System.out.println("Azure, subscription " + AzureFake.SUBSCRIPTION + ", at " + fake.endpoint());
            if (answers) {
                fake.cloud().onLoopback();
            }
            Repetition.Step step = () -> workloads.follow(answers ? fake.cloud().running() : Map.of());
            try (Repetition following = Repetition.every(STEP, step)) {
                if (options.contains("--orders")) {
                    new Orders(fake).obey();
                } else {
                    Repetition.awaitEndOfProcess();
                }
            }
        }
    }
}
