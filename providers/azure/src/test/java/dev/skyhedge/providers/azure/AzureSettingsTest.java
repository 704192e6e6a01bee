package dev.skyhedge.providers.azure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.spi.SettingProblem;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AzureSettingsTest {
    private static final String SUBSCRIPTION = "11111111-2222-3333-4444-555555555555";
    private static final String KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5";

    @Test
    void subscriptionAndKeyAreEnough() {
        AzureSettings settings = AzureSettings.read(values(), Map.of());

        assertThat(settings.problems()).isEmpty();
        assertThat(settings.machine().diskType()).isEqualTo("StandardSSD_LRS");
        assertThat(settings.machine().publicAddress()).isTrue();
        assertThat(settings.groupOf("lineage-a")).isEqualTo("skyhedge-lineage-a");
        assertThat(settings.cloud().endpoint().mayUseDefaultCredentials()).isTrue();
    }

    @Test
    void missingSubscriptionAndKeyAreProblemsWithRemedies() {
        assertThat(AzureSettings.read(Map.of(), Map.of()).problems())
                .extracting(SettingProblem::setting)
                .containsExactly("subscription", "ssh_key");
    }

    @Test
    void wrongValuesAndUnknownSettingsAreNamed() {
        Map<String, Object> values = values();
        values.put("subscription", "acme");
        values.put("image", "ubuntu");
        values.put("zone", "1");

        assertThat(AzureSettings.read(values, Map.of()).problems())
                .extracting(SettingProblem::setting)
                .containsExactly("subscription", "image", "zone");
    }

    @Test
    void networkIsNamedWithinItsGroupOrByItsId() {
        Map<String, Object> values = values();
        values.put("network_group", "net");
        values.put("network", "prod-{region}");
        values.put("subnet", "gpus");
        values.put("firewall", "/subscriptions/x/resourceGroups/y/providers/Microsoft.Network/networkSecurityGroups/z");

        MachineSettings machine = AzureSettings.read(values, Map.of()).machine();

        assertThat(machine.subnet())
                .endsWith("/resourceGroups/net/providers/Microsoft.Network/virtualNetworks/prod-{region}/subnets/gpus");
        assertThat(machine.firewall()).hasValueSatisfying(id -> assertThat(id).startsWith("/subscriptions/x/"));
    }

    @Test
    void groupOfTheSettingsHoldsAllLineages() {
        Map<String, Object> values = values();
        values.put("resource_group", "acme-ml");

        assertThat(AzureSettings.read(values, Map.of()).groupOf("lineage-a")).isEqualTo("acme-ml");
    }

    @Test
    void endpointOfTheEnvironmentWinsAndForbidsDefaultCredentials() {
        Map<String, Object> values = values();
        values.put("endpoint", "http://127.0.0.1:1");

        AzureSettings settings = AzureSettings.read(values, Map.of("SKYHEDGE_AZURE_ENDPOINT", "http://127.0.0.1:2"));

        assertThat(settings.cloud().endpoint().name()).isEqualTo("http://127.0.0.1:2");
        assertThat(settings.cloud().endpoint().mayUseDefaultCredentials()).isFalse();
    }

    private static Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("subscription", SUBSCRIPTION);
        values.put("ssh_key", KEY);
        return values;
    }
}
