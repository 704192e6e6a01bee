package dev.skyhedge.providers.azure;

import dev.skyhedge.providers.azure.fake.FakeRules;
import dev.skyhedge.spi.conformance.ProviderConformance;
import dev.skyhedge.spi.conformance.ProviderHarness;

/// The same suite on an implementation of the API that is less than Azure, as emulators are: machines are
/// there at once and do not say when they were made or how they run, `If-None-Match` is not heeded, and
/// there are no operations, sizes, quotas or resource groups. Networks stay: without them nothing says
/// where a machine is reached.
class EmulatorConformanceTest extends ProviderConformance {
    @Override
    protected ProviderHarness open() {
        return new AzureHarness(FakeRules.calm().emulated());
    }
}
