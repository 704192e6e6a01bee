package dev.skyhedge.providers.aws;

import dev.skyhedge.providers.aws.fake.FakeEc2;
import dev.skyhedge.providers.aws.fake.World;
import dev.skyhedge.providers.cloud.calls.Pause;
import dev.skyhedge.providers.cloud.contract.Outcomes;
import dev.skyhedge.spi.Observation;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Measures what it costs to see all instances in many regions that answer as slowly as real ones: wall time,
/// processor time and calls of a round, with 0, 100 and 1,000 instances. The calls must not depend on the
/// instances.
///
/// `ObserveBenchmark [REGIONS [INSTANCES [ROUNDS]]]`
public final class ObserveBenchmark {
    private static final int SHORTEST_MILLIS = 80;
    private static final int LONGEST_MILLIS = 250;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private ObserveBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        int regions = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 60;
        int instances = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1_000;
        int rounds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 10;
        List<String> names = new ArrayList<>();
        for (int i = 0; i < regions; i++) {
            names.add("xx-test-" + (i + 1));
        }
        try (FakeEc2 cloud = FakeEc2.start(World.of(names), InstantSource.system(), 0)) {
            cloud.rules().latency(SHORTEST_MILLIS, LONGEST_MILLIS);
            SequencedMap<String, Object> values = new LinkedHashMap<>();
            values.put("endpoint", cloud.endpoint().toString());
            values.put("regions", List.of(names.getFirst()));
            var environment = new AwsProvider.Environment(
                    InstantSource.system(), Pause.REAL, new Random(1), Duration.ofSeconds(10));
            try (AwsProvider client = new AwsProvider(
                    AwsSettings.read(values, Map.of()).settings(),
                    new AwsProviderFactory().shippedPrices(),
                    Path.of("target", "benchmark"),
                    environment)) {
                System.out.printf("%d regions that answer in %d to %d ms%n", regions, SHORTEST_MILLIS, LONGEST_MILLIS);
                measure("first round, clients are built", client, cloud, 1);
                int there = 0;
                for (int target : List.of(0, instances / 10, instances)) {
                    for (; there < target; there++) {
                        populate(cloud, names.get(there % regions), there);
                    }
                    measure(target + " instances", client, cloud, rounds);
                }
            }
        }
    }

    private static void populate(FakeEc2 cloud, String region, int number) {
        cloud.populate(
                region + "a",
                "g6.xlarge",
                1,
                i -> Map.of(
                        "skyhedge-lineage", "bench",
                        "skyhedge-service", "chat",
                        "skyhedge-replica", "chat-" + number,
                        "skyhedge-generation", "1",
                        "skyhedge-token", "t" + number));
    }

    private static void measure(String what, AwsProvider client, FakeEc2 cloud, int rounds) {
        cloud.forgetExchanges();
        List<Long> millis = new ArrayList<>();
        int seen = 0;
        Duration before = processorTime();
        for (int i = 0; i < rounds; i++) {
            long start = System.nanoTime();
            Observation observation = Outcomes.done(client.observe("bench"));
            millis.add((System.nanoTime() - start) / NANOS_PER_MILLI);
            seen = observation.instances().size();
        }
        Duration used = processorTime().minus(before).dividedBy(rounds);
        millis.sort(null);
        Map<String, Long> calls = cloud.exchanges().stream()
                .collect(Collectors.groupingBy(FakeEc2.Exchange::action, TreeMap::new, Collectors.counting()));
        calls.replaceAll((action, count) -> count / rounds);
        System.out.printf(
                "%-32s seen %5d   median %5d ms   slowest %5d ms   processor %5d ms   calls a round %s%n",
                what, seen, millis.get(millis.size() / 2), millis.getLast(), used.toMillis(), calls);
    }

    /// Of the client and the fake cloud together.
    private static Duration processorTime() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }
}
