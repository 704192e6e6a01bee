package dev.skyhedge.providers.simulated.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.providers.simulated.CloudDescription;
import dev.skyhedge.providers.simulated.Listing;
import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.spi.SettingProblem;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CloudSettingsTest {
    @Test
    void defaultsAreThreeRegionsOfTwoZonesWithDifferentSpotPrices() throws IOException {
        CloudDescription cloud = build(Map.of());

        assertThat(cloud.locations())
                .extracting(Object::toString)
                .containsExactly(
                        "local/east/east-a",
                        "local/east/east-b",
                        "local/north/north-a",
                        "local/north/north-b",
                        "local/west/west-a",
                        "local/west/west-b");
        assertThat(cloud.listings())
                .extracting(Listing::spot)
                .doesNotHaveDuplicates()
                .allSatisfy(price -> assertThat(price).isBetween(HourlyPrice.ofUsd("0.03"), HourlyPrice.ofUsd("0.05")));
    }

    @Test
    void readsZonesTypesAndMarket() throws IOException {
        CloudDescription cloud = build(Map.of(
                "regions", Map.of("east", List.of("e1")),
                "instance_types", Map.of("gpu", Map.of("accelerator", "L4:1", "on_demand", new BigDecimal("0.8"))),
                "market", Map.of("kind", "synthetic", "mean_up", "45s", "notice", "2s"),
                "boot_delay", "1.5s"));

        assertThat(cloud.listings()).singleElement().satisfies(one -> {
            assertThat(one.accelerator().toString()).isEqualTo("L4:1");
            assertThat(one.spot()).isEqualTo(HourlyPrice.ofUsd("0.32"));
        });
        assertThat(cloud.rules().notice()).isEqualTo(Duration.ofSeconds(2));
        assertThat(cloud.rules().onDemandBootDelay()).isEqualTo(Duration.ofMillis(1_500));
    }

    @Test
    void tellsAllProblemsAtOnceWithRemedies() {
        List<SettingProblem> problems = CloudSettings.read(
                        "local",
                        Map.of(
                                "region",
                                "east",
                                "boot_delay",
                                "soon",
                                "market",
                                Map.of("kind", "recorded", "capacity", new BigDecimal("0")),
                                "speed",
                                new BigDecimal("-1")))
                .problems();

        assertThat(problems)
                .extracting(SettingProblem::setting)
                .containsExactlyInAnyOrder("region", "boot_delay", "market.directory", "market.capacity", "speed");
        assertThat(problems).allSatisfy(problem -> assertThat(problem.remedy()).endsWith("."));
    }

    private static CloudDescription build(Map<String, Object> values) throws IOException {
        CloudSettings settings = CloudSettings.read("local", values);
        assertThat(settings.problems()).isEmpty();
        return settings.build(Instant.EPOCH);
    }
}
