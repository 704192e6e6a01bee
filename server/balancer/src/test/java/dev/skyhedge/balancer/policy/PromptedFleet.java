package dev.skyhedge.balancer.policy;

/// A fleet whose members take prompts in at one rate and wait in proportion to their load.
record PromptedFleet(Fleet fleet) implements PrefixAffinity.Targets {
    @Override
    public int slot(int index) {
        return index;
    }

    @Override
    public double prefillRate(int index) {
        return 5_000;
    }

    @Override
    public double waitSeconds(int index) {
        return 0.01 * fleet.load(index);
    }

    @Override
    public int size() {
        return fleet.size();
    }

    @Override
    public boolean eligible(int index) {
        return fleet.eligible(index);
    }

    @Override
    public double load(int index) {
        return fleet.load(index);
    }

    @Override
    public double weight(int index) {
        return fleet.weight(index);
    }
}
