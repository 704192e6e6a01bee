package dev.skyhedge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Orders where nobody watches.
class OrderCommandsTest extends ShellFixture {
    @BeforeEach
    void apply() {
        assertThat(shell.run("apply", "chat.hcl", "-auto-approve").code()).isZero();
    }

    private String spec() {
        return "-spec=" + directory.resolve("chat.hcl");
    }

    private Shell.Result order(String... words) {
        return shell.run(words);
    }

    @Test
    void restartsReplacesAndDrainsAReplicaByItself() {
        Shell.Result restarted = order("replica", "restart", "chat-1", spec());
        assertThat(restarted.code()).as(restarted.both()).isZero();
        assertThat(restarted.out()).contains("chat-1: Creation complete").contains("chat-1#1 has ended; 2 of 2 serve.");

        Shell.Result replaced = order("replica", "replace", "service.chat/chat-1", spec());
        assertThat(replaced.out()).contains("chat-3: Creation complete").contains("chat-1#2 has ended; 2 of 2 serve.");
        Shell.Result drained = order("replica", "drain", "chat-3", spec());
        assertThat(drained.out()).contains("chat-3#1 has ended");
        assertThat(cloud.live()).hasSize(2);
        assertThat(shell.run("status").out()).doesNotContain("Order ");
    }

    @Test
    void pausesAServiceWhichApplyDoesNotResume() {
        assertThat(shell.answering("no\n", "service", "pause", "chat", spec()).code())
                .isEqualTo(1);
        assertThat(cloud.live()).hasSize(2);

        Shell.Result paused = order("service", "pause", "chat", "-auto-approve", spec());
        assertThat(paused.code()).as(paused.both()).isZero();
        assertThat(cloud.live()).isEmpty();
        assertThat(shell.run("apply", "chat.hcl", "-auto-approve").code()).isZero();
        assertThat(cloud.live()).isEmpty();
        assertThat(shell.run("status").out())
                .contains("PAUSED")
                .contains("chat has no replicas until `skyhedge service resume chat`.");
        assertThat(shell.run("status", "-json").out()).contains("\"paused\"").contains("\"order\" : \"pause\"");

        Shell.Result resumed = order("service", "resume", "chat", spec());
        assertThat(resumed.out()).contains("chat is not paused any more.");
        assertThat(cloud.live()).hasSize(2);
    }

    @Test
    void avoidsALocationWithoutTouchingWhatRuns() {
        Shell.Result avoided = order("zone", "avoid", "simulated", "-for=2h");
        assertThat(avoided.code()).as(avoided.both()).isZero();
        assertThat(avoided.out()).contains("nothing is launched in simulated/*/* until ");
        assertThat(cloud.live()).hasSize(2);
        assertThat(shell.run("status").out()).contains("nothing is launched in simulated/*/* until ");
        assertThat(shell.run("plan", "chat.hcl", "-replace=chat-1").out()).contains("simulated/*/* is avoided until ");

        assertThat(order("zone", "allow", "simulated").out()).contains("simulated/*/* is not avoided any more.");
        Shell.Result again = order("zone", "allow", "simulated");
        assertThat(again.code()).isEqualTo(1);
        assertThat(again.err()).contains("Refused").contains("simulated/*/* is not avoided");
    }

    @Test
    void refusesWhatIsAboutNothingThatIsThereAndOrdersNothing() {
        assertThat(order("replica", "drain", "chat-7", spec()).err()).contains("Nothing to match chat-7");
        assertThat(order("service", "pause", "tort").err()).contains("Nothing to match tort");
        assertThat(order("zone", "avoid", "aws/us*east/a").err()).contains("Invalid LOCATION");
        assertThat(order("replica", "drain", "chat-1", "-spec=nowhere.hcl").code())
                .isEqualTo(1);
        assertThat(shell.run("status").out()).doesNotContain("Order ");
        assertThat(cloud.live()).hasSize(2);
    }
}
