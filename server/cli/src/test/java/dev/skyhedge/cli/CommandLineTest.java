package dev.skyhedge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// What holds for every command line.
class CommandLineTest extends ShellFixture {
    private static final String ESCAPE = "\u001b[";

    @Test
    void longOptionsHaveOneDashOrTwo() {
        Shell.Result one = shell.run("plan", "chat.hcl", "-detailed-exitcode", "-target=chat");
        Shell.Result two = shell.run("plan", "chat.hcl", "--detailed-exitcode", "--target=chat");

        assertThat(one.code()).isEqualTo(2);
        assertThat(two).isEqualTo(one);
    }

    @Test
    void unknownOptionIsAnErrorWithASuggestion() {
        Shell.Result result = shell.run("plan", "chat.hcl", "-detailed-exitcod");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err())
                .contains("-detailed-exitcod")
                .contains("--detailed-exitcode")
                .contains("plan --help");
    }

    @Test
    void wrongOptionIsNeverTakenForChanges() {
        assertThat(shell.run("plan", "-detailed-exitcode", "-nonsense").code()).isEqualTo(1);
    }

    @Test
    void unknownCommandIsAnErrorWithASuggestion() {
        Shell.Result result = shell.run("aply");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains("aply").contains("apply").contains("skyhedge --help");
    }

    @Test
    void missingOptionValueIsAnError() {
        Shell.Result result = shell.run("plan", "chat.hcl", "-out");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains("--out");
    }

    @Test
    void invalidDurationSaysWhatADurationIs() {
        Shell.Result result = shell.run("apply", "chat.hcl", "-lock-timeout=soon");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains("soon").contains("90s");
    }

    @Test
    void terminalGetsColours() {
        assertThat(shell.answering("", "plan", "chat.hcl").out()).contains(ESCAPE);
    }

    @Test
    void noColourOptionAndVariableAreHeard() {
        assertThat(shell.answering("", "plan", "chat.hcl", "-no-color").both()).doesNotContain(ESCAPE);
        assertThat(shell.with("NO_COLOR", "1").answering("", "plan", "chat.hcl").both())
                .doesNotContain(ESCAPE);
    }

    @Test
    void pipeGetsNoColours() {
        assertThat(shell.run("plan", "chat.hcl").both()).doesNotContain(ESCAPE);
    }

    @Test
    void versionIsAlsoJson() {
        assertThat(shell.run("version").out()).startsWith("Skyhedge ");
        assertThat(shell.run("version", "-json").out())
                .startsWith("{\"skyhedge_version\":")
                .endsWith("}\n");
    }

    @Test
    void validateIsAlsoJson() {
        shell.write("typo.hcl", SpecTexts.CHAT.replace("min_replicas", "min_replica"));

        Shell.Result good = shell.run("validate", "chat.hcl", "-json");
        Shell.Result bad = shell.run("validate", "typo.hcl", "-json");

        assertThat(good.code()).isZero();
        assertThat(good.out()).contains("\"valid\" : true").contains("\"error_count\" : 0");
        assertThat(bad.code()).isEqualTo(1);
        assertThat(bad.out()).contains("\"valid\" : false").contains("Did you mean \\\"min_replicas\\\"?");
        assertThat(bad.err()).isEmpty();
    }

    @Test
    void outputsAreShownAlone() {
        assertThat(shell.run("output", "chat.hcl").out()).contains("model = \"mini\"");
        assertThat(shell.run("output", "chat.hcl", "-name=model", "-raw").out()).isEqualTo("mini\n");
        assertThat(shell.run("output", "chat.hcl", "-json").out()).contains("\"mini\"");
        assertThat(shell.run("output", "chat.hcl", "-name=modell").code()).isEqualTo(1);
    }
}
