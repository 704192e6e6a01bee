package dev.skyhedge.providers.azure;

import dev.skyhedge.providers.azure.fake.AzureFake;
import dev.skyhedge.providers.azure.fake.FakeGeography;
import dev.skyhedge.providers.azure.fake.FakeRules;
import dev.skyhedge.providers.cloud.calls.Pause;
import dev.skyhedge.providers.cloud.contract.LookBenchmark;
import dev.skyhedge.spi.Provider;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/// How long a look at many virtual machines takes, and how many calls it costs.
final class ObserveBenchmark {
    private static final int REGIONS = 60;
    private static final int ZONES = 3;
    private static final String LINEAGE = "bench";

    private ObserveBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        LookBenchmark.printHead(REGIONS + " regions");
        for (int count : LookBenchmark.INSTANCES) {
            try (AzureFake fake = new AzureFake(geography(), FakeRules.calm(), InstantSource.system());
                    AzureClients clients =
                            new AzureClients(Optional.of(URI.create(fake.endpoint())), AzureFake.SUBSCRIPTION);
                    Provider provider = provider(fake, clients)) {
                for (int i = 0; i < count; i++) {
                    String region = "test" + (i % REGIONS + 1);
                    String zone = String.valueOf(i % ZONES + 1);
                    fake.cloud()
                            .put(AzureNames.groupOf(LINEAGE), "sh-" + i, SpotMachines.asked(LINEAGE, region, zone, i));
                }
                LookBenchmark.measure(fake, provider, LINEAGE, count);
            }
        }
    }

    private static FakeGeography geography() {
        Map<String, List<String>> regions = new TreeMap<>();
        for (int i = 1; i <= REGIONS; i++) {
            regions.put("test" + i, List.of("1", "2", "3"));
        }
        return new FakeGeography(regions, FakeGeography.small().sizes());
    }

    private static Provider provider(AzureFake fake, AzureClients clients) throws Exception {
        Map<String, Object> values = Map.of("subscription", AzureFake.SUBSCRIPTION, "endpoint", fake.endpoint());
        return new AzureProvider(
                AzureSettings.read(values, Map.of()),
                new AzureProviderFactory().shippedPrices(),
                Path.of("target", "azure-provider"),
                clients,
                InstantSource.system(),
                Pause.REAL,
                new Random(7),
                Duration.ofMinutes(1));
    }
}
