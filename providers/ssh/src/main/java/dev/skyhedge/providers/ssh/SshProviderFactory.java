package dev.skyhedge.providers.ssh;

import dev.skyhedge.providers.cloud.opening.SettingsProviderFactory;
import dev.skyhedge.spi.Listed;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.Provider;
import dev.skyhedge.spi.ProviderSettings;
import java.time.Duration;
import java.util.List;

/// The plugin `ssh`. Opening it reaches no machine.
public final class SshProviderFactory extends SettingsProviderFactory<SshSettings> {
    private static final Duration LOOK = Duration.ofSeconds(5);

    public SshProviderFactory() {
        super(Host.CLOUD, SshSettings.NAMES, SshSettings::read);
    }

    /// A machine that one owns costs nothing more.
    @Override
    public Duration billedAtLeast() {
        return Duration.ZERO;
    }

    @Override
    public List<Listed> listed(ProviderSettings settings) {
        return SshSettings.read(settings.values(), System.getenv()).hosts().stream()
                .map(host -> new Listed(host.accelerator(), host.rack(), List.of(host.name())))
                .toList();
    }

    @Override
    protected Outcome<Provider> open(SshSettings settings, ProviderSettings given) {
        return Outcome.done(new SshProvider(settings, given.clock(), LOOK));
    }
}
