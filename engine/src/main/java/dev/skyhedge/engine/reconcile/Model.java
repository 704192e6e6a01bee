package dev.skyhedge.engine.reconcile;

import dev.skyhedge.engine.plan.Signals;
import dev.skyhedge.engine.plan.Supply;
import dev.skyhedge.engine.plan.World;
import dev.skyhedge.spi.Accelerator;
import dev.skyhedge.spi.AccountQuota;
import dev.skyhedge.spi.IdempotencyToken;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.LocationPattern;
import dev.skyhedge.spi.MachineShape;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.spi.OfferList;
import dev.skyhedge.spi.Scope;
import dev.skyhedge.state.Change;
import dev.skyhedge.state.ClosedScope;
import dev.skyhedge.state.Intent;
import dev.skyhedge.state.Lifecycle;
import dev.skyhedge.state.ReplicaRecord;
import dev.skyhedge.state.ServiceRecord;
import dev.skyhedge.state.Snapshot;
import dev.skyhedge.state.SpendEntry;
import dev.skyhedge.state.ZoneHealth;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// The state as the reconciler knows it, beside what is observed but not stored. Not thread-safe: it has one
/// owner.
final class Model {
    private final String lineage;
    private final long serial;
    private final SortedMap<String, ServiceRecord> services = new TreeMap<>();
    private final SortedMap<String, ReplicaTable> replicas = new TreeMap<>();
    /// The service of each replica. Names of replicas are unique in a state.
    private final Map<String, String> serviceOf = new HashMap<>();
    private final SortedMap<String, SortedMap<String, Instance>> strays = new TreeMap<>();
    private final Map<ZoneKey, ZoneHealth> zones = new TreeMap<>();
    private final Refused refused = new Refused();
    private final Map<String, Intent> intents = new LinkedHashMap<>();
    private final Map<String, SpendEntry> runningSpend = new HashMap<>();
    /// Of each service, what all its replicas would cost on demand.
    private final Map<String, SpendEntry> yardsticks = new HashMap<>();
    private final ZoneTally zoneTally = new ZoneTally();
    private final SortedMap<String, OfferList> offers = new TreeMap<>();
    private List<Offer> allOffers = List.of();
    private Supply supply = Supply.UNKNOWN;
    private final SortedMap<String, List<Supply.QuotaReading>> quotas = new TreeMap<>();
    private final Map<ReplicaKey, Instant> notPassing = new HashMap<>();
    private final Watched watched = new Watched();
    private final Set<ReplicaKey> drained = new HashSet<>();
    private final Silence silence = new Silence();
    private final SecondLooks secondLooks = new SecondLooks();
    private final Map<String, Traffic> traffic = new HashMap<>();
    /// As long as nobody says otherwise they are: nothing known means busy.
    private Predicate<String> counted = _ -> true;

    private record ZoneKey(Location location, Accelerator accelerator, Market market) implements Comparable<ZoneKey> {
        private static final Comparator<ZoneKey> ORDER = Comparator.comparing(ZoneKey::location)
                .thenComparing(ZoneKey::accelerator)
                .thenComparing(ZoneKey::market);

        @Override
        public int compareTo(ZoneKey other) {
            return ORDER.compare(this, other);
        }
    }

    /// A balancer's latest figures about a service.
    record Traffic(
            OptionalDouble requestsPerSecond, int held, Map<String, Integer> inFlight, Optional<Instant> countedAt) {
        static final Traffic UNKNOWN = new Traffic(OptionalDouble.empty(), 0, Map.of(), Optional.empty());
    }

    Model(Snapshot snapshot, List<SpendEntry> spend) {
        this.lineage = snapshot.lineage();
        this.serial = snapshot.serial();
        snapshot.services().forEach(service -> services.put(service.name(), service));
        snapshot.replicas().forEach(this::put);
        snapshot.zoneHealth().forEach(this::put);
        snapshot.closedScopes().forEach(refused::put);
        snapshot.openIntents().forEach(intent -> intents.put(intent.id(), intent));
        spend.forEach(this::put);
    }

    String lineage() {
        return lineage;
    }

