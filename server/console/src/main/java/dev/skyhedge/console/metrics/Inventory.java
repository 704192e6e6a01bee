package dev.skyhedge.console.metrics;

import dev.skyhedge.engine.plan.Plan.WorkloadSummary;
import dev.skyhedge.spi.Market;
import dev.skyhedge.state.records.Change;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.ReplicaRecord;
import dev.skyhedge.state.records.Snapshot;
import dev.skyhedge.state.records.WorkloadRecord;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;

/// The live replicas of each service, and what the latest plan said of the service. Not thread-safe.
final class Inventory {
    /// The state of ready replicas whose probes fail.
    private static final String FAILING = "failing";

    private final SortedMap<String, SortedMap<String, ReplicaRecord>> live = new TreeMap<>();
    private final SortedMap<String, Integer> recorded = new TreeMap<>();
    private final SortedMap<String, WorkloadSummary> planned = new TreeMap<>();

    void begin(Snapshot snapshot) {
        live.clear();
        recorded.clear();
        planned.clear();
        snapshot.services().forEach(this::put);
        snapshot.replicas().forEach(this::put);
    }

    void apply(Change change) {
        switch (change) {
            case Change.PutWorkload(WorkloadRecord service) -> put(service);
            case Change.RemoveWorkload(String name) -> {
                live.remove(name);
                recorded.remove(name);
            }
            case Change.PutReplica(ReplicaRecord replica) -> put(replica);
            case Change.ForgetReplica(String service, String name) -> forget(service, name);
            case Change.OpenIntent _,
                    Change.CloseIntent _,
                    Change.PutZoneHealth _,
                    Change.MoveSpend _,
                    Change.PutClosedScope _,
                    Change.ForgetClosedScope _,
                    Change.PutAccount _,
                    Change.PutSpec _,
                    Change.PutOrder _,
                    Change.KeepDecision _,
                    Change.AppendEvent _,
                    Change.PutSpend _ -> {}
        }
    }

    /// The latest plan is about these services.
    void planned(List<WorkloadSummary> summaries) {
        planned.clear();
        summaries.forEach(summary -> planned.put(summary.service(), summary));
    }

    /// Replicas of a service that serve or are on their way to.
    int rising(String service) {
        return count(service, replica -> replica.lifecycle().isRising());
    }

    /// Services that want replicas and have none that serves, for people.
    List<String> withoutService() {
        List<String> missing = new ArrayList<>();
        for (String service : services()) {
            if (wanted(service) > 0 && serving(service) == 0) {
                missing.add("service." + service + ": none of " + wanted(service) + " wanted replicas serves");
            }
        }
        return missing;
    }

    void write(Exposition text) {
        text.gauge("replicas", "Live replicas by state and market.", byState());
        text.info("replica_info", "1 for every live replica.", info());
        text.gauge("replicas_wanted", "Replicas that the autoscaler wants, without spares.", byService(this::wanted));
        text.gauge("replicas_ready", "Replicas in state ready: those whose probes pass.", byService(this::ready));
        text.gauge(
                "service_hopeless",
                "1 for a service for which waiting is not expected to bring what is missing.",
                byService(this::hopeless));
        text.gauge(
                "replicas_serving",
                "Ready replicas whose probes pass: those that take traffic.",
                byService(this::serving));
    }

    private Map<Labels, Integer> byState() {
        Map<Labels, Integer> counts = new TreeMap<>();
        for (String service : services()) {
            for (Market market : Market.values()) {
                counts.put(state(service, FAILING, market), 0);
            }
            for (Lifecycle state : Lifecycle.values()) {
                if (state.isLive()) {
                    for (Market market : Market.values()) {
                        counts.put(state(service, word(state), market), 0);
                    }
                }
            }
        }
        replicas()
                .forEach(replica -> counts.merge(
                        state(
                                replica.service(),
                                isFailing(replica) ? FAILING : word(replica.lifecycle()),
                                replica.offer().market()),
                        1,
                        Integer::sum));
        return counts;
    }

    private List<Labels> info() {
        return replicas().stream()
                .map(replica -> Labels.of(
                        "service", replica.service(),
                        "replica", replica.name(),
                        "generation", Integer.toString(replica.generation()),
                        "market", replica.offer().market().word(),
                        "location", replica.offer().location().toString(),
                        "instance_type", replica.offer().instanceType()))
                .toList();
    }

    private Map<Labels, Integer> byService(ToIntFunction<String> value) {
        Map<Labels, Integer> counts = new TreeMap<>();
        services().forEach(service -> counts.put(Labels.of("service", service), value.applyAsInt(service)));
        return counts;
    }

    private int wanted(String service) {
        WorkloadSummary summary = planned.get(service);
        return summary == null ? recorded.getOrDefault(service, 0) : summary.wanted();
    }

    private int serving(String service) {
        WorkloadSummary summary = planned.get(service);
        return summary == null ? 0 : summary.serving();
    }

    private int ready(String service) {
        return count(service, ReplicaRecord::isServing);
    }

    private int hopeless(String service) {
        WorkloadSummary summary = planned.get(service);
        return summary == null || summary.hopeless().isEmpty() ? 0 : 1;
    }

    private int count(String service, Predicate<ReplicaRecord> which) {
        return (int) live.getOrDefault(service, new TreeMap<>()).values().stream()
                .filter(which)
                .count();
    }

    private static Labels state(String service, String state, Market market) {
        return Labels.of("service", service, "state", state, "market", market.word());
    }

    private static String word(Lifecycle state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    private static boolean isFailing(ReplicaRecord replica) {
        return replica.lifecycle() == Lifecycle.READY && !replica.isServing();
    }

    private SortedSet<String> services() {
        SortedSet<String> all = new TreeSet<>(recorded.keySet());
        all.addAll(planned.keySet());
        all.addAll(live.keySet());
        return all;
    }

    private List<ReplicaRecord> replicas() {
        return live.values().stream()
                .flatMap(ofService -> ofService.values().stream())
                .toList();
    }

    private void put(WorkloadRecord service) {
        recorded.put(service.name(), service.wanted());
    }

    private void put(ReplicaRecord replica) {
        if (replica.lifecycle().isLive()) {
            live.computeIfAbsent(replica.service(), _ -> new TreeMap<>()).put(replica.name(), replica);
        } else {
            forget(replica.service(), replica.name());
        }
    }

    private void forget(String service, String name) {
        SortedMap<String, ReplicaRecord> ofService = live.get(service);
        if (ofService != null && ofService.remove(name) != null && ofService.isEmpty()) {
            live.remove(service);
        }
    }
}
