package dev.skyhedge.providers.azure;

import dev.skyhedge.providers.cloud.contract.LifeStories;
import dev.skyhedge.providers.cloud.contract.Situation;

class LifeProperties extends LifeStories {
    @Override
    protected AzureHarness open(Situation situation) {
        return new AzureHarness(situation);
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
