package dev.skyhedge.providers.aws;

import dev.skyhedge.providers.cloud.calls.Pause;
import dev.skyhedge.providers.cloud.catalog.Catalogs;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.PriceCatalog;
import dev.skyhedge.spi.Provider;
import dev.skyhedge.spi.ProviderFactory;
import dev.skyhedge.spi.ProviderSettings;
import dev.skyhedge.spi.SettingProblem;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;

/// The plugin `aws`. Nothing here but [#open] touches the SDK.
public final class AwsProviderFactory implements ProviderFactory {
    static final String NAME = "aws";
    private static final String SHIPPED_PRICES = "prices.csv";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> settingNames() {
        return AwsSettings.NAMES;
    }

    @Override
    public List<SettingProblem> check(ProviderSettings settings) {
        return AwsSettings.read(settings.values(), System.getenv()).problems();
    }

    @Override
    public Outcome<Provider> open(ProviderSettings settings) {
        AwsSettings.Reading reading = AwsSettings.read(settings.values(), System.getenv());
        if (!reading.problems().isEmpty()) {
            SettingProblem first = reading.problems().getFirst();
            return Outcome.failed(
                    new Failure.InvalidRequest(first.setting() + ": " + first.summary() + ". " + first.remedy()));
        }
        return catalog(settings)
                .map(catalog -> new AwsProvider(
                        reading.settings(),
                        catalog,
                        new AwsProvider.Environment(
                                settings.clock(),
                                Pause.REAL,
                                new SharedRandom(),
                                Duration.ofSeconds(reading.settings().pollSeconds()))));
    }

    @Override
    public Outcome<PriceCatalog> catalog(ProviderSettings settings) {
        try {
            return Outcome.done(
                    Catalogs.inForce(Catalogs.shipped(AwsProviderFactory.class, SHIPPED_PRICES), settings.directory()));
        } catch (IOException e) {
            return Outcome.failed(new Failure.InvalidRequest(String.valueOf(e.getMessage())));
        }
    }

    /// For the waits between repeated calls, which no plan depends on.
    private static final class SharedRandom implements RandomGenerator {
        private final SplittableRandom random = new SplittableRandom();
        private final ReentrantLock lock = new ReentrantLock();

        @Override
        public long nextLong() {
            lock.lock();
            try {
                return random.nextLong();
            } finally {
                lock.unlock();
            }
        }
    }
}
