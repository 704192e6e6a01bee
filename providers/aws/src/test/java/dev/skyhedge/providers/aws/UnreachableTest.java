package dev.skyhedge.providers.aws;

import dev.skyhedge.providers.cloud.calls.Pause;
import dev.skyhedge.providers.cloud.contract.UnreachableContract;
import dev.skyhedge.spi.Provider;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.SequencedMap;

class UnreachableTest extends UnreachableContract {
    @Override
    protected Provider open(URI endpoint, InstantSource clock, Pause pause) {
        SequencedMap<String, Object> values = new LinkedHashMap<>();
        values.put("endpoint", endpoint.toString());
        return new AwsProvider(
                AwsSettings.read(values, Map.of()).settings(),
                new AwsProviderFactory().shippedPrices(),
                Path.of("target", "unreachable"),
                new AwsProvider.Environment(clock, pause, new Random(7), Duration.ofSeconds(1)));
    }
}
