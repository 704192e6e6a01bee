package dev.skyhedge.providers.gcp;

import dev.skyhedge.providers.cloud.contract.LifeStories;
import dev.skyhedge.providers.cloud.contract.Situation;

class LifeProperties extends LifeStories {
    @Override
    protected GcpHarness open(Situation situation) {
        return new GcpHarness(situation);
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
