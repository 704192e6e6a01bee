package dev.skyhedge.engine.simulate.forecast;

import dev.skyhedge.engine.simulate.event.Beginning;
import dev.skyhedge.engine.simulate.event.EventOutcome;
import dev.skyhedge.engine.simulate.event.EventSimulation;
import java.time.Duration;

/// The figures of one simulated day. Most days are simulated whole. In a market where hardly a second passes without
/// news that would take minutes and tell nothing more, so such a day is simulated until enough has happened; its rest
/// is as the later half of what was.
///
/// @param micro spent, in micro-dollars
/// @param counted seconds whose availability counts
/// @param full seconds of them with all wanted replicas ready
/// @param capacity seconds of them, each weighted with the ready share of what is wanted
/// @param preemptions replicas that the cloud took back
/// @param spot billed seconds on spot
/// @param onDemand billed seconds on demand
record ForecastDay(
        double micro, double counted, double full, double capacity, double preemptions, double spot, double onDemand) {
    /// Steps of the reconciler after which a day is not simulated twice as far. Three replicas in markets of real
    /// clouds take up to some thousands for a whole day.
    static final long ENOUGH_STEPS = 1_000;

    /// A day is cut at a half of it, or of that, and so on; never below this share.
    private static final int SMALLEST_PART = 128;

    /// Simulates a day of this length from the settings.
    static ForecastDay of(EventSimulation.Settings settings, Beginning beginning, Duration length) {
        var simulation = EventSimulation.from(settings, beginning);
        ForecastDay before = new ForecastDay(0, 0, 0, 0, 0, 0, 0);
        for (int part = SMALLEST_PART; ; part /= 2) {
            Duration at = length.dividedBy(part);
            simulation.runTo(settings.start().plus(at));
            ForecastDay now = of(simulation.outcome(at), settings.warmUp());
            // A rest can be told only where all of the later half counts.
            if (part == 1 || before.counted() > 0 && simulation.steps() >= ENOUGH_STEPS) {
                // From the half to here is as long as half of what was; the rest is so many times that.
                return now.plus(now.minus(before), 2.0 * (part - 1));
            }
            before = now;
        }
    }

    private static ForecastDay of(EventOutcome outcome, Duration warmUp) {
        double counted = Math.max(0, outcome.length().minus(warmUp).toMillis() / 1e3);
        return new ForecastDay(
                outcome.bill().microDollars(),
                counted,
                counted * outcome.availability().full(),
                counted * outcome.availability().capacity(),
                outcome.preemptions(),
                outcome.bill().spotSeconds(),
                outcome.bill().onDemandSeconds());
    }

    private ForecastDay minus(ForecastDay other) {
        return plus(other, -1);
    }

    private ForecastDay plus(ForecastDay other, double times) {
        return new ForecastDay(
                micro + times * other.micro,
                counted + times * other.counted,
                full + times * other.full,
                capacity + times * other.capacity,
                preemptions + times * other.preemptions,
                spot + times * other.spot,
                onDemand + times * other.onDemand);
    }

    double usd() {
        return micro / 1e6;
    }

    /// From 0 to 1; 0 if nothing counts.
    double fullShare() {
        return counted == 0 ? 0 : full / counted;
    }

    /// From 0 to 1; 0 if nothing counts.
    double capacityShare() {
        return counted == 0 ? 0 : capacity / counted;
    }

    /// From 0 to 1; 0 if nothing was billed.
    double onDemandShare() {
        return spot + onDemand == 0 ? 0 : onDemand / (spot + onDemand);
    }
}
