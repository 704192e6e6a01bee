package dev.skyhedge.cli.clouds;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skyhedge.cli.clouds.FakeCloudProcess.Entry;
import dev.skyhedge.cli.crash.Installed;
import dev.skyhedge.cli.crash.Run;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/// One service over three clouds, from its plan to its end, while clouds fail. `-Dscenario.outage=PT10M` sets how
/// long a whole cloud stays down.
@EnabledIfSystemProperty(
        named = Installed.PROPERTY,
        matches = ".+",
        disabledReason = "The distribution is not assembled yet")
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class ThreeCloudsIT {
    private static final Duration OUTAGE = Duration.parse(System.getProperty("scenario.outage", "PT15S"));
    private static final Duration PATIENCE = Duration.ofSeconds(180);
    private static final long LOOK_NANOS = 300_000_000;
    private static final long SELDOM_NANOS = 3_000_000_000L;
    private static final int LOOKS = 20;
    private static final int EACH = 2;

    private final ObjectMapper json = new ObjectMapper();

    @TempDir
    private Path directory;

    private CloudScene scene;

    @BeforeEach
    void layOut() throws IOException {
        scene = new CloudScene(
                directory,
                5,
                1,
                Cloud.OF_MACHINES,
                "aws/us-east-1/*",
                "aws/us-west-2/*",
                "gcp/us-central1/*",
                "azure/eastus/*");
    }

    @AfterEach
    void stop() throws Exception {
        scene.close();
    }

    @Test
    void plansWithPricesAndReasonsOfThreeCloudsAndRentsNothing() throws Exception {
        String plan = scene.succeed("plan").output();

        for (String location : List.of("azure/eastus/1", "gcp/us-central1/us-central1-a", "aws/us-east-1/us-east-1a")) {
            assertThat(plan)
                    .containsPattern("\\+ chat-\\d +spot +" + location + " .*T4:1 +\\$0\\.\\d+/h +cheapest zone");
        }
        assertThat(plan)
                .contains("Plan: 6 to launch, 0 to replace, 0 to terminate.")
                .doesNotContain("WARNING");
        scene.requireNoDuplicate("planned");
        assertThat(scene.live()).isEmpty();
    }

    @Test
    void appliesThePlanAndDestroyLeavesEveryLedgerEmpty() throws Exception {
        Run.Ended applied = scene.succeed("apply", "-auto-approve");

        assertThat(applied.output()).doesNotContain("WARNING");
        scene.judge(scene.wantedWithSpares(), "applied");
        for (Cloud cloud : Cloud.OF_MACHINES) {
            assertThat(scene.fake(cloud).live()).as(cloud.word()).hasSize(EACH);
        }

        destroy();
    }

    @Test
    void keepsItsNumberElsewhereWhenAZoneLosesItsCapacity() throws Exception {
        FakeCloudProcess gcp = scene.fake(Cloud.GCP);
        Run watch = watch();

        gcp.full("us-central1-a");
        Entry taken = preempt(gcp, one -> one.zone().equals("us-central1-a"));
        awaitFullNumber("without the zone");

        assertThat(scene.live()).extracting(Entry::zone).doesNotContain(taken.zone());
        end(watch);
        destroy();
    }

    @Test
    void keepsItsNumberElsewhereWhenARegionHasNoQuotaLeft() throws Exception {
        FakeCloudProcess aws = scene.fake(Cloud.AWS);
        Run watch = watch();

        aws.noQuota("us-east-1");
        Entry taken = preempt(aws, one -> one.region().equals("us-east-1"));
        awaitFullNumber("without the region");

        assertThat(aws.live())
                .filteredOn(one -> one.region().equals(taken.region()))
                .hasSize(EACH - 1);
        end(watch);
        destroy();
    }

    @Test
    void keepsItsNumberElsewhereWhileAWholeCloudAnswers500() throws Exception {
        FakeCloudProcess azure = scene.fake(Cloud.AZURE);
        Run watch = watch();

        long over = System.nanoTime() + OUTAGE.toNanos();
        azure.down();
        preempt(azure, one -> true);
        awaitFullNumber("during the outage");
        while (System.nanoTime() - over < 0) {
            requireService("during the outage");
            LockSupport.parkNanos(Math.min(SELDOM_NANOS, OUTAGE.toNanos() / LOOKS));
        }
        assertThat(azure.ledger()).as("nothing can be rented there").hasSize(EACH);
        azure.up();
        awaitFullNumber("after the outage");

        end(watch);
        destroy();
    }

    /// Watches the spec until everything is there.
    private Run watch() throws Exception {
        Run watch = scene.start("", "watch", "-admin-port=0");
        watch.awaitOutput("READY");
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (scene.ready("begun") < scene.wantedWithSpares()) {
            assertThat(System.nanoTime() - deadline).as(watch.output()).isNegative();
            pause();
        }
        return watch;
    }

    private static Entry preempt(FakeCloudProcess cloud, Predicate<Entry> which) throws IOException {
        Entry taken = cloud.live().stream().filter(which).findFirst().orElseThrow();
        cloud.preempt(taken);
        assertThat(cloud.live()).doesNotContain(taken);
        return taken;
    }

    /// Waits for as many as are wanted with spares; as many as are wanted have to serve all the while.
    private void awaitFullNumber(String when) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!(requireService(when) == scene.wantedWithSpares()
                && scene.live().size() == scene.wantedWithSpares())) {
            assertThat(System.nanoTime() - deadline)
                    .as("%d rented %s", scene.live().size(), when)
                    .isNegative();
            pause();
        }
        scene.requireNoDuplicate(when);
        assertThat(statedReady()).as("status %s", when).isGreaterThanOrEqualTo(scene.wanted());
    }

    /// How many are ready and rented.
    private int requireService(String when) throws Exception {
        int ready = scene.ready(when);
        int live = scene.live().size();
        assertThat(Math.min(ready, live))
                .as("ready %d, rented %d %s", ready, live, when)
                .isGreaterThanOrEqualTo(scene.wanted());
        return Math.min(ready, live);
    }

    /// How many replicas may take traffic, as the command says.
    private int statedReady() throws Exception {
        return json.readTree(scene.succeed("status", "-json").output())
                .path("services")
                .path(0)
                .path("ready")
                .asInt();
    }

    private static void pause() {
        LockSupport.parkNanos(LOOK_NANOS);
    }

    private static void end(Run watch) throws Exception {
        watch.terminate();
        Run.Ended ended = watch.await();
        assertThat(ended.exitCode()).as(ended.output()).isZero();
    }

    private void destroy() throws Exception {
        scene.succeed("destroy", "-auto-approve");
        scene.judge(0, "destroyed");
    }
}
