package dev.skyhedge.providers.cloud.opening;

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
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/// What the factories of clouds do alike: only settings without problems open, and with the price list in force.
/// A plugin ships its list as `prices.csv` beside its factory.
///
/// @param <S> the plugin's settings, good or with their problems
public abstract class CloudProviderFactory<S> implements ProviderFactory {
    /// For the waits between repeated calls, which no plan depends on. Thread-safe.
    protected static final RandomGenerator WAITS =
            () -> ThreadLocalRandom.current().nextLong();

    private static final String SHIPPED_PRICES = "prices.csv";

    private final String name;
    private final List<String> settingNames;

    protected CloudProviderFactory(String name, List<String> settingNames) {
        this.name = name;
        this.settingNames = List.copyOf(settingNames);
    }

    /// Reads settings without I/O.
    protected abstract S read(SequencedMap<String, Object> values, Map<String, String> environment);

    /// What is wrong with them; empty if they are good.
    protected abstract List<SettingProblem> problems(S settings);

    /// Opens a client with good settings. Only this touches the cloud's SDK.
    protected abstract Outcome<Provider> open(S settings, PriceCatalog prices, ProviderSettings given);

    /// The list that this plugin ships.
    public final PriceCatalog shippedPrices() {
        return Catalogs.shipped(getClass(), SHIPPED_PRICES);
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final List<String> settingNames() {
        return settingNames;
    }

    @Override
    public final List<SettingProblem> check(ProviderSettings settings) {
        return problems(read(settings.values(), System.getenv()));
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
    public final Outcome<Provider> open(ProviderSettings given) {
        S settings = read(given.values(), System.getenv());
        List<SettingProblem> problems = problems(settings);
        if (!problems.isEmpty()) {
            SettingProblem first = problems.getFirst();
            return Outcome.failed(
                    new Failure.InvalidRequest(first.setting() + ": " + first.summary() + ". " + first.remedy()));
        }
        return switch (catalog(given)) {
            case Outcome.Failed<PriceCatalog>(Failure failure) -> Outcome.failed(failure);
            case Outcome.Done<PriceCatalog>(PriceCatalog prices) -> open(settings, prices, given);
        };
    }
}
