package dev.skyhedge.providers.aws;

import dev.skyhedge.spi.conformance.ProviderConformance;
import dev.skyhedge.spi.conformance.ProviderHarness;

/// The same suite on an implementation of the API that is less than EC2, as emulators are: it does not remember
/// client tokens and fails at filters other than tags.
class EmulatorConformanceTest extends ProviderConformance {
    @Override
    protected ProviderHarness open() {
        TestAws aws = new TestAws();
        aws.cloud.rules().forgetTokens().knowFewFilters();
        return new AwsConformanceTest.Harness(aws);
    }
}
