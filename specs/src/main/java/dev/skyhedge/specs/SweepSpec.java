package dev.skyhedge.specs;

import dev.skyhedge.spi.Market;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// A `sweep` block: many trainings with other parameters each, of which the best one by a deadline is wanted.
///
/// @param deadline from the first apply of what is declared here, after which nothing of it runs
/// @param metric what tells good trials from bad ones
/// @param seed of the space, from which the configurations were drawn
/// @param scheduler who runs when
/// @param trials the configurations, in the order in which they are to be begun
/// @param rules what holds for each trial
/// @param pool on what they run
/// @param preconditions that are not known to be met
public record SweepSpec(
        String name,
        String address,
        Duration deadline,
        Metric metric,
        int seed,
        Scheduler scheduler,
        List<Trial> trials,
        Rules rules,
        Pool pool,
        List<CheckResult> preconditions)
        implements WorkloadSpec {
    /// The kind of sweeps.
    public static final String KIND = "sweep";

    public SweepSpec {
        trials = List.copyOf(trials);
        preconditions = List.copyOf(preconditions);
    }

    /// What is compared.
    ///
    /// @param name as trials report it
    /// @param maximize whether more is better
    public record Metric(String name, boolean maximize) {}

    /// Who decides which trial runs.
    ///
    /// @param rule by which
    /// @param gracePeriod iterations before a trial may be cut, from 1
    /// @param maxIterations after which a trial is done, not less than the grace period
    /// @param reductionFactor of so many trials one goes on, from 2
    public record Scheduler(Rule rule, int gracePeriod, int maxIterations, int reductionFactor) {}

    /// The rules by which it is decided which trial runs.
    public enum Rule {
        HYPERSCHED,
        ASHA,
        RANDOM
    }

    /// One configuration.
    ///
    /// @param parameters by name, as texts
    /// @param replica what it runs
    public record Trial(SequencedMap<String, String> parameters, ReplicaSpec replica) {
        public Trial {
            parameters = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(parameters));
        }
    }

    /// What holds for each trial.
    ///
    /// @param checkpointDir a directory that every machine sees, in which each trial gets one of its own
    /// @param grace time that a trial has for its last checkpoint when it is ended
    /// @param maxFailures after more of them a trial is given up
    /// @param report how a line looks that reports: a regular expression with the groups `iteration` and `value`;
    ///     empty for lines of JSON
    public record Rules(String checkpointDir, Duration grace, int maxFailures, Optional<String> report) {}

    /// On what trials run.
    ///
    /// @param atoms how many run at a time, each on a machine of its own
    /// @param market on which they are rented
    /// @param resources which machines
    public record Pool(int atoms, Market market, ResourcesSpec resources) {}

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Optional<ResourcesSpec> permitted() {
        return Optional.of(pool.resources());
    }

    /// Sweeps depend on nothing.
    @Override
    public List<String> dependsOn() {
        return List.of();
    }

    @Override
    public SweepSpec after(List<String> workloads) {
        return this;
    }

    @Override
    public SweepSpec under(List<CheckResult> open) {
        return new SweepSpec(name, address, deadline, metric, seed, scheduler, trials, rules, pool, open);
    }
}
