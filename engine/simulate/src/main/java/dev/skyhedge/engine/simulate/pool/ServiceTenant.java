package dev.skyhedge.engine.simulate.pool;

import dev.skyhedge.engine.pool.Claim;
import dev.skyhedge.engine.pool.Claim.Nature;
import dev.skyhedge.engine.pool.Pool;
import dev.skyhedge.engine.scaling.Autoscaler;
import dev.skyhedge.engine.simulate.workload.RateCurve;
import dev.skyhedge.specs.ScalingSpec;
import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.state.records.WorkloadRecord.ScalingMemory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// A service that follows its request rate by the planner's autoscaler, a machine for each replica.
/// What is wanted no more but waits for its downscale delay is kept: whoever has it meanwhile gives
/// it back when it is wanted again, and the model is loaded anew. Requests beyond what the ready
/// replicas take miss their service level; none waits.
public final class ServiceTenant implements Tenant {
    private static final Instant EPOCH = Instant.EPOCH;
    private static final double NANOS_PER_SECOND = 1e9;
    /// As the autoscaler has it: within so much of a replica's target fewer are not enough.
    private static final double DEAD_BAND = 0.05;

    private final String name;
    private final Demand demand;
    private final ScalingSpec scaling;
    private final HourlyPrice worth;
    private final Deque<Measured> seen = new ArrayDeque<>();
    private Optional<Integer> wanted = Optional.empty();
    private ScalingMemory memory = ScalingMemory.NONE;
    private double requests;
    private double served;

    /// What is asked of it, and what a replica can do.
    ///
    /// @param rates of requests, by the second
    /// @param perReplica requests per second that a replica takes within the service level
    /// @param loading seconds in which a model is loaded on a machine that is there
    /// @param warm of the machines that wait for the downscale delay so many stay with it, and
    ///     nobody else has them
    public record Demand(RateCurve rates, double perReplica, double loading, int warm) {}

    private record Measured(double at, double rate) {}

    public ServiceTenant(String name, Demand demand, ScalingSpec scaling, HourlyPrice worth) {
        this.name = name;
        this.demand = demand;
        this.scaling = scaling;
        this.worth = worth;
    }

    /// The share of requests that were served within their level so far, from 0 to 1.
    public double attainment() {
        return requests > 0 ? served / requests : 1;
    }

    @Override
    public List<Claim> claims(double now, Holdings holdings) {
        double rate = measured(now);
        if (wanted.isEmpty()) {
            wanted = Optional.of(needed(rate));
        }
        var input = new Autoscaler.Input(wanted, memory, OptionalDouble.of(rate), 0, 1, at(now));
        Autoscaler.Decision decision = Autoscaler.decide(scaling, input);
        wanted = Optional.of(decision.wanted());
        memory = decision.memory();
        int needed = Math.min(decision.wanted(), needed(rate) + demand.warm());
        return List.of(new Claim(
                name,
                Nature.SERVICE,
                Pool.SHARES,
                Pool.SHARES * scaling.minReplicas(),
                Pool.SHARES * needed,
                Pool.SHARES * (decision.wanted() - needed),
                worth,
                Duration.ZERO,
                holdings.held(name)));
    }

    @Override
    public void work(double now, double seconds, Holdings holdings) {
        int ready = holdings.usable(name, now, demand.loading()) / Pool.SHARES;
        double rate = rate(now);
        requests += rate * seconds;
        served += Math.min(rate, ready * demand.perReplica()) * seconds;
        seen.addLast(new Measured(now, rate));
    }

    private int needed(double rate) {
        double target = scaling.targetQpsPerReplica().orElse(demand.perReplica());
        int replicas = (int) Math.ceil(rate / target * (1 + DEAD_BAND));
        return Math.clamp(replicas, scaling.minReplicas(), scaling.maxReplicas());
    }

    /// The mean over the window that has passed; what comes now is not known yet.
    private double measured(double now) {
        double from = now - scaling.window().toSeconds();
        while (!seen.isEmpty() && seen.getFirst().at() < from) {
            seen.removeFirst();
        }
        return seen.stream().mapToDouble(Measured::rate).average().orElseGet(() -> rate(now));
    }

    private double rate(double now) {
        double[] rates = demand.rates().ratesPerSecond();
        return rates[(int) ((long) (now * NANOS_PER_SECOND) / demand.rates().windowNanos() % rates.length)];
    }

    private static Instant at(double now) {
        return EPOCH.plusMillis(Math.round(now * 1000));
    }
}
