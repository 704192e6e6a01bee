package dev.skyhedge.providers.gcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.spi.SettingProblem;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GcpSettingsTest {
    @Test
    void projectIsEnough() {
        GcpSettings settings = GcpSettings.read(Map.of("project", "acme-ml"), Map.of());

        assertThat(settings.problems()).isEmpty();
        assertThat(settings.project()).isEqualTo("acme-ml");
        assertThat(settings.machine().diskType()).isEqualTo("pd-balanced");
        assertThat(settings.machine().publicAddress()).isTrue();
        assertThat(settings.cloud().endpoint().mayUseDefaultCredentials()).isTrue();
    }

    @Test
    void missingProjectIsAProblemWithARemedy() {
        assertThat(GcpSettings.read(Map.of(), Map.of()).problems())
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.setting()).isEqualTo("project");
                    assertThat(problem.remedy()).contains("acme-ml");
                });
    }

    @Test
    void wrongProjectAndUnknownSettingAreNamed() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("project", "Acme ML");
        values.put("zone", "us-central1-a");

        assertThat(GcpSettings.read(values, Map.of()).problems())
                .extracting(SettingProblem::setting)
                .containsExactly("project", "zone");
    }

    @Test
    void endpointOfTheEnvironmentWinsAndForbidsDefaultCredentials() {
        GcpSettings settings = GcpSettings.read(
                Map.of("project", "acme-ml", "endpoint", "http://127.0.0.1:1"),
                Map.of("SKYHEDGE_GCP_ENDPOINT", "http://127.0.0.1:2"));

        assertThat(settings.cloud().endpoint().name()).isEqualTo("http://127.0.0.1:2");
        assertThat(settings.cloud().endpoint().mayUseDefaultCredentials()).isFalse();
    }
}
