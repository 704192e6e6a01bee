package dev.skyhedge.providers.gcp;

import dev.skyhedge.providers.cloud.contract.LifeStories;
import dev.skyhedge.providers.cloud.contract.Situation;
import java.time.Duration;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

class LifeProperties extends LifeStories {
    @SuppressWarnings("NullAway.Init") // before any of the properties
    private static GcpHarness harness;

    @BeforeContainer
    static void open() {
        harness = new GcpHarness(Situation.lagging(Duration.ofSeconds(20)));
    }

    @AfterContainer
    static void close() {
        harness.close();
    }

    @Override
    protected GcpHarness harness() {
        return harness;
    }

    @Override
    protected boolean toldWhoEnded() {
        return true;
    }

    @Override
    protected boolean failedLaunchMayComeAgain() {
        return false;
    }
}
