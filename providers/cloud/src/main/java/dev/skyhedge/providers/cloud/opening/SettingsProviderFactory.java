package dev.skyhedge.providers.cloud.opening;

import dev.skyhedge.providers.cloud.settings.CheckedSettings;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.Provider;
import dev.skyhedge.spi.ProviderFactory;
import dev.skyhedge.spi.ProviderSettings;
import dev.skyhedge.spi.SettingProblem;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/// What the factories of plugins do alike: only settings without problems open.
///
/// @param <S> the plugin's settings, good or with their problems
public abstract class SettingsProviderFactory<S extends CheckedSettings> implements ProviderFactory {
    /// For the waits between repeated calls, which no plan depends on. Thread-safe.
    protected static final RandomGenerator WAITS =
            () -> ThreadLocalRandom.current().nextLong();

    private final String name;
    private final List<String> settingNames;
    private final CheckedSettings.Reading<S> reading;

    protected SettingsProviderFactory(String name, List<String> settingNames, CheckedSettings.Reading<S> reading) {
        this.name = name;
        this.settingNames = List.copyOf(settingNames);
        this.reading = reading;
    }

    /// Opens a client with good settings. Only this touches the cloud's SDK.
    protected abstract Outcome<Provider> open(S settings, ProviderSettings given);

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
        return reading.read(settings.values(), System.getenv()).problems();
    }

    @Override
    public final boolean hasPublicAddresses(ProviderSettings settings) {
        return reading.read(settings.values(), System.getenv()).hasPublicAddresses();
    }

    @Override
    public final Outcome<Provider> open(ProviderSettings given) {
        S settings = reading.read(given.values(), System.getenv());
        List<SettingProblem> problems = settings.problems();
        if (!problems.isEmpty()) {
            SettingProblem first = problems.getFirst();
            return Outcome.failed(
                    new Failure.InvalidRequest(first.setting() + ": " + first.summary() + ". " + first.remedy()));
        }
        return open(settings, given);
    }
}
