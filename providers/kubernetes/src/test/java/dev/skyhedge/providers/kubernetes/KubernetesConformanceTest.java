package dev.skyhedge.providers.kubernetes;

import dev.skyhedge.spi.conformance.ProviderConformance;
import dev.skyhedge.spi.conformance.ProviderHarness;

class KubernetesConformanceTest extends ProviderConformance {
    @Override
    protected ProviderHarness open() {
        return new KubernetesHarness();
    }
}
