package dev.skyhedge.providers.azure;

import dev.skyhedge.providers.cloud.contract.LifeStories;
import dev.skyhedge.providers.cloud.contract.Situation;
import java.time.Duration;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

class LifeProperties extends LifeStories {
    @SuppressWarnings("NullAway.Init") // before any of the properties
    private static AzureHarness harness;

    @BeforeContainer
    static void open() {
        harness = new AzureHarness(Situation.lagging(Duration.ofSeconds(20)));
    }

    @AfterContainer
    static void close() {
        harness.close();
    }

    @Override
    protected AzureHarness harness() {
        return harness;
    }

    /// Azure tells nobody who deleted a machine.
    @Override
    protected boolean toldWhoEnded() {
        return false;
    }

    @Override
    protected boolean failedLaunchMayComeAgain() {
        return true;
    }
}
