package dev.skyhedge.providers.gcp.fake;

import com.google.cloud.compute.v1.Instance;
import com.google.cloud.compute.v1.Operation;
import dev.skyhedge.providers.cloud.fake.Fault;
import dev.skyhedge.providers.cloud.fake.Ledger;
import dev.skyhedge.providers.cloud.fake.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/// What the cloud is: instances, operations, capacity, quota. Nothing happens in it between calls; what time has
/// changed shows when somebody looks. All methods hold one lock.
public final class FakeCompute implements Ledger {
    private static final long FIRST_ID = 4_000_000_000_000_000_001L;

    private final FakeGeography geography;
    private final FakeRules rules;
    private final InstantSource clock;
    private final String project;
    private final Map<String, FakeInstance> instances = new LinkedHashMap<>();
    private final List<FakeInstance> ledger = new ArrayList<>();
    private final FakeOperations operations = new FakeOperations();
    private final OrderForm form;
    private final Stock stock;
    private final FakeNetwork defaultNetwork;
    private final Map<String, String> console = new TreeMap<>();
    private final Set<String> cutOff = new TreeSet<>();
    private String network = "203.0.";
    private long lastId = FIRST_ID;

    FakeCompute(String project, FakeGeography geography, FakeRules rules, InstantSource clock) {
        this.project = project;
        this.geography = geography;
        this.rules = rules;
        this.clock = clock;
        this.defaultNetwork = new FakeNetwork(prefix(), List.copyOf(geography.regions()));
        this.form = new OrderForm(geography, project, prefix());
        this.stock = new Stock(geography, project, this::existing);
    }

    /// The network that machines join.
    public FakeNetwork network() {
        return defaultNetwork;
    }

    // --- levers

    /// Sets how many instances of this machine type a zone has room for.
    public synchronized void capacity(String zone, String machineType, boolean spot, int count) {
        stock.capacity(zone, machineType, spot, count);
    }

    /// Takes all room from a zone.
    public synchronized void full(String zone) {
        for (String machineType : geography.machines().keySet()) {
            capacity(zone, machineType, true, 0);
            capacity(zone, machineType, false, 0);
        }
    }

    /// Allows no accelerator in a region any more.
    public synchronized void noQuota(String region) {
        for (String zone : geography.zonesOf(region)) {
            for (String accelerator : geography.acceleratorsIn(zone).keySet()) {
                quota(region, Stock.metric(accelerator, true), 0);
                quota(region, Stock.metric(accelerator, false), 0);
            }
        }
    }

    /// Sets a quota, such as `PREEMPTIBLE_NVIDIA_L4_GPUS`, of a region.
    public synchronized void quota(String region, String metric, int limit) {
        stock.quota(region, metric, limit);
    }

    /// Takes an instance back with the usual notice.
    public synchronized void preempt(String zone, String name) {
        FakeInstance instance = require(zone, name);
        Instant now = clock.instant();
        instance.preempted = true;
        Instant end = now.plus(rules.noticeTime());
        instance.stop(now, end);
        operations.happened(new FakeOperations.About("compute.instances.preempted", instance, now, now));
    }

    /// Takes an instance back at once.
    public synchronized void preemptAtOnce(String zone, String name) {
        preempt(zone, name);
        require(zone, name).goneAt = Optional.of(clock.instant());
    }

    /// The machine shuts itself down; it stays until it is deleted.
    public synchronized void halt(String zone, String name) {
        require(zone, name).halted = true;
    }

    /// Ends an instance without leaving an operation that tells why.
    public synchronized void vanish(String zone, String name) {
        Instant now = clock.instant();
        require(zone, name).stop(now, now);
    }

    /// Puts an instance there as if it had been made before.
    public synchronized void put(String zone, Instance instance, int number) {
        Instant now = clock.instant().minusSeconds(60);
        FakeInstance made = new FakeInstance(instance, zone, FIRST_ID / 2 + number, now, now, now);
        instances.put(zone + "/" + instance.getName(), made);
        ledger.add(made);
    }

