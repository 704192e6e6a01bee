package dev.skyhedge.providers.simulated;

import dev.skyhedge.spi.conformance.ProviderConformance;
import dev.skyhedge.spi.conformance.ProviderHarness;
import java.time.Duration;

class SimulatedConformanceTest extends ProviderConformance {
    @Override
    protected ProviderHarness open() {
        return new SimulatedHarness(CloudRules.calm().withBoot(Duration.ofSeconds(2), Duration.ofSeconds(3)));
    }
}
