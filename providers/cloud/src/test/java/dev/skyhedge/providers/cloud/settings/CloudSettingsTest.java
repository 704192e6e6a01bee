package dev.skyhedge.providers.cloud.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.spi.SettingProblem;
import java.math.BigDecimal;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CloudSettingsTest {
    private static CloudSettings read(SettingReader reader, Map<String, String> environment) {
        return CloudSettings.read("aws", reader, environment);
    }

    private static List<SettingProblem> problems(Map<String, Object> values, Map<String, String> environment) {
        var reader = new SettingReader(values);
        read(reader, environment);
        return reader.problems();
    }

    @Test
    void meansTheRealCloudWhereNothingIsSaid() {
        var reader = new SettingReader(Map.of());

        CloudSettings settings = read(reader, Map.of());

        assertThat(reader.problems()).isEmpty();
        assertThat(settings.endpoint()).isEqualTo(CloudEndpoint.REAL);
        assertThat(settings.endpoint().mayUseDefaultCredentials()).isTrue();
        assertThat(settings.diskGb()).isEqualTo(100);
        assertThat(settings.regions()).isEmpty();
    }

    @Test
    void letsTheEnvironmentWinOverTheSpec() {
        var reader = new SettingReader(Map.of("endpoint", "http://127.0.0.1:1"));

        CloudSettings settings = read(
                reader,
                Map.of(
                        "SKYHEDGE_AWS_ENDPOINT", "http://localhost:2",
                        "SKYHEDGE_AWS_METADATA_ENDPOINT", "http://[::1]:3",
                        "SKYHEDGE_GCP_ENDPOINT", "http://localhost:4"));

        assertThat(reader.problems()).isEmpty();
        assertThat(settings.endpoint().override()).contains(URI.create("http://localhost:2"));
        assertThat(settings.endpoint().metadata()).contains(URI.create("http://[::1]:3"));
        assertThat(settings.endpoint().mayUseDefaultCredentials()).isFalse();
        assertThat(settings.endpoint().name()).isEqualTo("http://localhost:2");
    }

    @Test
    void refusesPlainHttpToAnotherMachineUnlessTold() {
        assertThat(problems(Map.of("endpoint", "http://cloud.example"), Map.of()))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.setting()).isEqualTo("endpoint");
                    assertThat(problem.remedy()).contains("insecure = true");
                });
        assertThat(problems(Map.of("endpoint", "http://cloud.example", "insecure", true), Map.of()))
                .isEmpty();
        assertThat(problems(Map.of("endpoint", "https://cloud.example"), Map.of()))
                .isEmpty();
        assertThat(problems(Map.of("endpoint", "http://127.0.0.1.example"), Map.of()))
                .hasSize(1);
    }

    @Test
    void namesTheVariableThatHoldsABadAddress() {
        assertThat(problems(Map.of(), Map.of("SKYHEDGE_AWS_ENDPOINT", "127.0.0.1:5000")))
                .singleElement()
                .satisfies(problem -> assertThat(problem.setting()).contains("SKYHEDGE_AWS_ENDPOINT"));
        assertThat(problems(Map.of("endpoint", "https://user:word@cloud.example"), Map.of()))
                .hasSize(1);
    }

    @Test
    void teachesAboutEachMistakeAtOnce() {
        List<SettingProblem> problems = problems(
                Map.of("disk_gb", new BigDecimal("7"), "regions", List.of("US East"), "image", "", "insecure", "yes"),
                Map.of());

        assertThat(problems)
                .extracting(SettingProblem::setting)
                .containsExactlyInAnyOrder("disk_gb", "regions", "image", "insecure");
        assertThat(problems).allSatisfy(problem -> assertThat(problem.remedy()).endsWith("."));
    }

    @Test
    void namesWhatIsKnownWhenASettingIsNot() {
        assertThat(CloudSettings.unknown(Map.of("region", "us-east-1"), CloudSettings.NAMES))
                .singleElement()
                .satisfies(problem -> assertThat(problem.remedy()).contains("regions"));
    }
}
