package dev.skyhedge.providers.cloud.contract;

import dev.skyhedge.spi.LaunchRequest;
import dev.skyhedge.spi.Provider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// A client and its fake cloud, fresh for each test.
///
/// @param <H> the plugin's own harness
public abstract class ClientContract<H extends CloudHarness<?>> {
    protected static final String LINEAGE = "lineage-a";

    protected H harness;
    protected Provider provider;

    /// Makes a fresh cloud.
    protected abstract H open(Situation situation);

    @BeforeEach
    void openCalm() {
        harness = open(Situation.CALM);
        provider = harness.provider();
    }

    @AfterEach
    void closeHarness() {
        harness.close();
    }

    /// Puts another cloud in place of the calm one.
    protected final void restart(Situation situation) {
        harness.close();
        harness = open(situation);
        provider = harness.provider();
    }

    protected final LaunchRequest spot(int number) {
        return harness.request(harness.spotOffer(), LINEAGE, number);
    }

    protected final LaunchRequest onDemand(int number) {
        return harness.request(harness.onDemandOffer(), LINEAGE, number);
    }
}
