package dev.skyhedge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.providers.aws.AwsProviderFactory;
import dev.skyhedge.providers.azure.AzureProviderFactory;
import dev.skyhedge.providers.gcp.GcpProviderFactory;
import dev.skyhedge.providers.kubernetes.KubernetesProviderFactory;
import dev.skyhedge.providers.local.LocalProviderFactory;
import dev.skyhedge.spi.Accelerator;
import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.watch.installation.Plugins;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Replicas at public addresses that would answer whoever finds them are refused before they are paid for.
class OpenReplicasTest {
    private static final String SUMMARY = "Error: Replicas that everybody may ask";
    private static final Plugins PLUGINS = ClassPathPlugins.of(
            new LocalProviderFactory(),
            new AwsProviderFactory(),
            new GcpProviderFactory(),
            new AzureProviderFactory(),
            new KubernetesProviderFactory());

    private final FakeCloud cloud = new FakeCloud();

    @TempDir
    private Path directory;

    private Shell shell;

    @BeforeEach
    void declare() {
        cloud.publicAddresses = true;
        cloud.offers = List.of(new Offer(
                "g6.xlarge",
                Accelerator.parse("L4:1"),
                new Location("fake", "east", "east-a"),
                Market.SPOT,
                HourlyPrice.ofUsd("0.30")));
        shell = new Shell(directory, ClassPathPlugins.of(cloud));
        shell.write("chat.hcl", spec("fake/*/*", ""));
    }

    private static String spec(String location, String access) {
        String port = "    port    = 8000\n";
        return SpecTexts.CHAT
                .replace("simulated/*/*", location)
                .replace(port, access.isEmpty() ? port : port + "    access {\n      " + access + "\n    }\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"plan chat.hcl", "validate chat.hcl", "apply chat.hcl -auto-approve"})
    void areRefusedWithPlaceAndRemedy(String command) {
        Shell.Result result = shell.run(command.split(" "));

        assertThat(result.code()).as(result.both()).isEqualTo(1);
        assertThat(result.err())
                .contains(SUMMARY, "on chat.hcl line 9", "locations    = [\"fake/*/*\"]")
                .contains("access { tls = true }", "access { key_env = \"VLLM_API_KEY\" }")
                .contains("public_address = false in provider \"fake\"")
                .contains("plaintext = \"accept\"");
        assertThat(shell.run("state", "list").out()).doesNotContain("chat-1");
    }

    @Test
    void areNoObstacleToTheEndOfEverything() {
        Shell.Result result = shell.run("plan", "chat.hcl", "-destroy");

        assertThat(result.both()).doesNotContain(SUMMARY);
        assertThat(result.code()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"key_env = \"VLLM_API_KEY\"", "key = secret(\"env:CHAT_API_KEY\")", "plaintext = \"accept\""})
    void arePlannedWithAKeyOrIfThatIsAccepted(String access) {
        shell.write("chat.hcl", spec("fake/*/*", access));

        Shell.Result result = shell.run("plan", "chat.hcl");

        assertThat(result.code()).as(result.both()).isZero();
    }

    @Test
    void arePlannedAtPrivateAddresses() {
        cloud.publicAddresses = false;

        assertThat(shell.run("plan", "chat.hcl").code()).isZero();
    }

    @Test
    void areRefusedWhereTheTlsThatTheyAreToHaveIsNotToBeHad() {
        String spec = spec("fake/*/*", "tls = true").replace("command = [\"serve\"]", "image   = \"model\"");
        shell.write("chat.hcl", spec);

        Shell.Result result = shell.run("plan", "chat.hcl");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains("No TLS in front of these replicas", "line 12", "it may run in fake");
        cloud.entrances = true;
        assertThat(shell.run("plan", "chat.hcl").code()).isZero();
    }

    /// By the settings alone: no cloud is asked.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "aws        | regions = [\"us-east-1\"]                                                   | true",
                "aws        | public_address = true                                                        | true",
                "aws        | public_address = false                                                       | false",
                "gcp        | project = \"acme-ml\"                                                        | true",
                "gcp        | project = \"acme-ml\", public_address = false                                | false",
                "azure      | subscription = \"00000000-0000-0000-0000-000000000000\", ssh_key = \"ssh-ed25519 AAAA\" | true",
                "azure      | subscription = \"00000000-0000-0000-0000-000000000000\", ssh_key = \"ssh-ed25519 AAAA\", public_address = false | false",
                "kubernetes | namespace = \"ml\"                                                           | false",
                "local      |                                                                              | false"
            })
    void whichCloudsGivePublicAddressesIsKnownBeforeTheyAreAsked(String name, String settings, boolean refused) {
        String block =
                "provider \"" + name + "\" {\n" + (settings == null ? "" : settings.replace(", ", "\n")) + "\n}\n";
        var real = new Shell(directory, PLUGINS);
        real.write("real.hcl", block + spec(name + "/*/*", ""));

        Shell.Result result = real.run("validate", "real.hcl");

        assertThat(result.both().contains(SUMMARY)).as(result.both()).isEqualTo(refused);
    }
}
