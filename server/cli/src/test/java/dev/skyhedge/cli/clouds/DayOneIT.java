package dev.skyhedge.cli.clouds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.cli.clouds.FakeCloudProcess.Entry;
import dev.skyhedge.cli.crash.Installed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/// Three clouds as somebody has them who has just opened the accounts: AWS denies everything, Google's network has no
/// subnet in one region, and Azure's quotas are 0. The plugins speak to the fakes of their clouds.
@EnabledIfSystemProperty(
        named = Installed.PROPERTY,
        matches = ".+",
        disabledReason = "The distribution is not assembled yet")
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class DayOneIT {
    private static final int WANTED = 3;
    private static final int SPARES = 1;
    private static final String BARE = "europe-west4";

    /// For a machine type on spot and on demand, and for what lies between them once both have said the same.
    private static final int MOST_REFUSALS = 3;

    @TempDir
    private Path directory;

    private CloudScene scene;

    @BeforeEach
    void layOut() throws IOException {
        scene = new CloudScene(
                directory,
                WANTED,
                SPARES,
                Cloud.OF_MACHINES,
                "aws/us-east-1/*",
                "gcp/us-central1/*",
                "gcp/" + BARE + "/*",
                "azure/eastus/*");
        scene.fake(Cloud.AWS).deny();
        scene.fake(Cloud.GCP).bare(BARE);
        scene.fake(Cloud.AZURE).noQuota("eastus");
    }

    @AfterEach
    void stop() throws Exception {
        scene.close();
    }

    @Test
    void planSaysWhyEachPlaceIsClosed() throws Exception {
        String plan = scene.succeed("plan").output();

        assertThat(plan)
                .contains("Provider \"aws\" is left out")
                .contains("denied: UnauthorizedOperation")
                .contains("has no subnetwork in " + BARE)
                .contains("leaves no room in azure/eastus/* spot")
                .contains("leaves no room in azure/eastus/* on_demand")
                .contains("Plan: 4 to launch")
                .doesNotContain(" spot  aws/")
                .doesNotContain(" spot  azure/");
    }

    @Test
    void isAtItsWantedNumberElsewhereWithinAMinuteAndAsksClosedPlacesSeldom() throws Exception {
        scene.succeed("apply", "-auto-approve", "-timeout=1m");

        scene.judge(scene.wantedWithSpares(), "applied");
        assertThat(scene.live())
                .hasSize(WANTED + SPARES)
                .extracting(Entry::region)
                .containsOnly("us-central1");
        assertThat(calls(Cloud.AWS, "RunInstances")).isZero();
        assertThat(calls(Cloud.AZURE, "VirtualMachines.CreateOrUpdate")).isZero();
        int refused = calls(Cloud.GCP, "Instances.Insert") - scene.live().size();
        assertThat(refused).as("launches that the bare region refused").isBetween(1, MOST_REFUSALS);
        scene.succeed("destroy", "-auto-approve");
        scene.judge(0, "destroyed");
    }

    /// How often it has been called by that name.
    private int calls(Cloud cloud, String name) throws IOException {
        return scene.fake(cloud).takeCalls().getOrDefault(name, 0);
    }
}
