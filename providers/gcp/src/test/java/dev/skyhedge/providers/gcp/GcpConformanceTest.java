package dev.skyhedge.providers.gcp;

import dev.skyhedge.spi.conformance.ProviderConformance;
import dev.skyhedge.spi.conformance.ProviderHarness;

class GcpConformanceTest extends ProviderConformance {
    @Override
    protected ProviderHarness open() {
        return new GcpHarness();
    }
}
