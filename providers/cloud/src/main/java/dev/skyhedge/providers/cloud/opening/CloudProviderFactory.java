package dev.skyhedge.providers.cloud.opening;

import dev.skyhedge.providers.cloud.catalog.Catalogs;
import dev.skyhedge.providers.cloud.settings.CheckedSettings;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.PriceCatalog;
import dev.skyhedge.spi.Provider;
import dev.skyhedge.spi.ProviderSettings;
import java.io.IOException;
import java.util.List;

/// What the factories of clouds do alike: they open with the price list in force. A plugin ships its list as
/// `prices.csv` beside its factory.
///
/// @param <S> the plugin's settings, good or with their problems
public abstract class CloudProviderFactory<S extends CheckedSettings> extends SettingsProviderFactory<S> {
    private static final String SHIPPED_PRICES = "prices.csv";

    protected CloudProviderFactory(String name, List<String> settingNames, CheckedSettings.Reading<S> reading) {
        super(name, settingNames, reading);
    }

    /// Opens a client with good settings. Only this touches the cloud's SDK.
    protected abstract Outcome<Provider> open(S settings, PriceCatalog prices, ProviderSettings given);

    /// The list that this plugin ships.
    public final PriceCatalog shippedPrices() {
        return Catalogs.shipped(getClass(), SHIPPED_PRICES);
    }

    /// The boot script brings them.
    @Override
    public final boolean hasEntrances() {
        return true;
    }

    @Override
    public final Outcome<PriceCatalog> catalog(ProviderSettings settings) {
        try {
            return Outcome.done(Catalogs.inForce(shippedPrices(), settings.directory()));
        } catch (IOException e) {
            return Outcome.failed(new Failure.InvalidRequest("The price catalogue cannot be read: " + e.getMessage()));
        }
    }

    @Override
    protected final Outcome<Provider> open(S settings, ProviderSettings given) {
        return switch (catalog(given)) {
            case Outcome.Failed<PriceCatalog>(Failure failure) -> Outcome.failed(failure);
            case Outcome.Done<PriceCatalog>(PriceCatalog prices) -> open(settings, prices, given);
        };
    }
}
