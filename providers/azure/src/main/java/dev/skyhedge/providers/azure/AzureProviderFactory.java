package dev.skyhedge.providers.azure;

import dev.skyhedge.providers.cloud.catalog.Catalogs;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.PriceCatalog;
import dev.skyhedge.spi.Provider;
import dev.skyhedge.spi.ProviderFactory;
import dev.skyhedge.spi.ProviderSettings;
import dev.skyhedge.spi.SettingProblem;
import java.io.IOException;
import java.util.List;

/// The plugin `azure`. Only [#open] touches Azure's client.
public final class AzureProviderFactory implements ProviderFactory {
    private static final String SHIPPED_PRICES = "prices.csv";

    @Override
    public String name() {
        return AzureNames.CLOUD;
    }

    @Override
    public List<String> settingNames() {
        return AzureSettings.NAMES;
    }

    @Override
    public List<SettingProblem> check(ProviderSettings settings) {
        return AzureSettings.read(settings.values(), System.getenv()).problems();
    }

    @Override
    public Outcome<PriceCatalog> catalog(ProviderSettings settings) {
        try {
            return Outcome.done(Catalogs.inForce(shippedPrices(), settings.directory()));
        } catch (IOException e) {
            return Outcome.failed(new Failure.InvalidRequest("The price catalogue cannot be read: " + e.getMessage()));
        }
    }

    static PriceCatalog shippedPrices() {
        return Catalogs.shipped(AzureProviderFactory.class, SHIPPED_PRICES);
    }

    @Override
    public Outcome<Provider> open(ProviderSettings settings) {
        AzureSettings read = AzureSettings.read(settings.values(), System.getenv());
        if (!read.problems().isEmpty()) {
            SettingProblem first = read.problems().getFirst();
            return Outcome.failed(new Failure.InvalidRequest(first.setting() + " " + first.summary()));
        }
        return switch (catalog(settings)) {
            case Outcome.Failed<PriceCatalog>(Failure failure) -> Outcome.failed(failure);
            case Outcome.Done<PriceCatalog>(PriceCatalog prices) ->
                AzureOpening.open(read, prices, settings.directory(), settings.clock());
        };
    }
}
