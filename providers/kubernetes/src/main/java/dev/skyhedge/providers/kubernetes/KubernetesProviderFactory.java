package dev.skyhedge.providers.kubernetes;

import dev.skyhedge.providers.cloud.opening.SettingsProviderFactory;
import dev.skyhedge.providers.kubernetes.pool.Places;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.Provider;
import dev.skyhedge.spi.ProviderSettings;

/// The plugin `kubernetes`. Only opening touches the client of Kubernetes.
public final class KubernetesProviderFactory extends SettingsProviderFactory<KubernetesSettings> {
    public KubernetesProviderFactory() {
        super(Places.CLOUD, KubernetesSettings.NAMES, KubernetesSettings::read);
    }

    @Override
    protected Outcome<Provider> open(KubernetesSettings settings, ProviderSettings given) {
        return KubernetesOpening.open(settings, given.clock(), WAITS);
    }
}
