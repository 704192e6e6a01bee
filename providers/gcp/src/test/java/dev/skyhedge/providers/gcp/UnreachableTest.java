package dev.skyhedge.providers.gcp;

import dev.skyhedge.providers.cloud.calls.Pause;
import dev.skyhedge.providers.cloud.contract.UnreachableContract;
import dev.skyhedge.spi.Provider;
import java.io.IOException;
import java.io.UncheckedIOException;
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
        try {
            return new GcpProvider(
                    GcpSettings.read(Map.of("project", "acme-ml", "endpoint", endpoint.toString()), Map.of()),
                    new GcpProviderFactory().shippedPrices(),
                    Path.of("target", "gcp-provider"),
                    new ComputeClients(Optional.of(endpoint)),
                    clock,
                    pause,
                    new Random(7),
                    Duration.ofSeconds(1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