    /// Makes a zone unreachable.
    public synchronized void cutOff(String zone) {
        cutOff.add(zone);
    }

    public synchronized void reconnect(String zone) {
        cutOff.remove(zone);
    }

    /// What the serial console of an instance shows.
    public synchronized void say(String zone, String name, String text) {
        console.merge(zone + "/" + name, text, String::concat);
    }

    /// Instances have addresses of the loopback network from now on, one each, so that something on this
    /// machine can answer for them.
    public synchronized void onLoopback() {
        network = "127.77.";
    }

    // --- the ledger

    /// Names of all instances that exist now, as `zone/name`.
    @Override
    public synchronized List<String> live() {
        Instant now = clock.instant();
        return instances.entrySet().stream()
                .filter(entry -> entry.getValue().exists(now))
                .map(Map.Entry::getKey)
                .toList();
    }

    /// Everything ever made, a line each: `live|ended ZONE/NAME REGION ZONE MARKET TOKEN REPLICA`.
    public synchronized List<String> ledger() {
        Instant now = clock.instant();
        return ledger.stream()
                .map(one -> String.join(
                        " ",
                        one.exists(now) && one.stoppingAt.isEmpty() ? "live" : "ended",
                        one.zone + "/" + one.name(),
                        FakeGeography.regionOf(one.zone),
                        one.zone,
                        one.isSpot() ? "spot" : "on_demand",
                        one.label("skyhedge-token"),
                        one.label("skyhedge-replica")))
                .toList();
    }

    /// The instances that are running now.
    public synchronized List<Instance> running() {
        Instant now = clock.instant();
        return instances.values().stream()
                .filter(instance -> instance.exists(now) && instance.isRunning(now))
                .map(this::show)
                .toList();
    }

    /// How many instances were ever created.
    @Override
    public synchronized int created() {
        return ledger.size();
    }

    /// Names of the instances of a lineage that exist now.
    @Override
    public synchronized List<String> live(String lineage) {
        Instant now = clock.instant();
        return instances.values().stream()
                .filter(one -> one.exists(now) && one.label("skyhedge-lineage").equals(lineage))
                .map(FakeInstance::name)
                .toList();
    }

    /// How many instances each token of a lineage ever had.
    @Override
    public synchronized Map<String, Integer> tokens(String lineage) {
        Map<String, Integer> tokens = new TreeMap<>();
        ledger.stream()
                .filter(one -> one.label("skyhedge-lineage").equals(lineage))
                .forEach(one -> tokens.merge(one.label("skyhedge-token"), 1, Integer::sum));
        return tokens;
    }

    /// Seconds that instances existed, up to now.
    public synchronized long billedSeconds() {
        Instant now = clock.instant();
        return ledger.stream()
                .mapToLong(one -> Duration.between(
                                one.createdAt,
                                one.goneAt.filter(gone -> gone.isBefore(now)).orElse(now))
                        .toSeconds())
                .sum();
    }

    // --- what calls do

    synchronized Operation insert(String zone, String body, String requestId, Optional<Fault.OperationFails> planned) {
        requireZone(zone);
        Instant now = clock.instant();
        if (!requestId.isEmpty()) {
            OrderForm.requireUuid(requestId);
            Optional<FakeOperation> known = operations.of(requestId, zone, now, rules.requestMemory());
            if (known.isPresent()) {
                return known.get().resource(now, prefix());
            }
        }
        Instance asked = form.read(zone, body);
        defaultNetwork.check(asked, FakeGeography.regionOf(zone));
        String key = zone + "/" + asked.getName();
        FakeInstance holder = instances.get(key);
        if (holder != null && holder.exists(now)) {
            throw new Refusal(
                    409,
                    "alreadyExists",
                    "The resource 'projects/" + project + "/zones/" + zone + "/instances/" + asked.getName()
                            + "' already exists");
        }
        FakeInstance instance =
                new FakeInstance(asked, zone, ++lastId, now, now.plus(rules.bootTime()), now.plus(rules.listLag()));
        Optional<Fault.OperationFails> failure = planned.or(() -> stock.shortage(instance));
        FakeOperation operation = operations.asked(
                new FakeOperations.About("insert", instance, now, now.plus(rules.operationTime())), requestId, failure);
        if (failure.isEmpty()) {
            instances.put(key, instance);
            ledger.add(instance);
        }
        return operation.resource(now, prefix());
    }

