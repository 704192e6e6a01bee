package dev.skyhedge.providers.azure;

import dev.skyhedge.providers.cloud.opening.CloudProviderFactory;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.PriceCatalog;
import dev.skyhedge.spi.Provider;
import dev.skyhedge.spi.ProviderSettings;

/// The plugin `azure`. Only opening touches Azure's client.
public final class AzureProviderFactory extends CloudProviderFactory<AzureSettings> {
    public AzureProviderFactory() {
        super(AzureNames.CLOUD, AzureSettings.NAMES, AzureSettings::read);
    }

    @Override
    protected Outcome<Provider> open(AzureSettings settings, PriceCatalog prices, ProviderSettings given) {
        return AzureOpening.open(settings, prices, given.directory(), given.clock(), WAITS);
    }
}
