package dev.skyhedge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.cli.view.Golden;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Mistakes in a spec: each is named with its place and its remedy, and nothing is changed.
class BadInputGoldenTest extends ShellFixture {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "unknown-attribute  | min_replicas = 2             | min_replica = 2",
                "wrong-type         | min_replicas = 2             | min_replicas = \"two\"",
                "unclosed-block     | min_replicas = 2             | min_replicas = 2 } {",
                "unknown-accelerator| [\"L4:1\"]                   | [\"L40:1\"]",
                "unknown-location   | simulated/*/*                | simulated/nowhere/*",
                "unknown-provider   | simulated/*/*                | simulatd/*/*",
                "empty-locations    | [\"simulated/*/*\"]          | []",
                "bad-accelerator    | [\"L4:1\"]                   | [\"L4:many\"]",
            })
    void isRefusedByApply(String name, String good, String bad) {
        shell.write("bad.hcl", SpecTexts.CHAT.replace(good, bad));
        assertThat(shell.file("bad.hcl")).content().isNotEqualTo(SpecTexts.CHAT);

        Shell.Result plan = shell.run("plan", "bad.hcl");
        Shell.Result apply = shell.run("apply", "bad.hcl", "-auto-approve");

        assertThat(plan.code()).isEqualTo(1);
        assertThat(apply.code()).isEqualTo(1);
        assertThat(apply.err()).isEqualTo(plan.err());
        assertThat(cloud.everRented()).isEmpty();
        Golden.check("bad-" + name + ".txt", apply.err());
    }

    @Test
    void blockThatIsNeverClosedIsRefused() {
        shell.write("bad.hcl", SpecTexts.CHAT.substring(0, SpecTexts.CHAT.indexOf("output") - 3));

        Shell.Result result = shell.run("apply", "bad.hcl", "-auto-approve");

        assertThat(result.code()).isEqualTo(1);
        assertThat(cloud.everRented()).isEmpty();
        Golden.check("bad-never-closed.txt", result.err());
    }

    @Test
    void twoServicesOnOnePortAreRefused() {
        String endpoint = "\n  endpoint {\n    port = 8080\n  }\n\n  scaling";
        shell.write("bad.hcl", SpecTexts.chatAnd("talk").replace("\n  scaling", endpoint));

        Shell.Result result = shell.run("apply", "bad.hcl", "-auto-approve");

        assertThat(result.code()).isEqualTo(1);
        assertThat(Files.exists(shell.state())).isFalse();
        Golden.check("bad-two-services-on-one-port.txt", result.err());
    }

    @Test
    void missingSpecIsRefused() {
        Shell.Result result = shell.run("apply", "nothing.hcl", "-auto-approve");

        assertThat(result.code()).isEqualTo(1);
        assertThat(Files.exists(shell.state())).isFalse();
        Golden.check("bad-missing-spec.txt", result.err());
    }

    @Test
    void providerThatDeniesAccessIsNamed() {
        cloud.deny("no credentials found; set SIMULATED_TOKEN");

        Shell.Result result = shell.run("apply", "chat.hcl", "-auto-approve");

        assertThat(result.code()).isEqualTo(1);
        assertThat(cloud.everRented()).isEmpty();
        Golden.check("bad-denied.txt", result.err());
    }

    @Test
    void watchRefusesWhatNobodyOffers() {
        shell.write("bad.hcl", SpecTexts.CHAT.replace("L4:1", "L40:1"));

        Shell.Result result = shell.run("watch", "bad.hcl", "-admin-port=0");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains("Nobody offers these resources").contains("Did you mean \"L4:1\"?");
        assertThat(cloud.everRented()).isEmpty();
    }
}
