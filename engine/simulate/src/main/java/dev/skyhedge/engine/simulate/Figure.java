package dev.skyhedge.engine.simulate;

import java.util.function.ToDoubleFunction;

/// A figure by which runs are compared.
public enum Figure {
    FULL("full", Outcome::full),
    CAPACITY("capacity", Outcome::capacity),
    OUTAGE("outage", Outcome::outage),
    COST_SHARE("cost_share", Outcome::costShare),
    PREEMPTIONS("preemptions", Outcome::preemptions),
    LAUNCHES("launches", Outcome::launches),
    FAILED_LAUNCHES("failed_launches", Outcome::failedLaunches),
    ON_DEMAND_SHARE("on_demand_share", Outcome::onDemandShare);

    private final String key;
    private final transient ToDoubleFunction<Outcome> value;

    Figure(String key, ToDoubleFunction<Outcome> value) {
        this.key = key;
        this.value = value;
    }

    /// Its name in JSON.
    public String key() {
        return key;
    }

    /// Its value for a run.
    public double of(Outcome outcome) {
        return value.applyAsDouble(outcome);
    }
}
