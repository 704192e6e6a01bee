package dev.skyhedge.engine.reconcile;

import dev.skyhedge.engine.plan.Signals;
import dev.skyhedge.engine.plan.World;
import dev.skyhedge.spi.Accelerator;
import dev.skyhedge.spi.IdempotencyToken;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.LocationPattern;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Observation;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.spi.Scope;
import dev.skyhedge.state.records.Change;
import dev.skyhedge.state.records.ClosedScope;
import dev.skyhedge.state.records.Intent;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.PlacedOrder;
import dev.skyhedge.state.records.ReplicaKey;
import dev.skyhedge.state.records.ReplicaRecord;
import dev.skyhedge.state.records.Snapshot;
import dev.skyhedge.state.records.SpecInForce;
import dev.skyhedge.state.records.SpendEntry;
import dev.skyhedge.state.records.WorkloadRecord;
import dev.skyhedge.state.records.ZoneHealth;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// The state as the reconciler knows it, with its replicas as they change, beside what is observed but not stored.
/// What has a memory of its own (signals, supply, spend, silence, refusals) keeps that in a class of its own; this
/// holds them together, as one change may touch several of them. Not thread-safe: it has one owner.
final class Model {
    private final String lineage;
    private final long serial;
    private final SortedMap<String, WorkloadRecord> services = new TreeMap<>();
    private final SortedMap<String, ReplicaTable> replicas = new TreeMap<>();
    /// The service of each replica. Names of replicas are unique in a state.
    private final Map<String, String> serviceOf = new HashMap<>();
    private final SortedMap<String, SortedMap<String, Instance>> strays = new TreeMap<>();
    private final Map<ZoneKey, ZoneHealth> zones = new TreeMap<>();
    private final Refused refused = new Refused();
    private final Map<String, Intent> intents = new LinkedHashMap<>();
    private final RunningSpend spend = new RunningSpend();
    private final ZoneTally zoneTally = new ZoneTally();
    private final SupplyReadings supply = new SupplyReadings();
    private final ServiceSignals signals = new ServiceSignals();
    private final Watched watched = new Watched();
    private final Silence silence = new Silence();
    private final OrderBook orders = new OrderBook();
    private final Optional<SpecInForce> specInForce;
    private final SecondLooks secondLooks = new SecondLooks();

    private record ZoneKey(Location location, Accelerator accelerator, Market market) implements Comparable<ZoneKey> {
        private static final Comparator<ZoneKey> ORDER = Comparator.comparing(ZoneKey::location)
                .thenComparing(ZoneKey::accelerator)
                .thenComparing(ZoneKey::market);

        @Override
        public int compareTo(ZoneKey other) {
            return ORDER.compare(this, other);
        }
    }

    /// @param spent what was spent until now, of today at least
    Model(Snapshot snapshot, List<SpendEntry> spent) {
        this.lineage = snapshot.lineage();
        this.serial = snapshot.serial();
        snapshot.services().forEach(service -> services.put(service.name(), service));
        snapshot.replicas().forEach(this::put);
        snapshot.zoneHealth().forEach(this::put);
        snapshot.closedScopes().forEach(refused::put);
        snapshot.openIntents().forEach(intent -> intents.put(intent.id(), intent));
        spend.read(spent);
        orders.read(snapshot.orders());
        this.specInForce = snapshot.specInForce();
    }

    String lineage() {
        return lineage;
    }

    Set<String> services() {
        Set<String> names = new TreeSet<>(services.keySet());
        names.addAll(replicas.keySet());
        return names;
    }

    Optional<WorkloadRecord> service(String name) {
        return Optional.ofNullable(services.get(name));
    }

    Optional<ReplicaRecord> replica(String service, String name) {
        return Optional.ofNullable(replicas.get(service)).flatMap(table -> table.get(name));
    }

