package dev.skyhedge.providers.gcp;

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

/// The plugin `gcp`. Only [#open] touches Google's client.
public final class GcpProviderFactory implements ProviderFactory {
    private static final String SHIPPED_PRICES = "prices.csv";

    @Override
    public String name() {
        return GoogleNames.CLOUD;
    }

    @Override
    public List<String> settingNames() {
        return GcpSettings.NAMES;
    }

    @Override
    public List<SettingProblem> check(ProviderSettings settings) {
        return GcpSettings.read(settings.values(), System.getenv()).problems();
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
        return Catalogs.shipped(GcpProviderFactory.class, SHIPPED_PRICES);
    }

    @Override
    public Outcome<Provider> open(ProviderSettings settings) {
        GcpSettings read = GcpSettings.read(settings.values(), System.getenv());
        if (!read.problems().isEmpty()) {
            SettingProblem first = read.problems().getFirst();
            return Outcome.failed(new Failure.InvalidRequest(first.setting() + " " + first.summary()));
        }
        return switch (catalog(settings)) {
            case Outcome.Failed<PriceCatalog>(Failure failure) -> Outcome.failed(failure);
            case Outcome.Done<PriceCatalog>(PriceCatalog prices) -> GcpOpening.open(read, prices, settings.clock());
        };
    }
}
