package dev.skyhedge.providers.simulated;

import dev.skyhedge.providers.simulated.settings.CloudSettings;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Listed;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.Provider;
import dev.skyhedge.spi.ProviderFactory;
import dev.skyhedge.spi.ProviderSettings;
import dev.skyhedge.spi.SettingProblem;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/// Opens clouds in memory. It is not registered as a plugin, because such a cloud is gone when its process
/// ends: whoever simulates creates it by hand, and advances [SimulatedProvider#cloud()].
public final class SimulatedProviderFactory implements ProviderFactory {
    private static final String NAME = "simulated";

    @Override
    public String name() {
        return NAME;
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
            return Outcome.failed(
                    new Failure.InvalidRequest(read.problems().getFirst().toString()));
        }
        try {
            Instant now = settings.clock().instant();
            Cloud cloud = new Cloud(read.build(now), VirtualMachines.withMadeUpAddresses(), new Ledger(), now);
            return Outcome.done(new SimulatedProvider(cloud));
        } catch (IOException e) {
            return Outcome.failed(new Failure.InvalidRequest("The market cannot be read: " + e.getMessage()));
        }
    }
}
