package dev.skyhedge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.spi.Accelerator;
import dev.skyhedge.spi.Finding;
import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Offer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is said of replicas that nobody could reach, before they are paid for.
class ReachTest {
    private static final Finding CLOSED = new Finding.Bad("port 8000", "closed by group g", "Open it.");

    private final FakeCloud cloud = new FakeCloud();

    @TempDir
    private Path directory;

    private Shell shell;

    @BeforeEach
    void declare() {
        shell = new Shell(directory, ClassPathPlugins.of(cloud));
        shell.write("chat.hcl", SpecTexts.CHAT.replace("simulated", "fake"));
        cloud.reach = List.of(CLOSED);
        cloud.offers = List.of(new Offer(
                "g6.xlarge",
                Accelerator.parse("L4:1"),
                new Location("fake", "east", "east-a"),
                Market.SPOT,
                HourlyPrice.ofUsd("0.30")));
    }

    @Test
    void aPlanWarnsWithTheRemedyAndIsNoFailure() {
        Shell.Result plan = shell.run("plan", "chat.hcl");

        assertThat(plan.code()).as(plan.both()).isZero();
        assertThat(plan.err())
                .contains("Warning: Replicas may not be reached in fake: port 8000")
                .contains("closed by group g. Open it.");
        assertThat(shell.run("plan", "chat.hcl", "-json").out()).contains("closed by group g. Open it.");
    }

    @Test
    void applyWarnsOnceAndBeforeItAsks() {
        Shell.Result apply = shell.run("apply", "chat.hcl");

        assertThat(apply.code()).as(apply.both()).isEqualTo(1);
        assertThat(apply.err()).containsOnlyOnce("Warning: Replicas may not be reached in fake: port 8000");
    }

    @Test
    void whatADestroyGivesBackNeedsNotBeReached() {
        shell.run("destroy", "chat.hcl", "-auto-approve");

        assertThat(cloud.reachAsked).isEmpty();
    }

    @Test
    void onlyWhereThePlanLaunchesIsAskedAbout() {
        shell.run("plan", "chat.hcl");

        assertThat(cloud.reachAsked).containsExactly("fake/east/east-a [8000]");
    }

    @Test
    void aCloudThatDoesNotAnswerThisHoldsUpNoPlan() {
        cloud.callTimeout = Duration.ofMillis(200);
        cloud.heldUp = Set.of("reach");

        assertThat(shell.run("plan", "chat.hcl").code()).isZero();
        cloud.letGo();
    }

    @Test
    void doctorLooksEverywhereWhereTheServicesOfASpecMayBe() {
        Shell.Result result = shell.run("doctor", "chat.hcl");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out()).contains("port 8000", "closed by group g", "Open it.");
        assertThat(cloud.reachAsked).singleElement().asString().endsWith(" [8000]");
    }

    @Test
    void doctorWithoutASpecKnowsNoPorts() {
        assertThat(shell.run("doctor").code()).isZero();
        assertThat(cloud.reachAsked).isEmpty();
    }
}
