package dev.skyhedge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.providers.simulated.Rental;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The blocks `moved`, `removed` and `import`, and `depends_on`, as a user sees them.
class RefactoringCommandsTest extends ShellFixture {
    private static final String SERVICE = SpecTexts.CHAT.substring(0, SpecTexts.CHAT.indexOf("output"));
    private static final String ASSISTANT = SERVICE.replace("\"chat\"", "\"assistant\"");
    private static final String MOVED = """
            moved {
              from = service.chat
              to   = service.assistant
            }
            """;
    private static final String FORGOTTEN = """
            removed {
              from = service.chat
              lifecycle {
                destroy = false
              }
            }
            """;

    private List<String> rented() {
        return cloud.live().stream().map(Rental::instanceId).sorted().toList();
    }

    private void applyChat() {
        Shell.Result applied = shell.run("apply", "chat.hcl", "-auto-approve");
        assertThat(applied.code()).as(applied.both()).isZero();
    }

    @Test
    void aMoveIsShownAndKeepsWhatRuns() {
        applyChat();
        List<String> before = rented();
        shell.write("chat.hcl", ASSISTANT + MOVED);

        Shell.Result plan = shell.run("plan", "chat.hcl");
        Shell.Result json = shell.run("plan", "chat.hcl", "-json");
        Shell.Result saved = shell.run("plan", "chat.hcl", "-out=" + shell.file("move.plan"));
        Shell.Result applied = shell.run("apply", "move.plan");

        assertThat(plan.code()).as(plan.both()).isZero();
        assertThat(plan.out())
                .contains("# service.chat has moved to service.assistant")
                .contains("service.assistant: 2 wanted")
                .contains("its replicas keep running")
                .contains("Plan: 0 to launch, 0 to replace, 0 to terminate, 1 to move.");
        assertThat(json.out())
                .contains("\"action\":\"move\"")
                .contains("\"previous_resource\"")
                .contains("skyhedge_service.assistant");
        assertThat(saved.code()).as(saved.both()).isZero();
        assertThat(applied.code()).as(applied.both()).isZero();
        assertThat(rented()).isEqualTo(before);
        assertThat(shell.run("state", "list").out())
                .isEqualTo("service.assistant\nservice.assistant/chat-1\nservice.assistant/chat-2\n");
        assertThat(shell.run("apply", "chat.hcl", "-auto-approve").out()).contains("No changes.");
        assertThat(cloud.everRented()).hasSize(2);
    }

