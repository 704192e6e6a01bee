package dev.skyhedge.providers.aws;

import dev.skyhedge.providers.cloud.calls.Pause;
import dev.skyhedge.providers.cloud.opening.CloudProviderFactory;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.PriceCatalog;
import dev.skyhedge.spi.Provider;
import dev.skyhedge.spi.ProviderSettings;
import java.time.Duration;

/// The plugin `aws`. Only opening touches the SDK.
public final class AwsProviderFactory extends CloudProviderFactory<AwsSettings.Reading> {
    static final String NAME = "aws";

    public AwsProviderFactory() {
        super(NAME, AwsSettings.NAMES, AwsSettings::read);
    }

    @Override
    protected Outcome<Provider> open(AwsSettings.Reading reading, PriceCatalog prices, ProviderSettings given) {
        return Outcome.done(new AwsProvider(
                reading.settings(),
                prices,
                given.directory(),
                new AwsProvider.Environment(
                        given.clock(),
                        Pause.REAL,
                        WAITS,
                        Duration.ofSeconds(reading.settings().pollSeconds()))));
    }
}
