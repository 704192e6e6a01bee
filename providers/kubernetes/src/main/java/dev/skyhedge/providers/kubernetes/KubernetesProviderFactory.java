package dev.skyhedge.providers.kubernetes;

import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.Provider;
import dev.skyhedge.spi.ProviderFactory;
import dev.skyhedge.spi.ProviderSettings;
import dev.skyhedge.spi.SettingProblem;
import java.util.List;

/// The plugin `kubernetes`. Only [#open] touches the client of Kubernetes.
public final class KubernetesProviderFactory implements ProviderFactory {
    @Override
    public String name() {
        return Places.CLOUD;
    }

    @Override
    public List<String> settingNames() {
        return KubernetesSettings.NAMES;
    }

    @Override
    public List<SettingProblem> check(ProviderSettings settings) {
        return KubernetesSettings.read(settings.values(), System.getenv()).problems();
    }

    @Override
    public Outcome<Provider> open(ProviderSettings settings) {
        KubernetesSettings read = KubernetesSettings.read(settings.values(), System.getenv());
        if (!read.problems().isEmpty()) {
            SettingProblem first = read.problems().getFirst();
            return Outcome.failed(new Failure.InvalidRequest(first.setting() + " " + first.summary()));
        }
        return KubernetesOpening.open(read, settings.clock());
    }
}
