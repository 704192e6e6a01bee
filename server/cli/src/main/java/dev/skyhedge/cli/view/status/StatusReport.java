package dev.skyhedge.cli.view.status;

import static java.util.stream.Collectors.groupingBy;

import dev.skyhedge.engine.kinds.Kinds;
import dev.skyhedge.engine.reconcile.Checks;
import dev.skyhedge.engine.reconcile.Message;
import dev.skyhedge.specs.CheckResult;
import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.state.records.Event;
import dev.skyhedge.state.records.Lease;
import dev.skyhedge.state.records.PlacedOrder;
import dev.skyhedge.state.records.ReplicaRecord;
import dev.skyhedge.state.records.Snapshot;
import dev.skyhedge.state.records.SpendEntry;
import dev.skyhedge.state.records.WorkloadRecord;
import dev.skyhedge.state.records.ZoneHealth;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What `status` says, derived from the state at one instant.
///
/// @param at the instant
/// @param lineage of the state
/// @param serial of the state
/// @param lease who may change it now
/// @param services in order of name
/// @param zoneHealth what placement has learnt
/// @param checks of the spec, as the last watch or apply found them
/// @param orders those in force, or that nobody has read yet
/// @param waiting a change of the spec that waits for somebody's yes
public record StatusReport(
        Instant at,
        String lineage,
        long serial,
        Optional<Lease> lease,
        List<Service> services,
        List<ZoneHealth> zoneHealth,
        List<CheckResult> checks,
        List<PlacedOrder> orders,
        Optional<Event> waiting) {
    private static final Duration RECENT = Duration.ofHours(1);
    private static final String PREEMPTED = "preempted";

    /// Who watches, as far as the lease tells.
    public Optional<Lease> watcher() {
        return lease.filter(WatcherText::isWatch);
    }

    public StatusReport {
        services = List.copyOf(services);
        zoneHealth = List.copyOf(zoneHealth);
        checks = List.copyOf(checks);
        orders = List.copyOf(orders);
    }

    /// One service.
    ///
    /// @param record as recorded
    /// @param condition how it does
    /// @param ready replicas that are ready
    /// @param price what its live replicas cost
    /// @param spentMicroDollars so far
    /// @param allOnDemandMicroDollars what the wanted replicas would have cost so far, all on-demand
    /// @param recentPreemptions in the last hour
    /// @param replicas the newest generation of each
    public record Service(
            WorkloadRecord record,
            ServiceCondition condition,
            int ready,
            HourlyPrice price,
            long spentMicroDollars,
            long allOnDemandMicroDollars,
            int recentPreemptions,
            List<ReplicaRecord> replicas) {
        public Service {
            replicas = List.copyOf(replicas);
        }

        /// The part that was saved, in percent, rounded down; empty while nothing would have been spent.
        public Optional<Long> savedPercent() {
            return allOnDemandMicroDollars <= 0
                    ? Optional.empty()
                    : Optional.of(Math.floorDiv(
                            (allOnDemandMicroDollars - spentMicroDollars) * 100, allOnDemandMicroDollars));
        }
    }

    /// The report on a state.
    ///
    /// @param spend of all services
    /// @param events of all services, newest first, those of the last hour at least
    public static StatusReport of(Snapshot state, List<SpendEntry> spend, List<Event> events, Instant now) {
        var replicasOf = state.replicas().stream().collect(groupingBy(ReplicaRecord::service));
        var spendOf = spend.stream().collect(groupingBy(SpendEntry::service));
        var eventsOf = events.stream().collect(groupingBy(Event::service));
        List<Service> services = state.services().stream()
                .map(service -> service(
                        service,
                        replicasOf.getOrDefault(service.name(), List.of()),
                        spendOf.getOrDefault(service.name(), List.of()),
                        eventsOf.getOrDefault(service.name(), List.of()),
                        isPaused(service, state.orders()),
                        now))
                .toList();
        return new StatusReport(
                now,
                state.lineage(),
                state.serial(),
                state.lease(),
                services,
                state.zoneHealth(),
                Checks.latest(events),
                state.orders(),
                waiting(events, state.lease()));
    }

    /// What nobody watches any more waits for nobody.
    private static Optional<Event> waiting(List<Event> events, Optional<Lease> lease) {
        return events.stream()
                .filter(event -> event.kind().equals(Message.ChangeWaits.WAITS)
                        || event.kind().equals(Message.ChangeWaits.DECIDED))
                .findFirst()
                .filter(event -> event.kind().equals(Message.ChangeWaits.WAITS))
                .filter(event -> lease.filter(WatcherText::isWatch)
                        .filter(watch ->
                                watch.claim().processStart() <= event.at().toEpochMilli())
                        .isPresent());
    }

    private static boolean isPaused(WorkloadRecord service, List<PlacedOrder> orders) {
        return orders.stream().anyMatch(placed -> placed.pauses(service.name()));
    }

    private static Service service(
            WorkloadRecord record,
            List<ReplicaRecord> replicas,
            List<SpendEntry> spend,
            List<Event> events,
            boolean paused,
            Instant now) {
        HourlyPrice price = replicas.stream()
                .filter(replica ->
                        replica.lifecycle().isLive() && replica.instanceId().isPresent())
                .map(replica -> replica.offer().price())
                .reduce(HourlyPrice.ZERO, HourlyPrice::plus);
        long spent = 0;
        long allOnDemand = 0;
        for (SpendEntry entry : spend) {
            switch (entry.kind()) {
                case RENTED_SPOT, RENTED_ON_DEMAND -> spent += entry.microDollars(now);
                case ALL_ON_DEMAND -> allOnDemand += entry.microDollars(now);
            }
        }
        int preemptions = (int) events.stream()
                .filter(event ->
                        event.service().equals(record.name()) && event.kind().equals(PREEMPTED))
                .filter(event -> event.at().isAfter(now.minus(RECENT)))
                .count();
        return new Service(
                record,
                condition(record, replicas, paused, now),
                ServiceCondition.ready(replicas),
                price,
                spent,
                allOnDemand,
                preemptions,
                replicas);
    }

    private static ServiceCondition condition(
            WorkloadRecord record, List<ReplicaRecord> replicas, boolean paused, Instant now) {
        if (Kinds.isOver(record, now)) {
            return ServiceCondition.ofEnded(replicas);
        }
        return paused ? ServiceCondition.ofPaused(replicas) : ServiceCondition.of(record.wanted(), replicas);
    }
}