    Set<String> services() {
        Set<String> names = new TreeSet<>(services.keySet());
        names.addAll(replicas.keySet());
        return names;
    }

    Optional<ServiceRecord> service(String name) {
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
        return replica(intent.replica(), intent.generation(), intent.token());
    }

    Optional<ReplicaRecord> replica(ReplicaKey key) {
        return replica(key.service(), key.replica()).filter(record -> record.generation() == key.generation());
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

    /// Spend entries of a service that have not ended.
    List<SpendEntry> runningSpend(String service) {
        return runningSpend.values().stream()
                .filter(entry -> entry.service().equals(service))
                .toList();
    }

    Optional<SpendEntry> runningSpend(String service, String subject) {
        return Optional.ofNullable(runningSpend.get(service + "\n" + subject));
    }

    /// The running entry of what all replicas of a service would cost on demand.
    Optional<SpendEntry> yardstick(String service) {
        return Optional.ofNullable(yardsticks.get(service));
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

    Silence silence() {
        return silence;
    }

    SecondLooks secondLooks() {
        return secondLooks;
    }

    /// All that can be rented, whether its place answers or not.
    List<Offer> offers() {
        return allOffers;
    }

    void read(String provider, OfferList list) {
        offers.put(provider, list);
        allOffers = List.copyOf(
                offers.values().stream().flatMap(one -> one.offers().stream()).toList());
        supply = readSupply();
    }

    void read(String provider, List<AccountQuota> read, Instant at) {
        quotas.put(
                provider,
                read.stream().map(quota -> new Supply.QuotaReading(quota, at)).toList());
        supply = readSupply();
    }

    private Supply readSupply() {
        SortedMap<String, Map<String, MachineShape>> shapes = new TreeMap<>();
        offers.forEach((provider, list) -> shapes.put(provider, list.shapes()));
        return new Supply(
                shapes,
                quotas.values().stream().flatMap(List::stream).toList(),
                offers.values().stream()
                        .flatMap(list -> list.sources().stream())
                        .toList());
    }

    void traffic(String service, Traffic latest) {
        traffic.put(service, latest);
    }

    Traffic traffic(String service) {
        return traffic.getOrDefault(service, Traffic.UNKNOWN);
    }

    /// At least one request waits.
    void wake(String service) {
        Traffic latest = traffic(service);
        traffic(
                service,
                new Traffic(
                        latest.requestsPerSecond(), Math.max(1, latest.held()), latest.inFlight(), latest.countedAt()));
    }

    /// A replica that left the routing table has no request in progress.
    void drained(ReplicaKey replica) {
        drained.add(replica);
    }

    /// Notes the result of a probe. True if that is news.
    boolean probed(ReplicaKey replica, boolean passing, Instant at) {
        return passing ? notPassing.remove(replica) != null : notPassing.putIfAbsent(replica, at) == null;
    }

    boolean isPassing(ReplicaRecord replica) {
        return !notPassing.containsKey(ReplicaKey.of(replica));
    }

    /// From now on changes happen at this time.
    void at(Instant now) {
        watched.at(now, replicas());
    }

    /// Time has passed by the clock that nobody lived through: what is measured in lived time begins so much
    /// later.
    void skip(Duration lost) {
        watched.skip(lost);
        notPassing.replaceAll((_, since) -> since.plus(lost));
        silence.skip(lost);
    }

    /// Since when the replica has been watched in its present stage.
    Optional<Instant> watchedSince(ReplicaRecord replica) {
        return watched.since(replica);
    }

    /// Whether the requests of a service are counted; nobody does where it has no endpoint or none is open.
    void countedIf(Predicate<String> isCounted) {
        counted = isCounted;
    }

    void apply(Change change) {
        switch (change) {
            case Change.PutService(ServiceRecord service) -> services.put(service.name(), service);
            case Change.RemoveService(String name) -> {
                // Ended replicas stay, as in the store: their generations must not be used again.
                services.remove(name);
                traffic.remove(name);
            }
            case Change.PutReplica(ReplicaRecord replica) -> put(replica);
            case Change.ForgetReplica(String service, String name) -> forget(service, name);
            case Change.OpenIntent(Intent intent) -> intents.put(intent.id(), intent);
            case Change.CloseIntent close -> intents.remove(close.intentId());
            case Change.PutZoneHealth(ZoneHealth health) -> put(health);
            case Change.PutSpend(SpendEntry entry) -> put(entry);
            case Change.PutClosedScope(ClosedScope closed) -> refused.put(closed);
            case Change.ForgetClosedScope(ClosedScope closed) -> refused.forget(closed);
            case Change.MoveSpend(String from, String to) -> moveSpend(from, to);
            case Change.PutAccount _, Change.PutSpec _, Change.AppendEvent _ -> {}
        }
    }

    /// All that the planner may know, at this instant.
    World world(Instant now) {
        SortedMap<String, List<ReplicaRecord>> byService = new TreeMap<>();
        Map<String, Signals> signals = new HashMap<>();
        Set<LocationPattern> silent = silence.givenUp(now);
        replicas.forEach((service, table) -> {
            List<ReplicaRecord> records = table.list();
            byService.put(service, records);
            signals.put(service, signals(service, records, silent));
        });
        traffic.keySet().forEach(service -> signals.computeIfAbsent(service, name -> signals(name, List.of(), silent)));
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
                offersBeside(silent),
                signals,
                unrecorded,
                supply,
                refused.lately(now));
    }

    /// What those offer that answer.
    private List<Offer> offersBeside(Set<LocationPattern> silent) {
        return silent.isEmpty()
                ? allOffers
                : allOffers.stream()
                        .filter(offer -> !isIn(silent, offer.location()))
                        .toList();
    }

    private Signals signals(String service, Collection<ReplicaRecord> records, Set<LocationPattern> silent) {
        Map<String, Instant> failing = new HashMap<>();
        if (!notPassing.isEmpty()) {
            for (ReplicaRecord replica : records) {
                Instant since = notPassing.get(ReplicaKey.of(replica));
                if (since != null) {
                    failing.put(replica.name(), since);
                }
            }
        }
        Traffic latest = traffic(service);
        Set<String> idle = drained.stream()
                .filter(key -> key.service().equals(service))
                .map(ReplicaKey::replica)
                .collect(Collectors.toSet());
        return new Signals(
                latest.requestsPerSecond(),
                latest.held(),
                failing,
                unanswered(records, silent),
                latest.inFlight(),
                latest.countedAt(),
                idle,
                latest.countedAt().isPresent() || counted.test(service),
                watched.of(records));
    }

    private static Set<String> unanswered(Collection<ReplicaRecord> records, Set<LocationPattern> silent) {
        return silent.isEmpty()
                ? Set.of()
                : records.stream()
                        .filter(replica -> replica.lifecycle() == Lifecycle.REQUESTED
                                && isIn(silent, replica.offer().location()))
                        .map(ReplicaRecord::name)
                        .collect(Collectors.toSet());
    }

    private static boolean isIn(Set<LocationPattern> places, Location location) {
        return places.stream().anyMatch(place -> place.matches(location));
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
            notPassing.remove(ReplicaKey.of(replica));
            drained.remove(ReplicaKey.of(replica));
        }
    }

    private void put(ZoneHealth health) {
        zones.put(new ZoneKey(health.location(), health.accelerator(), health.market()), health);
    }

    private void moveSpend(String from, String to) {
        List<SpendEntry> running = runningSpend(from);
        running.forEach(entry -> runningSpend.remove(entry.service() + "\n" + entry.subject()));
        yardsticks.remove(from);
        running.forEach(entry -> put(entry.ofService(to)));
    }

    private void put(SpendEntry entry) {
        String key = entry.service() + "\n" + entry.subject();
        boolean isRunning = entry.until().isEmpty();
        if (isRunning) {
            runningSpend.put(key, entry);
        } else {
            runningSpend.remove(key);
        }
        if (entry.kind() == SpendEntry.Kind.ALL_ON_DEMAND) {
            yardsticks.compute(
                    entry.service(),
                    (_, present) -> isRunning
                            ? entry
                            : present == null || present.subject().equals(entry.subject()) ? null : present);
        }
    }
}
