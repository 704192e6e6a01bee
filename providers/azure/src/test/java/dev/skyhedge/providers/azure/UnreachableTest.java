package dev.skyhedge.providers.azure;

import dev.skyhedge.providers.azure.fake.AzureFake;
import dev.skyhedge.providers.cloud.calls.Pause;
import dev.skyhedge.providers.cloud.contract.UnreachableContract;
import dev.skyhedge.spi.Provider;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

class UnreachableTest extends UnreachableContract {
    @Override
    protected Provider open(URI endpoint, InstantSource clock, Pause pause) {
        Map<String, Object> values = Map.of(
                "subscription",
                AzureFake.SUBSCRIPTION,
                "ssh_key",
                "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIExample",
                "endpoint",
                endpoint.toString());
        return new AzureProvider(
                AzureSettings.read(values, Map.of()),
                new AzureProviderFactory().shippedPrices(),
                Path.of("target", "unreachable"),
                new AzureClients(Optional.of(endpoint), AzureFake.SUBSCRIPTION),
                clock,
                pause,
                new Random(7),
                Duration.ofSeconds(1));
    }
}