    @Test
    void aMoveToAPlaceThatIsTakenIsRefused() {
        shell.write("chat.hcl", SpecTexts.chatAnd("assistant"));
        applyChat();
        shell.write("chat.hcl", ASSISTANT + MOVED);

        Shell.Result result = shell.run("apply", "chat.hcl", "-auto-approve");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err())
                .contains("The place of a moved service is taken")
                .contains("skyhedge state rm assistant");
        assertThat(cloud.live()).hasSize(4);
    }

    @Test
    void aForgottenServiceRunsOnUntilAnImportTakesItBack() {
        applyChat();
        List<String> before = rented();
        shell.write("chat.hcl", FORGOTTEN);

        Shell.Result plan = shell.run("plan", "chat.hcl");
        Shell.Result forgotten = shell.run("apply", "chat.hcl", "-auto-approve");

        assertThat(plan.out())
                .contains("service.chat will no longer be managed by Skyhedge, but will not be destroyed")
                .contains("service.chat: to be forgotten")
                .contains(". forget")
                .contains("2 to forget");
        assertThat(shell.run("plan", "chat.hcl", "-json").out()).doesNotContain("\"action\":\"delete\"");
        assertThat(forgotten.code()).as(forgotten.both()).isZero();
        assertThat(forgotten.out()).contains("Forgotten; its instance runs on");
        assertThat(shell.run("apply", "chat.hcl", "-auto-approve").code()).isZero();
        assertThat(rented()).isEqualTo(before);
        assertThat(shell.run("state", "list").out()).isBlank();

        shell.write(
                "chat.hcl",
                SERVICE
                        + before.stream()
                                .map(id -> "import {\n  to = service.chat\n  id = \"" + id + "\"\n}\n")
                                .reduce("", String::concat));
        Shell.Result importing = shell.run("plan", "chat.hcl");
        Shell.Result imported = shell.run("apply", "chat.hcl", "-auto-approve");

        assertThat(importing.out())
                .contains("= chat-1")
                .contains("imported: instance " + before.getFirst())
                .contains("2 to import");
        assertThat(imported.code()).as(imported.both()).isZero();
        assertThat(imported.out()).contains("Importing").contains("2 imported");
        assertThat(rented()).isEqualTo(before);
        assertThat(cloud.everRented()).hasSize(2);
        assertThat(shell.run("apply", "chat.hcl", "-auto-approve").out()).contains("No changes.");
    }

    @Test
    void anImportOfWhatIsNotThereIsAnError() {
        shell.write("chat.hcl", SERVICE + "import {\n  to = service.chat\n  id = \"i-nowhere\"\n}\n");

        Shell.Result result = shell.run("plan", "chat.hcl");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains("Cannot import what is not there").contains("i-nowhere");
    }

    @Test
    void whatWasForgottenByStateRmIsNotEndedByTheNextApply() {
        applyChat();
        List<String> before = rented();
        assertThat(shell.run("state", "rm", "service.chat", "-auto-approve").code())
                .isZero();
        shell.write("chat.hcl", ASSISTANT);

        Shell.Result applied = shell.run("apply", "chat.hcl", "-auto-approve");

        assertThat(applied.code()).as(applied.both()).isZero();
        assertThat(rented()).containsAll(before).hasSize(4);
    }

    @Test
    void aSavedPlanLaunchesInTheOrderOfDependencies() {
        shell.write(
                "chat.hcl", ASSISTANT.replace("  replica {", "  depends_on = [service.chat]\n\n  replica {") + SERVICE);

        Shell.Result plan = shell.run("plan", "chat.hcl", "-out=" + shell.file("all.plan"));
        Shell.Result applied = shell.run("apply", "all.plan");

        assertThat(plan.out())
                .contains("once chat is ready")
                .contains("waits until chat is ready, as depends_on says")
                .contains("Plan: 4 to launch");
        assertThat(applied.code()).as(applied.both()).isZero();
        assertThat(applied.out()).contains("4 launched");
        assertThat(cloud.everRented())
                .extracting(rental -> rental.tags().service())
                .containsExactly("chat", "chat", "assistant", "assistant");

        Shell.Result destroyed = shell.run("destroy", "chat.hcl", "-auto-approve");
        assertThat(destroyed.code()).as(destroyed.both()).isZero();
        assertThat(destroyed.out()).contains("ends after assistant");
        assertThat(cloud.live()).isEmpty();
    }

    @Test
    void dependingOnEachOtherIsAnErrorWithPlaces() {
        shell.write(
                "chat.hcl",
                ASSISTANT.replace("  replica {", "  depends_on = [service.chat]\n\n  replica {")
                        + SERVICE.replace("  replica {", "  depends_on = [service.assistant]\n\n  replica {"));

        Shell.Result result = shell.run("validate", "chat.hcl");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.both())
                .contains("Cycle")
                .contains("service.assistant (")
                .contains("chat.hcl:");
    }

    @Test
    void anIgnoredChangeIsNotPlanned() {
        applyChat();
        shell.write(
                "chat.hcl",
                SERVICE.replace("min_replicas = 2", "min_replicas = 3")
                        .replace("  replica {", "  lifecycle {\n    ignore_changes = [scaling]\n  }\n\n  replica {"));

        assertThat(shell.run("plan", "chat.hcl").out()).contains("No changes.");
        assertThat(shell.run("apply", "chat.hcl", "-auto-approve").out()).contains("No changes.");
    }

    @Test
    void anUnknownAttributeToIgnoreIsAnErrorWithItsPlace() {
        shell.write(
                "chat.hcl",
                SERVICE.replace(
                        "  replica {",
                        "  lifecycle {\n    ignore_changes = [scaling.min_replica]\n  }\n\n  replica {"));

        Shell.Result result = shell.run("validate", "chat.hcl");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.both())
                .contains("Invalid ignore_changes argument")
                .contains("Did you mean \"scaling.min_replicas\"?")
                .contains("chat.hcl line 3");
    }

    private static String precondition(int least) {
        return """
                  precondition {
                    condition     = service.chat.ready_replicas >= %d
                    error_message = "chat needs %d"
                  }

                  replica {""".formatted(least, least);
    }

    @Test
    void aPreconditionThatWasUnknownIsCheckedBeforeAnythingOfItsServiceIsDone() {
        shell.write("chat.hcl", ASSISTANT.replace("  replica {", precondition(2)) + SERVICE);

        Shell.Result plan = shell.run("plan", "chat.hcl", "-out=" + shell.file("all.plan"));
        Shell.Result applied = shell.run("apply", "all.plan");

        assertThat(plan.out()).contains("once its precondition is found to be met");
        assertThat(plan.err()).contains("Condition not checked");
        assertThat(applied.code()).as(applied.both()).isZero();
        assertThat(cloud.everRented())
                .extracting(rental -> rental.tags().service())
                .containsExactly("chat", "chat", "assistant", "assistant");
    }

    @Test
    void aPreconditionThatTurnsOutNotToBeMetStopsItsService() {
        shell.write("chat.hcl", ASSISTANT.replace("  replica {", precondition(3)) + SERVICE);

        Shell.Result applied = shell.run("apply", "chat.hcl", "-auto-approve");
        Shell.Result again = shell.run("plan", "chat.hcl");

        assertThat(applied.code()).isEqualTo(1);
        assertThat(applied.err()).contains("Service precondition failed").contains("chat needs 3");
        assertThat(again.code()).isEqualTo(1);
        assertThat(again.err()).contains("chat needs 3");
        assertThat(cloud.everRented())
                .extracting(rental -> rental.tags().service())
                .containsOnly("chat");
    }

    @Test
    void checksAreShownAsTheyWereFoundLast() {
        shell.write("chat.hcl", SERVICE + """
                check "enough" {
                  assert {
                    condition     = service.chat.ready_replicas >= 2
                    error_message = "too few"
                  }
                }
                check "plenty" {
                  assert {
                    condition     = service.chat.ready_replicas >= 20
                    error_message = "not plenty"
                  }
                }
                """);

        applyChat();

        assertThat(shell.run("status").out())
                .containsPattern("check.enough +PASS")
                .containsPattern("check.plenty +FAIL +not plenty");
        assertThat(shell.run("status", "-json").out())
                .contains("\"check.plenty\"")
                .contains("\"fail\"");
    }

    @Test
    void aSavedPlanOfAnUpdateSaysWhatRemains() {
        applyChat();
        shell.write("chat.hcl", SERVICE.replace("[\"serve\"]", "[\"serve\", \"v2\"]"));

        shell.run("plan", "chat.hcl", "-out=" + shell.file("update.plan"));
        Shell.Result first = shell.run("apply", "update.plan");

        assertThat(first.code()).as(first.both()).isEqualTo(2);
        assertThat(first.out()).contains("Apply complete! Replicas: 1 launched");
        assertThat(first.err())
                .contains("The plan is carried out, and the spec asks for more")
                .contains("to terminate");
        assertThat(shell.run("apply", "chat.hcl", "-auto-approve").code()).isZero();
        assertThat(cloud.live()).hasSize(2);
    }
}
