package dev.skyhedge.providers.kubernetes;

import dev.skyhedge.providers.cloud.opening.SettingsProviderFactory;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.Provider;
import dev.skyhedge.spi.ProviderSettings;
import dev.skyhedge.spi.SettingProblem;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// The plugin `kubernetes`. Only opening touches the client of Kubernetes.
public final class KubernetesProviderFactory extends SettingsProviderFactory<KubernetesSettings> {
    public KubernetesProviderFactory() {
        super(Places.CLOUD, KubernetesSettings.NAMES);
    }

    @Override
    protected KubernetesSettings read(SequencedMap<String, Object> values, Map<String, String> environment) {
        return KubernetesSettings.read(values, environment);
    }

    @Override
    protected List<SettingProblem> problems(KubernetesSettings settings) {
        return settings.problems();
    }

    @Override
    protected Outcome<Provider> open(KubernetesSettings settings, ProviderSettings given) {
        return KubernetesOpening.open(settings, given.clock(), WAITS);
    }
}
