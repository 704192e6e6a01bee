package dev.skyhedge.engine.control;

import dev.skyhedge.engine.plan.PlanOptions;
import dev.skyhedge.engine.reconcile.Goal;
import dev.skyhedge.specs.Spec;
import dev.skyhedge.spi.Provider;
import dev.skyhedge.spi.ProviderLimits;
import dev.skyhedge.state.records.Lease;
import dev.skyhedge.state.store.StateStore;
import java.time.InstantSource;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a controller works with.
///
/// @param spec what is wanted
/// @param goal what it runs for
/// @param options what a user asked for beyond the spec
/// @param store where it is remembered; stays open
/// @param lease granted for this run
/// @param providers open ones by name; stay open
/// @param environment where `secret("env:…")` is read from
/// @param clock the time
/// @param attention whether somebody lived through the time that passes by it
/// @param conditions of the spec, which ask for what is known only while it runs
/// @param balanced whether balancers count the requests of services with an endpoint while it runs
/// @param notices what lets launched instances report about themselves; empty if nobody listens
/// @param keys what lets requests and probes into replicas
public record ControllerSettings(
        Spec spec,
        Goal goal,
        PlanOptions options,
        StateStore store,
        Lease lease,
        SortedMap<String, Provider> providers,
        Map<String, String> environment,
        InstantSource clock,
        Attention attention,
        SpecConditions conditions,
        boolean balanced,
        Optional<NoticeAuthority> notices,
        ReplicaKeys keys) {
    public ControllerSettings {
        providers = Collections.unmodifiableSortedMap(new TreeMap<>(providers));
        environment = Map.copyOf(environment);
    }

    /// For a spec without such conditions, without balancers, where no instance reports about itself and no key is
    /// made, and a clock that nobody sets.
    public ControllerSettings(
            Spec spec,
            Goal goal,
            PlanOptions options,
            StateStore store,
            Lease lease,
            SortedMap<String, Provider> providers,
            Map<String, String> environment,
            InstantSource clock) {
        this(
                spec,
                goal,
                options,
                store,
                lease,
                providers,
                environment,
                clock,
                Attention.undivided(),
                SpecConditions.NONE,
                false,
                Optional.empty(),
                ReplicaKeys.givenOnly(environment));
    }

    Map<String, ProviderLimits> limits() {
        Map<String, ProviderLimits> limits = new HashMap<>();
        providers.forEach((name, provider) -> limits.put(name, provider.limits()));
        return limits;
    }

    /// Names the parts but not the environment, which may hold secrets.
    @Override
    public String toString() {
        return "ControllerSettings[goal=" + goal + ", providers=" + providers.keySet() + "]";
    }
}
