package dev.skyhedge.providers.gcp;

import dev.skyhedge.providers.cloud.opening.CloudProviderFactory;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.PriceCatalog;
import dev.skyhedge.spi.Provider;
import dev.skyhedge.spi.ProviderSettings;
import dev.skyhedge.spi.SettingProblem;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// The plugin `gcp`. Only opening touches Google's client.
public final class GcpProviderFactory extends CloudProviderFactory<GcpSettings> {
    public GcpProviderFactory() {
        super(GoogleNames.CLOUD, GcpSettings.NAMES);
    }

    @Override
    protected GcpSettings read(SequencedMap<String, Object> values, Map<String, String> environment) {
        return GcpSettings.read(values, environment);
    }

    @Override
    protected List<SettingProblem> problems(GcpSettings settings) {
        return settings.problems();
    }

    @Override
    protected Outcome<Provider> open(GcpSettings settings, PriceCatalog prices, ProviderSettings given) {
        return GcpOpening.open(settings, prices, given.directory(), given.clock(), WAITS);
    }
}
