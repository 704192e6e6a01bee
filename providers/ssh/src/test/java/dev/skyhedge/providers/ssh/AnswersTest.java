package dev.skyhedge.providers.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.spi.Accelerator;
import dev.skyhedge.spi.EndCause;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.InstanceState;
import dev.skyhedge.spi.LogPage;
import dev.skyhedge.spi.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a machine answers, and what `ssh` says instead.
class AnswersTest {
    private static final Host HOST = new Host(
            "a", "own", "10.0.0.1", Optional.empty(), 0, Accelerator.parse("CPU:1"), Optional.empty(), 1, ".skyhedge");
    private static final String TAGS = Base64.getEncoder()
            .encodeToString("lineage\nchat\nchat-1\n3\nCPU:1\n8000".getBytes(StandardCharsets.UTF_8));

    private static String claim(String state) {
        return "claim sh1234 1700000000 " + state + " " + TAGS;
    }

    private static Instance one(String line) {
        return Claim.read(HOST, line).orElseThrow();
    }

    private static Failure failure(Outcome<?> outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Failed.class);
        return ((Outcome.Failed<?>) outcome).failure();
    }

    @Test
    void aClaimIsAnInstance() {
        Instance running = one(claim("RUNNING 0 -"));

        assertThat(running.state()).isEqualTo(InstanceState.RUNNING);
        assertThat(running.tags().replica()).isEqualTo("chat-1");
        assertThat(running.tags().generation()).isEqualTo(3);
        assertThat(running.endpoint().orElseThrow().port()).isEqualTo(8000);
    }

    @Test
    void anEndedClaimSaysWhy() {
        assertThat(one(claim("ENDED 1700000060 REBOOTED")).end().orElseThrow().cause())
                .isEqualTo(EndCause.EXITED);
        assertThat(one(claim("ENDED 1700000060 TERMINATED")).end().orElseThrow().cause())
                .isEqualTo(EndCause.TERMINATED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "claim", "claim sh1 x RUNNING 0 - !!", "claim sh1 1 ASLEEP 0 - bGluZWFnZQ==", "motd"})
    void anythingElseIsNone(String line) {
        assertThat(Claim.read(HOST, line)).isEmpty();
    }

    @Test
    void halfAListIsNone() {
        assertThat(failure(HostCalls.listed(HOST, claim("RUNNING 0 -") + "\n")))
                .isInstanceOf(Failure.OutcomeUnknown.class);
        assertThat(HostCalls.listed(HOST, claim("RUNNING 0 -") + "\nlisted\n"))
                .isEqualTo(Outcome.done(List.of(one(claim("RUNNING 0 -")))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "log", "log 0 5 yes", "log a 5 yes\n", "log 0 99999999999999999999 yes\n", "motd\n"})
    void aLogWithoutItsFirstLineIsNone(String answer) {
        assertThat(failure(HostCalls.page(HOST, answer.getBytes(StandardCharsets.UTF_8))))
                .isInstanceOf(Failure.OutcomeUnknown.class);
    }

    @Test
    void aLogSaysWhereItGoesOnAndWhetherItDoes() {
        assertThat(HostCalls.page(HOST, "log 3 8 yes\nhello".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(Outcome.done(new LogPage("hello", 8, true)));
        assertThat(HostCalls.page(HOST, "log 3 9 yes\nhello".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(Outcome.done(new LogPage("hello", 8, false)));
    }

    @Test
    void aTimeThatIsNoneIsNone() {
        String late = claim("RUNNING 0 -").replace("1700000000", Long.toString(Long.MAX_VALUE));

        assertThat(Claim.read(HOST, late)).isEmpty();
    }

    @Test
    void aMachineThatIsFullHasNoCapacity() {
        assertThat(failure(HostCalls.claimed(HOST, "full"))).isInstanceOf(Failure.NoCapacity.class);
        assertThat(failure(HostCalls.heard(HOST, bytes("refused docker is not installed\n"))))
                .isInstanceOf(Failure.UnsupportedHere.class);
    }

    @Test
    void aMachineThatIsBusyIsAskedAgain() {
        assertThat(failure(HostCalls.heard(HOST, bytes("busy\n")))).isInstanceOf(Failure.Throttled.class);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ssh: connect to host 10.0.0.1 port 22: Connection refused",
                "ssh: connect to host 10.0.0.1 port 22: Connection timed out",
                "ssh: Could not resolve hostname gpu: Name or service not known",
                "Connection timed out during banner exchange"
            })
    void whereNobodyAnsweredNothingRan(String error) {
        assertThat(Shell.failure(HOST, 255, error)).isInstanceOf(Failure.NoCapacity.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host key verification failed.",
                "ml@10.0.0.1: Permission denied (publickey).",
                "x: Permission denied (none)"
            })
    void whoIsNotLetInIsTold(String error) {
        assertThat(Shell.failure(HOST, 255, error)).isInstanceOf(Failure.UnsupportedHere.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Timeout, server 10.0.0.1 not responding.",
                "client_loop: send disconnect: Broken pipe",
                "Read from remote host 10.0.0.1: Connection timed out",
                ""
            })
    void ofAConnectionThatBrokeNobodyKnowsWhatRan(String error) {
        assertThat(Shell.failure(HOST, 255, error)).isInstanceOf(Failure.OutcomeUnknown.class);
    }

    @Test
    void whatAScriptSaysIsNotTakenForWordsOfSsh() {
        assertThat(Shell.failure(HOST, 1, "mkdir: /srv: Permission denied (sh)"))
                .isInstanceOf(Failure.OutcomeUnknown.class);
    }
}
