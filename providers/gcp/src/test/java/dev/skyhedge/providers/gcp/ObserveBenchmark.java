package dev.skyhedge.providers.gcp;

import dev.skyhedge.providers.cloud.calls.Pause;
import dev.skyhedge.providers.cloud.contract.LookBenchmark;
import dev.skyhedge.providers.gcp.fake.ComputeFake;
import dev.skyhedge.providers.gcp.fake.FakeGeography;
import dev.skyhedge.providers.gcp.fake.FakeRules;
import dev.skyhedge.spi.IdempotencyToken;
import dev.skyhedge.spi.InstanceTags;
import dev.skyhedge.spi.LaunchRequest;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.spi.Provider;
import dev.skyhedge.spi.Workload;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/// How long a look at many instances of Compute Engine takes, and how many calls it costs.
final class ObserveBenchmark {
    private static final int REGIONS = 40;
    private static final String LINEAGE = "bench";

    private ObserveBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        LookBenchmark.printHead(3 * REGIONS + " zones");
        for (int count : LookBenchmark.INSTANCES) {
            try (ComputeFake fake =
                            new ComputeFake(FakeGeography.wide(REGIONS), FakeRules.calm(), InstantSource.system());
                    Provider provider = provider(fake)) {
                for (int i = 0; i < count; i++) {
                    String zone = "us-test" + (i % REGIONS + 1) + "-" + "abc".charAt(i % 3);
                    fake.cloud().put(zone, instance(zone, i), i);
                }
                LookBenchmark.measure(fake, provider, LINEAGE, count);
            }
        }
    }

    private static Provider provider(ComputeFake fake) throws Exception {
        return new GcpProvider(
                settings(),
                new GcpProviderFactory().shippedPrices(),
                Path.of("target", "gcp-provider"),
                new ComputeClients(Optional.of(URI.create(fake.endpoint()))),
                InstantSource.system(),
                Pause.REAL,
                new Random(7),
                Duration.ofMinutes(1));
    }

    private static GcpSettings settings() {
        return GcpSettings.read(Map.of("project", ComputeFake.PROJECT), Map.of());
    }

    private static com.google.cloud.compute.v1.Instance instance(String zone, int number) {
        Location place = GoogleNames.zone(zone).orElseThrow();
        Offer offer = GcpHarness.offer("g2-standard-4", "L4:1", place, Market.SPOT, "0.28");
        InstanceTags tags = new InstanceTags(LINEAGE, "chat", "chat-" + number, 1, new IdempotencyToken("t" + number));
        Workload workload = new Workload(Optional.empty(), List.of("serve"), 8000, new LinkedHashMap<>());
        String script = "#!/bin/sh\n" + "# as long as a boot script is\n".repeat(60);
        return InstanceOrder.of(
                new LaunchRequest(offer, tags, workload),
                "sh-chat-" + number,
                script,
                settings().machine());
    }
}
