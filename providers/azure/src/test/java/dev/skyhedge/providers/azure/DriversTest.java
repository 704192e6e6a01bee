package dev.skyhedge.providers.azure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.spi.PriceCatalog;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Cards that a machine image can drive.
class DriversTest {
    private static final PriceCatalog SHIPPED = new AzureProviderFactory().shippedPrices();

    private static List<String> cards(Optional<String> image) {
        return Drivers.drivable(SHIPPED, image).entries().stream()
                .map(entry -> entry.accelerator().type())
                .distinct()
                .toList();
    }

    @Test
    void virtualCardsNeedAnImageWithADriverOfTheirOwn() {
        assertThat(cards(Optional.empty())).contains("T4", "V100", "H100").doesNotContain("A10");
        assertThat(cards(Optional.of("me:image:grid:latest"))).contains("A10");
    }

    @Test
    void cardsThatAreNotNvidiasAreNeverOffered() {
        assertThat(cards(Optional.empty())).doesNotContain("MI300X");
        assertThat(cards(Optional.of("me:image:rocm:latest"))).doesNotContain("MI300X");
    }
}
