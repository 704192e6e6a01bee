package dev.skyhedge.providers.azure;

import static dev.skyhedge.providers.cloud.contract.Outcomes.done;
import static dev.skyhedge.providers.cloud.contract.Outcomes.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.providers.cloud.catalog.Catalogs;
import dev.skyhedge.providers.cloud.fake.Fault;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.spi.PriceCatalog;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetailPricesTest {
    private final AzureHarness harness = new AzureHarness();

    @TempDir
    Path directory;

    @AfterEach
    void close() {
        harness.close();
    }

    @Test
    void todaysPricesOfLinuxMachinesAreKeptAndWin() throws Exception {
        harness.keepIn(directory);

        PriceCatalog prices = done(harness.provider().updateCatalog());

        assertThat(prices.pricedAt()).isEqualTo(AzureHarness.START);
        assertThat(prices.entries())
                .hasSameSizeAs(new AzureProviderFactory().shippedPrices().entries())
                .allSatisfy(entry -> {
                    assertThat(entry.onDemand()).contains(HourlyPrice.ofUsd("1.25"));
                    assertThat(entry.spot()).contains(HourlyPrice.ofUsd("0.5"));
                });
        assertThat(Catalogs.inForce(new AzureProviderFactory().shippedPrices(), directory))
                .isEqualTo(prices);
    }

    @Test
    void pricesOfSomeRegionsOnlyAreNone() {
        harness.keepIn(directory);
        harness.fake().faultAfter("RetailPrices.List", 3, new Fault.Refused(403, "AuthorizationFailed", "no"));

        assertThat(failure(harness.provider().updateCatalog())).isInstanceOf(Failure.Denied.class);
        assertThat(directory).isEmptyDirectory();
    }
}
