package dev.skyhedge.providers.gcp;

import static dev.skyhedge.providers.cloud.contract.Outcomes.done;
import static dev.skyhedge.providers.cloud.contract.Outcomes.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.providers.cloud.catalog.Catalogs;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.PriceCatalog;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TodaysCatalogTest {
    private final GcpHarness harness = new GcpHarness();
    private final PriceCatalog shipped = new GcpProviderFactory().shippedPrices();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @BeforeEach
    void keepInDirectory() {
        harness.keepIn(directory);
    }

    @AfterEach
    void close() {
        harness.close();
    }

    @Test
    void zonesAreTodaysAndPricesKeepTheirAge() throws Exception {
        PriceCatalog today = done(harness.provider().updateCatalog());

        assertThat(zones(today, "a2-highgpu-1g", "us-central1")).containsExactly("us-central1-a");
        assertThat(zones(shipped, "a2-highgpu-1g", "us-central1")).hasSizeGreaterThan(1);
        assertThat(today.pricedAt()).isEqualTo(shipped.pricedAt());
        assertThat(today.source()).isEqualTo(shipped.source() + "; zones of " + GcpHarness.START);
        assertThat(Catalogs.inForce(shipped, directory)).isEqualTo(today);
    }

    @Test
    void rowsStayWhereTheCardsAreNowhereToday() {
        PriceCatalog today = done(harness.provider().updateCatalog());

        assertThat(today.entries()).hasSameSizeAs(shipped.entries());
        assertThat(zones(today, "a2-highgpu-1g", "me-west1")).isEqualTo(zones(shipped, "a2-highgpu-1g", "me-west1"));
    }

    @Test
    void zonesOfAPartOfTheCloudAreNone() {
        harness.fake().cloud().cutOff("us-central1-b");

        assertThat(failure(harness.provider().updateCatalog())).isInstanceOf(Failure.OutcomeUnknown.class);
        assertThat(directory).isEmptyDirectory();
    }

    private static List<String> zones(PriceCatalog catalog, String type, String region) {
        return catalog.entries().stream()
                .filter(entry ->
                        entry.instanceType().equals(type) && entry.region().equals(region))
                .findFirst()
                .orElseThrow()
                .zones();
    }
}
