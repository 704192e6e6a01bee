package dev.skyhedge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class PlanCommandTest extends ShellFixture {
    private void apply() {
        assertThat(shell.run("apply", "chat.hcl", "-auto-approve").code()).isZero();
    }

    @Test
    void leavesNoStateBehind() {
        Shell.Result result = shell.run("plan", "chat.hcl");

        assertThat(result.code()).isZero();
        assertThat(result.out()).contains("+ chat-1").contains("Plan: 2 to launch, 0 to replace, 0 to terminate.");
        assertThat(Files.exists(shell.state())).isFalse();
        assertThat(cloud.everRented()).isEmpty();
    }

    @Test
    void detailedExitCodeTellsChangesFromNoneAndFromErrors() {
        assertThat(shell.run("plan", "chat.hcl", "-detailed-exitcode").code()).isEqualTo(2);
        apply();
        assertThat(shell.run("plan", "chat.hcl", "-detailed-exitcode").code()).isZero();
        assertThat(shell.run("plan", "nothing.hcl", "-detailed-exitcode").code())
                .isEqualTo(1);
    }

    @Test
    void savedPlanIsShownAndCarriedOutAsItIs() {
        Shell.Result planned = shell.run("plan", "chat.hcl", "-out=" + shell.file("p.plan"));

        Shell.Result shown = shell.run("show", "p.plan");
        Shell.Result applied = shell.run("apply", "p.plan");

        assertThat(planned.code()).isZero();
        assertThat(planned.out())
                .contains("Saved the plan to: p.plan")
                .contains(shown.out().strip());
        assertThat(applied.code()).as(applied.both()).isZero();
        assertThat(cloud.live()).hasSize(2);
        assertThat(shell.run("plan", "chat.hcl", "-detailed-exitcode").code()).isZero();
    }

    @Test
    void showsAllThatAnUpdateReplacesAndWhatOfItIsNow() {
        apply();
        shell.write("chat.hcl", SpecTexts.CHAT.replace("\"serve\"", "\"serve2\""));

        Shell.Result rolling = shell.run("plan", "chat.hcl", "-out=" + shell.file("p.plan"));

        assertThat(rolling.out())
                .contains("Plan: 0 to launch, 2 to replace, 0 to terminate, 1 to update.")
                .contains("Now: 1 to launch. The rest follows as replacements serve, one at a time.");
        assertThat(shell.run("show", "p.plan").out()).contains("2 to replace").contains("Now: 1 to launch.");

        shell.write(
                "chat.hcl",
                SpecTexts.CHAT
                        .replace("\"serve\"", "\"serve2\"")
                        .replace("min_replicas = 2", "min_replicas = 3")
                        .replace("scaling {", "update {\n mode = \"blue_green\"\n}\nscaling {"));
        assertThat(shell.run("plan", "chat.hcl").out())
                .contains("Plan: 1 to launch, 2 to replace, 0 to terminate, 1 to update.")
                .contains("Now: 3 to launch. The rest follows as replacements serve, all at once");
    }

    @Test
    void saysNothingOfLaterStepsWhereThereAreNone() {
        assertThat(shell.run("plan", "chat.hcl").out()).doesNotContain("Now: ");
        apply();
        shell.write("chat.hcl", SpecTexts.CHAT.replace("min_replicas = 2", "min_replicas = 1"));

        assertThat(shell.run("plan", "chat.hcl").out())
                .contains("Plan: 0 to launch, 0 to replace, 1 to terminate, 1 to update.")
                .doesNotContain("Now: ");
    }

    @Test
    void stalePlanIsRefused() {
        shell.run("plan", "chat.hcl", "-out=" + shell.file("p.plan"));
        apply();

        Shell.Result result = shell.run("apply", "p.plan");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains("stale");
        assertThat(cloud.everRented()).hasSize(2);
    }

    @Test
    void planOfAnotherStateIsRefused() {
        shell.run("plan", "chat.hcl", "-out=" + shell.file("p.plan"));

        Shell.Result result = shell.run("apply", "p.plan", "-state=" + shell.file("other-state"));

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains("lineage");
        assertThat(cloud.everRented()).isEmpty();
    }

    @Test
    void somethingElseThanAPlanIsRefused() {
        shell.write("not.plan", "hello");

        assertThat(shell.run("apply", "not.plan").code()).isEqualTo(1);
        assertThat(shell.run("show", "not.plan").err()).contains("not.plan");
    }

    @Test
    void targetLeavesOtherServicesOutAndSaysSo() {
        shell.write("chat.hcl", SpecTexts.chatAnd("talk"));

        Shell.Result result = shell.run("plan", "chat.hcl", "-target=service.talk");

        assertThat(result.out()).contains("talk-1").doesNotContain("chat-1");
        assertThat(result.err()).contains("Resource targeting is in effect");
        assertThat(shell.run("plan", "chat.hcl", "-target=tlak").code()).isEqualTo(1);
    }

    @Test
    void replaceLaunchesBeforeItTerminates() {
        apply();

        Shell.Result result = shell.run("plan", "chat.hcl", "-replace=service.chat/chat-1");
        Shell.Result applied = shell.run("apply", "chat.hcl", "-replace=chat-1", "-auto-approve");

        assertThat(result.out()).contains("chat-3");
        assertThat(applied.code()).as(applied.both()).isZero();
        assertThat(cloud.live()).extracting(rental -> rental.tags().replica()).contains("chat-2", "chat-3");
        assertThat(cloud.live()).hasSize(2);
        assertThat(shell.run("plan", "chat.hcl", "-replace=chat-9").err())
                .contains("chat-9")
                .contains("chat-2");
    }

    @Test
    void refreshOnlyShowsWhatChangedOutsideAndLaunchesNothing() {
        apply();
        cloud.cloud().exit(cloud.live().getFirst().instanceId(), "killed by hand");

        Shell.Result result = shell.run("plan", "chat.hcl", "-refresh-only", "-detailed-exitcode");

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.out())
                .contains("Objects have changed outside of Skyhedge")
                .contains("No changes.")
                .contains("killed by hand");
        assertThat(cloud.everRented()).hasSize(2);
    }

    @Test
    void destroyPlansTheEndOfEverything() {
        apply();

        Shell.Result result = shell.run("plan", "chat.hcl", "-destroy", "-detailed-exitcode");

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.out()).contains("2 to terminate");
        assertThat(cloud.live()).hasSize(2);
    }

    @Test
    void protectedServiceIsNotDestroyed() {
        shell.write("chat.hcl", SpecTexts.CHAT.replace("service \"chat\" {", "service \"chat\" {\n  protect = true\n"));
        apply();

        Shell.Result result = shell.run("destroy", "chat.hcl", "-auto-approve");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains("protect");
        assertThat(cloud.live()).hasSize(2);
    }
}
