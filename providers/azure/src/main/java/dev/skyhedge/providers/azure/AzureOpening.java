package dev.skyhedge.providers.azure;

import dev.skyhedge.providers.cloud.calls.Pause;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.PriceCatalog;
import dev.skyhedge.spi.Provider;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/// Builds the provider. Apart from the factory so that checking settings loads none of Azure's classes.
final class AzureOpening {
    private AzureOpening() {}

    static Outcome<Provider> open(AzureSettings settings, PriceCatalog prices, Path directory, InstantSource clock) {
        AzureClients clients = new AzureClients(settings.cloud().endpoint().override(), settings.subscription());
        RandomGenerator random = () -> ThreadLocalRandom.current().nextLong();
        return Outcome.done(new AzureProvider(
                settings,
                prices,
                directory,
                clients,
                clock,
                Pause.REAL,
                random,
                Duration.ofSeconds(settings.pollSeconds())));
    }
}
