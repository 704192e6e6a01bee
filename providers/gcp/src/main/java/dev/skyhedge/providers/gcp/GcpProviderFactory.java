package dev.skyhedge.providers.gcp;

import dev.skyhedge.providers.cloud.opening.CloudProviderFactory;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.PriceCatalog;
import dev.skyhedge.spi.Provider;
import dev.skyhedge.spi.ProviderSettings;

/// The plugin `gcp`. Only opening touches Google's client.
public final class GcpProviderFactory extends CloudProviderFactory<GcpSettings> {
    public GcpProviderFactory() {
        super(GoogleNames.CLOUD, GcpSettings.NAMES, GcpSettings::read);
    }

    @Override
    protected Outcome<Provider> open(GcpSettings settings, PriceCatalog prices, ProviderSettings given) {
        return GcpOpening.open(settings, prices, given.directory(), given.clock(), WAITS);
    }
}
