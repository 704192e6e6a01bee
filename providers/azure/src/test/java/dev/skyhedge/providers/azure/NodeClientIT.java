package dev.skyhedge.providers.azure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.providers.azure.fake.AzureFake;
import dev.skyhedge.providers.azure.fake.FakeGeography;
import dev.skyhedge.providers.azure.fake.FakeRules;
import dev.skyhedge.providers.cloud.contract.NodeClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/// Azure's client for another language drives the fake. Needs a directory with
/// `node_modules/@azure/arm-compute` (`npm install @azure/arm-compute`) in the property `azure.node`.
@EnabledIfSystemProperty(named = "azure.node", matches = ".+")
class NodeClientIT {
    @Test
    void launchesListsAndDeletes() throws Exception {
        FakeRules rules = new FakeRules(
                Duration.ofMillis(300),
                Duration.ofMillis(400),
                Duration.ofMillis(200),
                Duration.ofSeconds(30),
                Duration.ZERO,
                1,
                0,
                false);
        try (AzureFake fake = new AzureFake(FakeGeography.small(), rules, InstantSource.system())) {
            fake.cloud().makeGroup("node", "eastus");
            fake.cloud().capacity("eastus", "1", "Standard_NC24ads_A100_v4", false, 0);
            String said = NodeClient.runResource(
                    NodeClientIT.class,
                    "drive-fake.cjs",
                    Path.of(System.getProperty("azure.node")),
                    fake.endpoint(),
                    AzureFake.SUBSCRIPTION);

            assertThat(said)
                    .contains("created Succeeded true")
                    .contains("listed sh-node Spot")
                    .contains("sku 1 2 3")
                    .contains("refused ")
                    .contains("remains Failed ProvisioningState/failed/ZonalAllocationFailed")
                    .contains("deleted 404 ResourceNotFound");
            assertThat(fake.cloud().created()).isEqualTo(1);
        }
    }
}