    synchronized Operation delete(String zone, String name) {
        requireZone(zone);
        FakeInstance instance = require(zone, name);
        Instant now = clock.instant();
        if (instance.stoppingAt.isPresent() && !instance.preempted) {
            throw new Refusal(
                    400,
                    "resourceNotReady",
                    "The resource 'projects/" + project + "/zones/" + zone + "/instances/" + name + "' is not ready");
        }
        Instant gone = now.plus(rules.stopTime());
        instance.stop(now, gone);
        FakeOperation operation =
                operations.asked(new FakeOperations.About("delete", instance, now, gone), "", Optional.empty());
        return operation.resource(now, prefix());
    }

    synchronized Instance get(String zone, String name) {
        requireZone(zone);
        return show(require(zone, name));
    }

    /// Instances that lists show, by zone; a zone that is cut off is missing.
    synchronized Map<String, List<Instance>> list() {
        Instant now = clock.instant();
        Map<String, List<Instance>> byZone = new LinkedHashMap<>();
        for (String zone : geography.accelerators().keySet()) {
            if (!cutOff.contains(zone)) {
                byZone.put(zone, new ArrayList<>());
            }
        }
        for (FakeInstance instance : instances.values()) {
            if (byZone.containsKey(instance.zone) && instance.exists(now) && !now.isBefore(instance.listedFrom)) {
                byZone.get(instance.zone).add(show(instance));
            }
        }
        return byZone;
    }

    synchronized List<Operation> operations(Optional<String> zone) {
        zone.ifPresent(this::requireZone);
        Instant now = clock.instant();
        return operations
                .all()
                .filter(operation -> zone.isEmpty() || operation.zone().equals(zone.get()))
                .filter(operation -> !cutOff.contains(operation.zone()))
                .map(operation -> operation.resource(now, prefix()))
                .toList();
    }

    synchronized Operation operation(String zone, String name) {
        requireZone(zone);
        return operations
                .find(name)
                .filter(operation -> operation.zone().equals(zone))
                .map(operation -> operation.resource(clock.instant(), prefix()))
                .orElseThrow(() -> Refusals.notFound("projects/" + project + "/zones/" + zone + "/operations/" + name));
    }

    synchronized String console(String zone, String name) {
        requireZone(zone);
        return console.getOrDefault(zone + "/" + require(zone, name).name(), "");
    }

    synchronized Set<String> cutOffZones() {
        return Set.copyOf(cutOff);
    }

    synchronized int limitOf(String region, String metric) {
        return stock.limitOf(region, metric);
    }

    synchronized int usageOf(String region, String metric) {
        return stock.usageOf(region, metric);
    }

    FakeGeography geography() {
        return geography;
    }

    String project() {
        return project;
    }

    String prefix() {
        return "https://www.googleapis.com/compute/v1/projects/" + project;
    }

    InstantSource clock() {
        return clock;
    }

    // --- inside

    private Stream<FakeInstance> existing() {
        Instant now = clock.instant();
        return instances.values().stream().filter(one -> one.exists(now));
    }

    private Instance show(FakeInstance instance) {
        return instance.resource(clock.instant(), prefix(), network);
    }

    private FakeInstance require(String zone, String name) {
        FakeInstance instance = instances.get(zone + "/" + name);
        if (instance == null || !instance.exists(clock.instant())) {
            throw Refusals.notFound("projects/" + project + "/zones/" + zone + "/instances/" + name);
        }
        return instance;
    }

    private void requireZone(String zone) {
        if (!geography.accelerators().containsKey(zone)) {
            throw new Refusal(400, "invalid", "Invalid value for field 'zone': '" + zone + "'. Unknown zone.");
        }
        if (cutOff.contains(zone)) {
            throw new Refusal(503, "backendError", "Backend Error");
        }
    }
}
