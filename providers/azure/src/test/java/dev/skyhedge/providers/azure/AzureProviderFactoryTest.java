package dev.skyhedge.providers.azure;

import static dev.skyhedge.providers.cloud.contract.Outcomes.done;
import static dev.skyhedge.providers.cloud.contract.Outcomes.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.providers.azure.fake.AzureFake;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.PriceCatalog;
import dev.skyhedge.spi.Provider;
import dev.skyhedge.spi.ProviderFactory;
import dev.skyhedge.spi.ProviderSettings;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AzureProviderFactoryTest {
    @TempDir
    Path directory;

    private final ProviderFactory factory = ServiceLoader.load(ProviderFactory.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(one -> one.name().equals("azure"))
            .findFirst()
            .orElseThrow();

    @Test
    void opensBehindAnEndpointWithoutCredentials() {
        try (AzureHarness harness = new AzureHarness()) {
            SequencedMap<String, Object> values = values();
            values.put("endpoint", harness.fake().endpoint());

            try (Provider provider = done(factory.open(settings(values)))) {
                assertThat(done(provider.observe("lineage-a")).instances()).isEmpty();
                assertThat(done(provider.account()).account()).isEqualTo(AzureFake.SUBSCRIPTION);
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }
    }

    @Test
    void realClientIsBuiltWithoutACall() {
        try (AzureClients clients = new AzureClients(Optional.empty(), AzureFake.SUBSCRIPTION)) {
            assertThat(clients.compute().getEndpoint()).startsWith("https://management.azure.com");
        }
    }

    @Test
    void wrongSettingsAreRefused() {
        SequencedMap<String, Object> values = values();
        values.remove("subscription");

        assertThat(factory.check(settings(values))).hasSize(1);
        assertThat(failure(factory.open(settings(values)))).isInstanceOf(Failure.InvalidRequest.class);
    }

    @Test
    void everySizeOfTheShippedListIsOneOfAzures() {
        PriceCatalog prices = done(factory.catalog(settings(values())));

        assertThat(prices.entries()).hasSizeGreaterThan(500).allSatisfy(entry -> {
            assertThat(entry.instanceType()).startsWith("Standard_N");
            assertThat(entry.zones()).isEmpty();
            assertThat(entry.onDemand()).isPresent();
        });
    }

    private ProviderSettings settings(SequencedMap<String, Object> values) {
        return new ProviderSettings(values, directory, InstantSource.fixed(AzureHarness.START));
    }

    private static SequencedMap<String, Object> values() {
        SequencedMap<String, Object> values = new LinkedHashMap<>();
        values.put("subscription", AzureFake.SUBSCRIPTION);
        values.put("ssh_key", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5");
        return values;
    }
}
