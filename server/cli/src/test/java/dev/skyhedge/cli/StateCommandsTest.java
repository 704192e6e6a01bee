package dev.skyhedge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StateCommandsTest extends ShellFixture {
    @BeforeEach
    void apply() {
        assertThat(shell.run("apply", "chat.hcl", "-auto-approve").code()).isZero();
    }

    @Test
    void listNamesServicesAndReplicas() {
        assertThat(shell.run("state", "list").out()).contains("service.chat").contains("chat-1", "chat-2");
        assertThat(shell.run("state", "list", "-json").out()).contains("\"service.chat/chat-1\"");
    }

    @Test
    void showTellsAllOfOne() {
        assertThat(shell.run("state", "show", "chat-1").out())
                .contains("simulated/")
                .contains("g6.xlarge");
        assertThat(shell.run("state", "show", "service.chat").out()).contains("chat");
        Shell.Result unknown = shell.run("state", "show", "chat-7");
        assertThat(unknown.code()).isEqualTo(1);
        assertThat(unknown.err()).contains("chat-7");
    }

    @Test
    void showGoesBackInTime() {
        assertThat(shell.run("state", "show", "chat-1", "-serial=1").both()).contains("chat-1");
        Shell.Result never = shell.run("state", "show", "chat-1", "-serial=9999");
        assertThat(never.code()).isEqualTo(1);
        assertThat(never.err()).contains("State has no such serial").contains("9999");
    }

    @Test
    void historyIsNewestFirst() {
        assertThat(shell.run("state", "history").out()).contains("chat-1");
        assertThat(shell.run("state", "history", "-limit=1", "-json").out()).contains("serial");
    }

    @Test
    void removingForgetsAndSaysWhatStaysBehind() {
        assertThat(shell.run("state", "rm", "chat-1").code()).isEqualTo(1);
        assertThat(shell.answering("no\n", "state", "rm", "chat-1").code()).isEqualTo(1);
        assertThat(shell.run("state", "list").out()).contains("chat-1");

        Shell.Result removed = shell.answering("yes\n", "state", "rm", "chat-1");

        assertThat(removed.code()).isZero();
        assertThat(removed.out()).contains("Stays behind").contains("$0.30");
        assertThat(shell.run("state", "list").out()).doesNotContain("chat-1");
        assertThat(cloud.live()).hasSize(2);
    }

    @Test
    void statusShowsReplicasAndSpendAlsoAsJson() {
        assertThat(shell.run("status").out())
                .contains("chat-1")
                .contains("READY")
                .contains("ALL ON-DEMAND");
        assertThat(shell.run("status", "-json").out()).startsWith("{").contains("\"chat-1\"");
    }

    @Test
    void showWithoutFileShowsTheState() {
        assertThat(shell.run("show").out()).contains("chat-1");
        assertThat(shell.run("show", "-json").out()).contains("\"format_version\"");
    }

    @Test
    void logsAreThoseOfTheReplica() {
        cloud.live()
                .forEach(rental -> cloud.cloud()
                        .say(rental.instanceId(), "I am " + rental.tags().replica() + "\n"));

        assertThat(shell.run("logs", "chat-2").out()).isEqualTo("I am chat-2\n");
        assertThat(shell.run("logs", "chat-9").err())
                .contains("Unknown replica or service \"chat-9\"")
                .contains("chat-1, chat-2");
    }

    @Test
    void followingLogsEndsWithTheWorkload() {
        String id = cloud.live().getFirst().instanceId();
        String replica = cloud.live().getFirst().tags().replica();
        cloud.cloud().say(id, "first\n");
        Thread.startVirtualThread(() -> {
            cloud.cloud().say(id, "second\n");
            cloud.cloud().exit(id, "done");
        });

        assertThat(shell.run("logs", "-f", replica).out()).isEqualTo("first\nsecond\n");
    }
}
