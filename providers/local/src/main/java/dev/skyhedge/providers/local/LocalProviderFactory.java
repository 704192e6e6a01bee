package dev.skyhedge.providers.local;

import dev.skyhedge.providers.local.wire.Json;
import dev.skyhedge.providers.simulated.settings.CloudSettings;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Listed;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.Provider;
import dev.skyhedge.spi.ProviderFactory;
import dev.skyhedge.spi.ProviderSettings;
import dev.skyhedge.spi.SettingProblem;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/// The plugin `local`. Opening it starts the daemon where none runs.
public final class LocalProviderFactory implements ProviderFactory {
    static final String NAME = "local";

    @Override
    public String name() {
        return NAME;
    }

    /// It bills by the second alone.
    @Override
    public Duration billedAtLeast() {
        return Duration.ZERO;
    }

    @Override
    public List<String> settingNames() {
        return CloudSettings.NAMES;
    }

    @Override
    public List<SettingProblem> check(ProviderSettings settings) {
        return CloudSettings.read(NAME, settings.values()).problems();
    }

    @Override
    public List<Listed> listed(ProviderSettings settings) {
        return CloudSettings.read(NAME, settings.values()).listed();
    }

    @Override
    public Outcome<Provider> open(ProviderSettings settings) {
        CloudSettings read = CloudSettings.read(NAME, settings.values());
        if (!read.problems().isEmpty()) {
            SettingProblem first = read.problems().getFirst();
            return Outcome.failed(new Failure.InvalidRequest(first.setting() + " " + first.summary()));
        }
        DaemonConnection connection =
                new DaemonConnection(new DaemonFiles(settings.directory()), Json.write(settings.values()));
        try {
            connection.ensure();
            return Outcome.done(new LocalProvider(connection, read.visibilityDelay()));
        } catch (DaemonStarter.SettingsDiffer e) {
            return Outcome.failed(new Failure.Conflict(String.valueOf(e.getMessage())));
        } catch (LocalCloud.Silent e) {
            return Outcome.failed(new Failure.OutcomeUnknown(String.valueOf(e.getMessage())));
        } catch (IOException e) {
            return Outcome.failed(new Failure.InvalidRequest(String.valueOf(e.getMessage())));
        }
    }
}
