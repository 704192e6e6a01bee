package dev.skyhedge.engine.simulate.event;

import dev.skyhedge.engine.reconcile.Step;
import dev.skyhedge.engine.scaling.Autoscaler;
import dev.skyhedge.engine.scaling.RequestRate;
import dev.skyhedge.specs.ScalingSpec;
import dev.skyhedge.specs.ServiceSpec;
import dev.skyhedge.state.records.Change;
import dev.skyhedge.state.records.WorkloadRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/// A balancer's figures every second, as the production balancers are sampled. A sample from which the autoscaler
/// would conclude what it has concluded already is not told: nothing else in a plan depends on the rate, and what
/// depends on requests in flight is told with every other step.
final class RequestSignals {
    private static final Duration PERIOD = Duration.ofSeconds(1);

    private final ScalingSpec scaling;
    private final String service;
    private final Instant start;
    private final RequestRate rate;
    private OptionalDouble latest = OptionalDouble.empty();
    private Optional<WorkloadRecord> record = Optional.empty();
    private long nextSampleAt;
    private boolean tellsAll;

    RequestSignals(ServiceSpec spec, Instant start) {
        this.scaling = spec.scaling();
        this.service = spec.name();
        this.start = start;
        this.rate = new RequestRate(scaling.window());
        this.nextSampleAt = scaling.isElastic() ? 0 : Long.MAX_VALUE;
    }

    /// Tells every sample, to show that leaving some out changes nothing.
    void tellAll() {
        tellsAll = true;
    }

    long nextSampleAt() {
        return nextSampleAt;
    }

    OptionalDouble latestRate() {
        return latest;
    }

    void committed(Step step) {
        for (Change change : step.changes()) {
            if (change instanceof Change.PutWorkload(WorkloadRecord put)
                    && put.name().equals(service)) {
                record = Optional.of(put);
            }
        }
    }

    /// Takes the sample that is due.
    ///
    /// @return its rate if it is worth telling
    Optional<OptionalDouble> sample(long now, long arrived, int held, int inFlight) {
        Instant at = start.plusNanos(now);
        nextSampleAt += PERIOD.toNanos();
        latest = rate.sample(at, arrived);
        boolean news = tellsAll
                || record.filter(known -> !concludes(known, at, held, inFlight)).isPresent();
        return news ? Optional.of(latest) : Optional.empty();
    }

    private boolean concludes(WorkloadRecord known, Instant at, int held, int inFlight) {
        Autoscaler.Decision decision = Autoscaler.decide(
                scaling,
                new Autoscaler.Input(Optional.of(known.wanted()), known.scaling(), latest, held, inFlight, at));
        return decision.wanted() == known.wanted() && decision.memory().equals(known.scaling());
    }
}
