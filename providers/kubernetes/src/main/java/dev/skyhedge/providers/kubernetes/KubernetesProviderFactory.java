package dev.skyhedge.providers.kubernetes;

import dev.skyhedge.providers.cloud.opening.SettingsProviderFactory;
import dev.skyhedge.providers.kubernetes.pool.Places;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.Provider;
import dev.skyhedge.spi.ProviderSettings;
import java.time.Duration;

/// The plugin `kubernetes`. Only opening touches the client of Kubernetes.
public final class KubernetesProviderFactory extends SettingsProviderFactory<KubernetesSettings> {
    public KubernetesProviderFactory() {
        super(Places.CLOUD, KubernetesSettings.NAMES, KubernetesSettings::read);
    }

    /// A pod costs while it is there.
    @Override
    public Duration billedAtLeast() {
        return Duration.ZERO;
    }

    @Override
    protected Outcome<Provider> open(KubernetesSettings settings, ProviderSettings given) {
        return KubernetesOpening.open(settings, given.clock(), WAITS);
    }
}