    /// The replica of that name, whichever service it belongs to now.
    Optional<ReplicaRecord> replicaNamed(String name) {
        return Optional.ofNullable(serviceOf.get(name)).flatMap(service -> replica(service, name));
    }

    /// The replica that an instance with these tags, or an intent, is about. Its service may have got another
    /// name since.
    Optional<ReplicaRecord> replica(String name, int generation, IdempotencyToken token) {
        return replicaNamed(name)
                .filter(replica ->
                        replica.generation() == generation && replica.token().equals(token));
    }

    Optional<ReplicaRecord> replicaOf(Intent intent) {
        return replica(intent.machine().name(), intent.machine().generation(), intent.token());
    }

    Optional<ReplicaRecord> replica(ReplicaKey key) {
        return replica(key.service(), key.name()).filter(record -> record.generation() == key.generation());
    }

    List<ReplicaRecord> replicas(String service) {
        ReplicaTable table = replicas.get(service);
        return table == null ? List.of() : table.list();
    }

    List<ReplicaRecord> replicas() {
        return replicas.values().stream()
                .flatMap(table -> table.list().stream())
                .toList();
    }

    int replicaCount() {
        return replicas.values().stream().mapToInt(ReplicaTable::size).sum();
    }

    Optional<Intent> intent(String id) {
        return Optional.ofNullable(intents.get(id));
    }

    List<Intent> intents() {
        return List.copyOf(intents.values());
    }

    Optional<ZoneHealth> zone(Offer offer) {
        return Optional.ofNullable(zones.get(new ZoneKey(offer.location(), offer.accelerator(), offer.market())));
    }

    RunningSpend spend() {
        return spend;
    }

    /// How many replicas each zone keeps for us.
    ZoneTally zoneTally() {
        return zoneTally;
    }

    /// Live instances with our tags that no live replica is recorded for.
    void strays(String provider, Collection<Instance> seen) {
        SortedMap<String, Instance> byId = new TreeMap<>();
        seen.forEach(instance -> byId.put(instance.id(), instance));
        strays.put(provider, byId);
    }

    Optional<Instance> stray(String provider, String id) {
        return Optional.ofNullable(strays.get(provider)).map(byId -> byId.get(id));
    }

    /// What providers refused.
    Refused refused() {
        return refused;
    }

    /// How many instances of ours count against a scope, as far as the provider has told.
    int countIn(Scope scope) {
        int count = 0;
        for (ReplicaTable table : replicas.values()) {
            for (ReplicaRecord replica : table.list()) {
                count += replica.lifecycle().isLive()
                                && replica.lifecycle() != Lifecycle.REQUESTED
                                && scope.covers(replica.offer())
                        ? 1
                        : 0;
            }
        }
        return count;
    }

    /// Which spec was put in force last before this model was made.
    Optional<SpecInForce> specInForce() {
        return specInForce;
    }

    Collection<WorkloadRecord> serviceRecords() {
        return services.values();
    }

    OrderBook orders() {
        return orders;
    }

    Silence silence() {
        return silence;
    }

    SecondLooks secondLooks() {
        return secondLooks;
    }

    SupplyReadings supply() {
        return supply;
    }

    ServiceSignals signals() {
        return signals;
    }

    /// From now on changes happen at this time.
    void at(Instant now) {
        watched.at(now, this::replicas);
    }

    /// Time has passed by the clock that nobody lived through: what is measured in lived time begins so much
    /// later.
    void skip(Duration lost) {
        watched.skip(lost);
        signals.skip(lost);
        silence.skip(lost);
    }

    /// A provider says what is there. What it shows again was not watched meanwhile, unless probes reach it.
    ///
    /// @return whether there are places that it does not show
    boolean seen(String provider, Observation observation, Instant now) {
        silence.gapsEndedBy(provider, observation)
                .forEach((place, since) -> replicas().stream()
                        .filter(replica -> replica.lifecycle() == Lifecycle.PROVISIONING
                                && place.matches(replica.offer().location()))
                        .forEach(replica -> watched.unseen(replica, since, now)));
        return silence.seen(provider, observation);
    }

