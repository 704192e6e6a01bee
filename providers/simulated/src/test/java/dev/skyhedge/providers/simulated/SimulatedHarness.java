package dev.skyhedge.providers.simulated;

import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.LocationPattern;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.spi.Provider;
import dev.skyhedge.spi.Workload;
import dev.skyhedge.spi.conformance.ProviderHarness;
import java.time.Duration;

/// A simulated cloud under the conformance suite.
class SimulatedHarness implements ProviderHarness {
    private final Cloud cloud;

    SimulatedHarness(CloudRules rules) {
        cloud = TestClouds.calm(rules);
    }

    Cloud cloud() {
        return cloud;
    }

    @Override
    public Provider provider() {
        return new SimulatedProvider(cloud);
    }

    @Override
    public Provider secondClient() {
        return provider();
    }

    @Override
    public Offer onDemandOffer() {
        return TestClouds.onDemand(TestClouds.EAST_A);
    }

    @Override
    public Offer spotOffer() {
        return TestClouds.spot(TestClouds.EAST_B);
    }

    @Override
    public Workload workload() {
        return TestClouds.workload();
    }

    @Override
    public void letTimePass() {
        cloud.advance(Duration.ofSeconds(1));
        cloud.ledger().live().forEach(rental -> cloud.say(rental.instanceId(), "ready\n"));
    }

    @Override
    public Duration patience() {
        return Duration.ofSeconds(2);
    }

    @Override
    public void preempt(String instanceId) {
        cloud.preempt(instanceId, Duration.ofSeconds(30));
    }

    @Override
    public void cutOff(Location location) {
        cloud.faults().unreachable(LocationPattern.of(location), new Failure.Denied("cut off"));
    }

    @Override
    public void reconnect(Location location) {
        cloud.faults().reachable(LocationPattern.of(location));
    }

    @Override
    public void disturbEvents() {
        cloud.disturbEvents("disturbed");
    }

    @Override
    public boolean keepsLogs() {
        return true;
    }

    @Override
    public void close() {}
}
