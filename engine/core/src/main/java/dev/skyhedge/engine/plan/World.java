package dev.skyhedge.engine.plan;

import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.state.records.Order;
import dev.skyhedge.state.records.PlacedOrder;
import dev.skyhedge.state.records.ReplicaRecord;
import dev.skyhedge.state.records.WorkloadRecord;
import dev.skyhedge.state.records.ZoneHealth;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Recorded state, observed instances and signals at one instant: all that the planner may know.
///
/// @param now the instant
/// @param lineage of the state
/// @param serial of the state
/// @param workloads as recorded, by name
/// @param replicas the newest generation of each replica, with what was observed of it already written in, by
///     service
/// @param zoneHealth as recorded
/// @param offers everything that can be rented anywhere
/// @param signals by service; a service without an entry has [Signals#NONE]
/// @param strays live instances with our tags that no live replica is recorded for, forgotten ones among them
/// @param supply what is known of the offers beside their prices
/// @param refused what providers refused lately, beside what zone health remembers of it
/// @param orders those in force, in sequence
/// @param spentToday what all machines have cost since midnight UTC, in micro-dollars; 0 where nothing limits it
public record World(
        Instant now,
        String lineage,
        long serial,
        SortedMap<String, WorkloadRecord> workloads,
        SortedMap<String, List<ReplicaRecord>> replicas,
        List<ZoneHealth> zoneHealth,
        List<Offer> offers,
        Map<String, Signals> signals,
        List<Instance> strays,
        Supply supply,
        RefusedLaunches refused,
        List<PlacedOrder> orders,
        long spentToday) {
    public World {
        workloads = Collections.unmodifiableSortedMap(new TreeMap<>(workloads));
        replicas = Collections.unmodifiableSortedMap(new TreeMap<>(replicas));
        zoneHealth = List.copyOf(zoneHealth);
        offers = List.copyOf(offers);
        signals = Map.copyOf(signals);
        strays = List.copyOf(strays);
        orders = List.copyOf(orders);
    }

    /// The same with other records.
    public World with(
            SortedMap<String, WorkloadRecord> otherWorkloads,
            SortedMap<String, List<ReplicaRecord>> otherReplicas,
            Map<String, Signals> otherSignals) {
        return new World(
                now,
                lineage,
                serial,
                otherWorkloads,
                otherReplicas,
                zoneHealth,
                offers,
                otherSignals,
                strays,
                supply,
                refused,
                orders,
                spentToday);
    }

    /// The same with other orders in force.
    public World with(List<PlacedOrder> otherOrders) {
        return known(zoneHealth, offers, supply, refused, otherOrders);
    }

    /// The same where this is offered.
    public World offering(List<Offer> otherOffers) {
        return known(zoneHealth, otherOffers, supply, refused, orders);
    }

    /// The same where this is known of zones.
    public World withHealth(List<ZoneHealth> otherHealth) {
        return known(otherHealth, offers, supply, refused, orders);
    }

    /// The same where this is known of the offers.
    public World with(Supply otherSupply) {
        return known(zoneHealth, offers, otherSupply, refused, orders);
    }

    /// The same where this was refused lately.
    public World with(RefusedLaunches otherRefused) {
        return known(zoneHealth, offers, supply, otherRefused, orders);
    }

    private World known(
            List<ZoneHealth> health,
            List<Offer> offered,
            Supply supplied,
            RefusedLaunches refusals,
            List<PlacedOrder> inForce) {
        return new World(
                now,
                lineage,
                serial,
                workloads,
                replicas,
                health,
                offered,
                signals,
                strays,
                supplied,
                refusals,
                inForce,
                spentToday);
    }

    /// The order to end everything, if there is one.
    public Optional<PlacedOrder> destruction() {
        return orders.stream()
                .filter(placed -> placed.order() instanceof Order.Destroy)
                .findFirst();
    }

    public Optional<WorkloadRecord> service(String name) {
        return Optional.ofNullable(workloads.get(name));
    }

    public List<ReplicaRecord> replicasOf(String service) {
        return replicas.getOrDefault(service, List.of());
    }

    public Signals signalsOf(String service) {
        return signals.getOrDefault(service, Signals.NONE);
    }
}