    /// Since when the replica has been watched in its present stage.
    Optional<Instant> watchedSince(ReplicaRecord replica) {
        return watched.since(replica);
    }

    void apply(Change change) {
        switch (change) {
            case Change.PutWorkload(WorkloadRecord service) -> services.put(service.name(), service);
            case Change.RemoveWorkload(String name) -> {
                // Ended replicas stay, as in the store: their generations must not be used again.
                services.remove(name);
                signals.removed(name);
            }
            case Change.PutReplica(ReplicaRecord replica) -> put(replica);
            case Change.ForgetReplica(String service, String name) -> forget(service, name);
            case Change.OpenIntent(Intent intent) -> intents.put(intent.id(), intent);
            case Change.CloseIntent close -> intents.remove(close.intentId());
            case Change.PutZoneHealth(ZoneHealth health) -> put(health);
            case Change.PutSpend(SpendEntry entry) -> spend.put(entry);
            case Change.PutClosedScope(ClosedScope closed) -> refused.put(closed);
            case Change.ForgetClosedScope(ClosedScope closed) -> refused.forget(closed);
            case Change.PutOrder(PlacedOrder order) -> orders.put(order);
            case Change.MoveSpend(String from, String to) -> spend.move(from, to);
            case Change.PutAccount _, Change.PutSpec _, Change.KeepDecision _, Change.AppendEvent _ -> {}
        }
    }

    /// All that the planner may know, at this instant.
    ///
    /// @param limited whether anything limits what may be spent: to add up what was takes as long as to look at all
    ///     replicas
    World world(Instant now, boolean limited) {
        SortedMap<String, List<ReplicaRecord>> byService = new TreeMap<>();
        Map<String, Signals> known = new HashMap<>();
        Set<LocationPattern> silent = silence.givenUp(now);
        replicas.forEach((service, table) -> {
            List<ReplicaRecord> records = table.list();
            byService.put(service, records);
            known.put(service, signals.of(service, records, silent, watched.of(service)));
        });
        signals.servicesWithTraffic()
                .forEach(service ->
                        known.computeIfAbsent(service, name -> signals.of(name, List.of(), silent, Map.of())));
        List<Instance> unrecorded = strays.values().stream()
                .flatMap(byId -> byId.values().stream())
                .filter(instance -> replicaNamed(instance.tags().replica())
                        .filter(replica -> replica.lifecycle().isLive())
                        .filter(replica -> replica.instanceId().equals(Optional.of(instance.id())))
                        .isEmpty())
                .toList();
        return new World(
                now,
                lineage,
                serial,
                services,
                byService,
                List.copyOf(zones.values()),
                supply.offersBeside(silent),
                known,
                unrecorded,
                supply.supply(),
                refused.lately(now),
                orders.inForce(),
                limited ? spend.today(now) : 0);
    }

    private void forget(String service, String name) {
        replica(service, name).ifPresent(zoneTally::remove);
        replica(service, name).map(ReplicaKey::of).ifPresent(watched::remove);
        Optional.ofNullable(replicas.get(service)).ifPresent(table -> table.remove(name));
        serviceOf.remove(name, service);
    }

    private void put(ReplicaRecord replica) {
        serviceOf.put(replica.name(), replica.service());
        Optional<ReplicaRecord> before = replica(replica.service(), replica.name());
        before.ifPresent(zoneTally::remove);
        watched.put(before, replica);
        zoneTally.add(replica);
        replicas.computeIfAbsent(replica.service(), _ -> new ReplicaTable()).put(replica);
        if (!replica.lifecycle().isLive()) {
            signals.ended(ReplicaKey.of(replica));
        }
    }

    private void put(ZoneHealth health) {
        zones.put(new ZoneKey(health.location(), health.accelerator(), health.market()), health);
    }
}
