package dev.skyhedge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.cli.view.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// An empty world is suspicious.
class LostStateTest extends ShellFixture {
    private String lineage = "";

    @BeforeEach
    void applyAndLoseTheState() throws IOException {
        assertThat(shell.run("apply", "chat.hcl", "-auto-approve").code()).isZero();
        lineage = cloud.live().getFirst().tags().lineage();
        lose();
    }

    private void lose() throws IOException {
        try (Stream<Path> files = Files.list(shell.state())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.delete(file);
            }
        }
    }

    private void adopt() {
        Shell.Result adopted = shell.run("state", "adopt", lineage);
        assertThat(adopted.code()).as(adopted.both()).isZero();
    }

    @Test
    void planApplyAndWatchRefuseToLaunchDuplicates() {
        Shell.Result plan = shell.run("plan", "chat.hcl");
        Shell.Result apply = shell.run("apply", "chat.hcl", "-auto-approve");
        Shell.Result watch = shell.run("watch", "chat.hcl", "-admin-port=0");

        assertThat(plan.code()).isEqualTo(1);
        assertThat(plan.err()).contains("skyhedge state adopt " + lineage).contains("chat-1", "chat-2");
        assertThat(apply).isEqualTo(plan);
        assertThat(watch.code()).isEqualTo(1);
        assertThat(watch.err()).isEqualTo(plan.err());
        assertThat(cloud.everRented()).hasSize(2);
        // Both are launched at once, so that either may be the first instance.
        String message = plan.err().replace(lineage, "LINEAGE").replaceAll("i-\\d+", "INSTANCE");
        Golden.check("lost-state.txt", message);
    }

    @Test
    void adoptedStateTakesOverWhatRuns() {
        adopt();

        Shell.Result plan = shell.run("plan", "chat.hcl");
        assertThat(plan.code()).isZero();
        assertThat(plan.out())
                .contains("0 to launch")
                .contains("chat-1", "chat-2")
                .contains("adopted");
        Shell.Result apply = shell.run("apply", "chat.hcl", "-auto-approve");
        assertThat(apply.code()).as(apply.both()).isZero();
        assertThat(cloud.everRented()).hasSize(2);
        assertThat(shell.run("status").out()).contains("chat-1", "chat-2").contains("READY");
        assertThat(shell.run("plan", "chat.hcl", "-detailed-exitcode").code()).isZero();
    }

    @Test
    void adoptionWorksAfterARefusedApplyLeftAnEmptyState() {
        shell.run("apply", "chat.hcl", "-auto-approve");

        adopt();

        assertThat(shell.run("apply", "chat.hcl", "-auto-approve").code()).isZero();
        assertThat(cloud.everRented()).hasSize(2);
    }

    @Test
    void whatWasAdoptedIsDestroyedLikeAnyOther() {
        adopt();
        shell.run("apply", "chat.hcl", "-auto-approve");

        assertThat(shell.run("destroy", "chat.hcl", "-auto-approve").code()).isZero();
        assertThat(cloud.live()).isEmpty();
        assertThat(shell.run("apply", "chat.hcl", "-auto-approve").code()).isZero();
        assertThat(cloud.live()).hasSize(2);
    }

    @Test
    void missingReplicaIsLaunchedBesideAdoptedOnes() {
        cloud.cloud().exit(cloud.live().getFirst().instanceId(), "gone meanwhile");
        adopt();

        Shell.Result apply = shell.run("apply", "chat.hcl", "-auto-approve", "-timeout=15s");

        assertThat(apply.code()).as(apply.both()).isZero();
        assertThat(cloud.live()).hasSize(2);
        assertThat(cloud.everRented()).hasSize(3);
    }

    @Test
    void stateInUseAdoptsNothing() {
        adopt();
        shell.run("apply", "chat.hcl", "-auto-approve");

        Shell.Result result = shell.run("state", "adopt", "another");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains("State is not empty").contains(lineage);
        assertThat(shell.run("plan", "chat.hcl", "-detailed-exitcode").code()).isZero();
    }

    @Test
    void fileThatIsGoneBesideItsLineageIsRefusedAndCanBeAdopted() throws IOException {
        adopt();
        shell.run("apply", "chat.hcl", "-auto-approve");
        Files.delete(shell.state().resolve("state.mv.db"));

        Shell.Result refused = shell.run("plan", "chat.hcl");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).contains("State is lost").contains("skyhedge state adopt " + lineage);
        assertThat(shell.run("state", "adopt", "another").code()).isEqualTo(1);

        adopt();
        assertThat(shell.run("apply", "chat.hcl", "-auto-approve").code()).isZero();
        assertThat(cloud.everRented()).hasSize(2);
    }

    @Test
    void nonsenseIsNoLineage() {
        assertThat(shell.run("state", "adopt", "a b").err()).contains("Invalid lineage");
    }

    @Test
    void serviceOfAnotherNameIsNotInTheWay() {
        shell.write("talk.hcl", SpecTexts.CHAT.replace("\"chat\"", "\"talk\""));

        assertThat(shell.run("apply", "talk.hcl", "-auto-approve").code()).isZero();
        assertThat(cloud.live()).hasSize(4);
    }
}
