package dev.skyhedge.engine.service;

import dev.skyhedge.engine.plan.Signals;
import dev.skyhedge.engine.scaling.LoadFollower;
import dev.skyhedge.specs.AllocationSpec;
import dev.skyhedge.specs.RequestSize;
import dev.skyhedge.spi.Accelerator;
import dev.skyhedge.state.records.FollowedLoad;
import dev.skyhedge.state.records.WorkloadRecord.ScalingMemory;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What load an allocation `mixed` is planned for: the declared one until enough was measured, then
/// the measured one, as `LoadFollower` has it.
///
/// @param perSecond requests by size, headroom not included; at least one
/// @param isMeasured whether it was
/// @param memory to be recorded
/// @param wakeAt when it may change without a change of the traffic
record PlannedLoad(
        SortedMap<RequestSize, Double> perSecond, boolean isMeasured, ScalingMemory memory, Optional<Instant> wakeAt) {
    PlannedLoad {
        perSecond = Collections.unmodifiableSortedMap(new TreeMap<>(perSecond));
    }

    /// The declared one, of which nothing is to be remembered.
    static PlannedLoad declared(AllocationSpec.Mixed mixed) {
        return new PlannedLoad(mixed.declaredRates(), false, ScalingMemory.NONE, Optional.empty());
    }

    /// @param prices per hour of each accelerator that is offered
    static PlannedLoad of(
            AllocationSpec.Mixed mixed,
            SortedMap<Accelerator, Double> prices,
            ScalingMemory memory,
            Signals signals,
            Instant now) {
        PlannedLoad before = recorded(mixed, memory).orElseGet(() -> declared(mixed));
        if (signals.load().isEmpty() || prices.isEmpty()) {
            return before.with(memory.following(before.record(mixed)), Optional.empty());
        }
        LoadFollower.Decision decided = LoadFollower.decide(new LoadFollower.Input(
                before.perSecond,
                before.isMeasured,
                signals.load().get(),
                size -> leastCost(mixed, prices, size),
                memory,
                now));
        PlannedLoad load = decided.load()
                .map(measured -> new PlannedLoad(measured, true, decided.memory(), decided.wakeAt()))
                .orElse(before);
        return load.with(decided.memory().following(load.record(mixed)), decided.wakeAt());
    }

    private static Optional<PlannedLoad> recorded(AllocationSpec.Mixed mixed, ScalingMemory memory) {
        return LoadFollower.followed(mixed, memory.load())
                .map(rates -> new PlannedLoad(rates, true, memory, Optional.empty()));
    }

    private PlannedLoad with(ScalingMemory remembered, Optional<Instant> wake) {
        return new PlannedLoad(perSecond, isMeasured, remembered, wake);
    }

    private Optional<FollowedLoad> record(AllocationSpec.Mixed mixed) {
        if (!isMeasured) {
            return Optional.empty();
        }
        SortedMap<String, Double> rates = new TreeMap<>();
        perSecond.forEach((size, rate) -> rates.put(size.toString(), rate));
        return Optional.of(new FollowedLoad(mixed.requestsPerSecond(), rates));
    }

    /// What one request per second costs an hour where it costs least; of what nobody serves, as
    /// much as of the dearest that somebody does.
    private static double leastCost(
            AllocationSpec.Mixed mixed, SortedMap<Accelerator, Double> prices, RequestSize size) {
        double least = Double.POSITIVE_INFINITY;
        double dearest = 0;
        for (Map.Entry<Accelerator, Double> price : prices.entrySet()) {
            for (Map.Entry<RequestSize, Double> rate : mixed.maxRates()
                    .getOrDefault(price.getKey(), new TreeMap<>())
                    .entrySet()) {
                if (rate.getValue() > 0) {
                    double cost = price.getValue() / rate.getValue();
                    dearest = Math.max(dearest, cost);
                    least = rate.getKey().equals(size) ? Math.min(least, cost) : least;
                }
            }
        }
        return Double.isInfinite(least) ? Math.max(dearest, Double.MIN_NORMAL) : least;
    }

    /// Of all sizes.
    double total() {
        return perSecond.values().stream().mapToDouble(Double::doubleValue).sum();
    }
}
