package dev.skyhedge.providers.gcp;

import dev.skyhedge.providers.cloud.calls.Pause;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.PriceCatalog;
import dev.skyhedge.spi.Provider;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/// Builds the provider. Apart from the factory so that checking settings loads none of Google's classes.
final class GcpOpening {
    private GcpOpening() {}

    static Outcome<Provider> open(GcpSettings settings, PriceCatalog prices, InstantSource clock) {
        try {
            ComputeClients clients =
                    new ComputeClients(settings.cloud().endpoint().override());
            RandomGenerator random = () -> ThreadLocalRandom.current().nextLong();
            return Outcome.done(new GcpProvider(
                    settings, prices, clients, clock, Pause.REAL, random, Duration.ofSeconds(settings.pollSeconds())));
        } catch (IOException e) {
            return Outcome.failed(new Failure.Denied("No credentials for Google Cloud: " + e.getMessage()));
        }
    }
}
