package dev.skyhedge.providers.aws;

import dev.skyhedge.providers.cloud.calls.Pause;
import dev.skyhedge.providers.cloud.opening.CloudProviderFactory;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.PriceCatalog;
import dev.skyhedge.spi.Provider;
import dev.skyhedge.spi.ProviderSettings;
import dev.skyhedge.spi.SettingProblem;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// The plugin `aws`. Only opening touches the SDK.
public final class AwsProviderFactory extends CloudProviderFactory<AwsSettings.Reading> {
    static final String NAME = "aws";

    public AwsProviderFactory() {
        super(NAME, AwsSettings.NAMES);
    }

    @Override
    protected AwsSettings.Reading read(SequencedMap<String, Object> values, Map<String, String> environment) {
        return AwsSettings.read(values, environment);
    }

    @Override
    protected List<SettingProblem> problems(AwsSettings.Reading settings) {
        return settings.problems();
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
