package dev.skyhedge.providers.aws;

import dev.skyhedge.providers.aws.fake.Faults;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.spi.Provider;
import dev.skyhedge.spi.Workload;
import dev.skyhedge.spi.conformance.ProviderConformance;
import dev.skyhedge.spi.conformance.ProviderHarness;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

class AwsConformanceTest extends ProviderConformance {
    @Override
    protected ProviderHarness open() {
        return new Harness(new TestAws());
    }

    /// The plugin and the fake cloud under the suite.
    static final class Harness implements ProviderHarness {
        private static final Duration MOMENT = Duration.ofMillis(2);
        private static final int CALLS_OF_A_ROUND = 8;

        private final TestAws aws;
        private final AwsProvider provider;

        Harness(TestAws aws) {
            this.aws = aws;
            this.provider = aws.client();
        }

        @Override
        public Provider provider() {
            return provider;
        }

        @Override
        public Provider secondClient() {
            return aws.client();
        }

        @Override
        public Offer onDemandOffer() {
            return TestAws.onDemand("us-east-1a");
        }

        @Override
        public Offer spotOffer() {
            return TestAws.spot("us-east-1b");
        }

        @Override
        public Workload workload() {
            return TestAws.workload();
        }

        @Override
        public void letTimePass() {
            aws.clock.advance(Duration.ofSeconds(1));
            aws.cloud.everybodySays("ready\n");
            LockSupport.parkNanos(MOMENT.toNanos());
        }

        @Override
        public void preempt(String instanceId) {
            aws.cloud.preempt(instanceId, Duration.ofMinutes(2));
        }

        @Override
        public void cutOff(Location location) {
            aws.cloud.faults().cutOff(location.region());
        }

        @Override
        public void reconnect(Location location) {
            aws.cloud.faults().reconnect(location.region());
        }

        @Override
        public void disturbEvents() {
            aws.cloud.faults().next("DescribeInstances", "us-east-1", new Faults.Fault.CallLost(), CALLS_OF_A_ROUND);
        }

        @Override
        public boolean keepsLogs() {
            return true;
        }

        @Override
        public void close() {
            provider.close();
            aws.close();
        }
    }
}
