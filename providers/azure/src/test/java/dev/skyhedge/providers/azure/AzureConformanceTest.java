package dev.skyhedge.providers.azure;

import dev.skyhedge.spi.conformance.ProviderConformance;
import dev.skyhedge.spi.conformance.ProviderHarness;

class AzureConformanceTest extends ProviderConformance {
    @Override
    protected ProviderHarness open() {
        return new AzureHarness();
    }
}
