package dev.skyhedge.providers.gcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.providers.cloud.contract.NodeClient;
import dev.skyhedge.providers.gcp.fake.ComputeFake;
import dev.skyhedge.providers.gcp.fake.FakeGeography;
import dev.skyhedge.providers.gcp.fake.FakeRules;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/// Google's client for another language drives the fake. Needs a directory with
/// `node_modules/@google-cloud/compute` (`npm install @google-cloud/compute@4`) in the property `gcp.node`.
@EnabledIfSystemProperty(named = "gcp.node", matches = ".+")
class NodeClientIT {
    @Test
    void launchesListsAndDeletes() throws Exception {
        FakeRules rules = new FakeRules(
                Duration.ofMillis(300),
                Duration.ofMillis(400),
                Duration.ofMillis(200),
                Duration.ofSeconds(30),
                Duration.ZERO,
                Duration.ofMinutes(60),
                0);
        try (ComputeFake fake = new ComputeFake(FakeGeography.small(), rules, InstantSource.system())) {
            String said = NodeClient.runResource(
                    NodeClientIT.class,
                    "drive-fake.cjs",
                    Path.of(System.getProperty("gcp.node")),
                    fake.endpoint(),
                    ComputeFake.PROJECT);

            assertThat(said)
                    .contains("inserted DONE")
                    .contains("listed sh-node SPOT")
                    .contains("refused 3 ")
                    .contains("deleted 5");
            assertThat(fake.cloud().created()).isEqualTo(1);
        }
    }
}
