package dev.skyhedge.providers.gcp.fake;

import com.google.cloud.compute.v1.Instance;
import com.google.cloud.compute.v1.Operation;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;

/// What the cloud is: instances, operations, capacity, quota. Nothing happens in it between calls; what time has
/// changed shows when somebody looks. All methods hold one lock.
public final class FakeCompute {
    private static final Pattern NAME = Pattern.compile("[a-z](?:[-a-z0-9]{0,61}[a-z0-9])?");
    private static final Pattern LABEL_KEY = Pattern.compile("[a-z][a-z0-9_-]{0,62}");
    private static final Pattern LABEL_VALUE = Pattern.compile("[a-z0-9_-]{0,63}");
    private static final int MAX_LABELS = 64;
    private static final int UNLIMITED = 1_000_000;
    private static final int MILLIS_BEFORE_RUNNING = 500;
    private static final long FIRST_ID = 4_000_000_000_000_000_001L;

    private final FakeGeography geography;
    private final FakeRules rules;
    private final InstantSource clock;
    private final String project;
    private final Map<String, FakeInstance> instances = new LinkedHashMap<>();
    private final List<FakeInstance> ledger = new ArrayList<>();
    private final Map<String, FakeOperation> operations = new LinkedHashMap<>();
    private final Map<String, Integer> capacity = new TreeMap<>();
    private final Map<String, Integer> quota = new TreeMap<>();
    private final Map<String, String> console = new TreeMap<>();
    private final Set<String> cutOff = new TreeSet<>();
    private String network = "203.0.";
    private long lastId = FIRST_ID;

    FakeCompute(String project, FakeGeography geography, FakeRules rules, InstantSource clock) {
        this.project = project;
        this.geography = geography;
        this.rules = rules;
        this.clock = clock;
    }

    // --- levers

    /// Sets how many instances of this machine type a zone has room for.
    public synchronized void capacity(String zone, String machineType, boolean spot, int count) {
        capacity.put(pool(zone, machineType, spot), count);
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
                quota(region, metric(accelerator, true), 0);
                quota(region, metric(accelerator, false), 0);
            }
        }
    }

    /// Sets a quota, such as `PREEMPTIBLE_NVIDIA_L4_GPUS`, of a region.
    public synchronized void quota(String region, String metric, int limit) {
        quota.put(region + "/" + metric, limit);
    }

    /// Takes an instance back with the usual notice.
    public synchronized void preempt(String zone, String name) {
        FakeInstance instance = require(zone, name);
        Instant now = clock.instant();
        instance.preempted = true;
        Instant end = now.plus(rules.noticeTime());
        instance.stop(now, end);
        remember(operation("compute.instances.preempted", instance, "system", now, now, "", Optional.empty()));
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
    public synchronized int created() {
        return ledger.size();
    }

    /// Names of the instances of a lineage that exist now.
    public synchronized List<String> live(String lineage) {
        Instant now = clock.instant();
        return instances.values().stream()
                .filter(one -> one.exists(now) && one.label("skyhedge-lineage").equals(lineage))
                .map(FakeInstance::name)
                .toList();
    }

    /// How many instances each token of a lineage ever had.
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
            requireUuid(requestId);
            Optional<FakeOperation> known = operations.values().stream()
                    .filter(operation -> operation.requestId().equals(requestId)
                            && operation.zone().equals(zone)
                            && operation
                                    .insertedAt()
                                    .plus(rules.requestMemory())
                                    .isAfter(now))
                    .findFirst();
            if (known.isPresent()) {
                return known.get().resource(now, prefix());
            }
        }
        Instance asked = checked(zone, read(body));
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
        Optional<Fault.OperationFails> failure = planned.or(() -> shortage(instance));
        FakeOperation operation = operation(
                "insert", instance, "someone@example.com", now, now.plus(rules.operationTime()), requestId, failure);
        remember(operation);
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
        FakeOperation operation = operation("delete", instance, "someone@example.com", now, gone, "", Optional.empty());
        remember(operation);
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
        return operations.values().stream()
                .filter(operation -> zone.isEmpty() || operation.zone().equals(zone.get()))
                .filter(operation -> !cutOff.contains(operation.zone()))
                .map(operation -> operation.resource(now, prefix()))
                .toList();
    }

    synchronized Operation operation(String zone, String name) {
        requireZone(zone);
        FakeOperation operation = operations.get(name);
        if (operation == null || !operation.zone().equals(zone)) {
            throw Refusal.notFound("projects/" + project + "/zones/" + zone + "/operations/" + name);
        }
        return operation.resource(clock.instant(), prefix());
    }

    synchronized String console(String zone, String name) {
        requireZone(zone);
        return console.getOrDefault(zone + "/" + require(zone, name).name(), "");
    }

    synchronized Set<String> cutOffZones() {
        return Set.copyOf(cutOff);
    }

    synchronized int limitOf(String region, String metric) {
        return quota.getOrDefault(region + "/" + metric, UNLIMITED);
    }

    synchronized int usageOf(String region, String metric) {
        Instant now = clock.instant();
        return instances.values().stream()
                .filter(one ->
                        one.exists(now) && FakeGeography.regionOf(one.zone).equals(region))
                .filter(one -> metric(one).filter(metric::equals).isPresent())
                .mapToInt(this::cards)
                .sum();
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

    private Instance show(FakeInstance instance) {
        return instance.resource(clock.instant(), prefix(), network);
    }

    private FakeInstance require(String zone, String name) {
        FakeInstance instance = instances.get(zone + "/" + name);
        if (instance == null || !instance.exists(clock.instant())) {
            throw Refusal.notFound("projects/" + project + "/zones/" + zone + "/instances/" + name);
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

    private static void requireUuid(String requestId) {
        try {
            UUID id = UUID.fromString(requestId);
            if (id.getMostSignificantBits() != 0 || id.getLeastSignificantBits() != 0) {
                return;
            }
        } catch (IllegalArgumentException e) {
            throw Refusal.invalid("requestId", requestId, "Not a UUID: " + e.getMessage());
        }
        throw Refusal.invalid("requestId", requestId, "The zero UUID is not supported.");
    }

    private static Instance read(String body) {
        Instance.Builder builder = Instance.newBuilder();
        try {
            JsonFormat.parser().merge(body, builder);
        } catch (InvalidProtocolBufferException e) {
            throw new Refusal(400, "badRequest", "Invalid JSON payload received. " + e.getMessage());
        }
        return builder.build();
    }

    private Instance checked(String zone, Instance asked) {
        if (!NAME.matcher(asked.getName()).matches()) {
            throw Refusal.invalid("resource.name", asked.getName(), "Must be a match of regex '" + NAME + "'");
        }
        asked.getLabelsMap().forEach((key, value) -> {
            if (!LABEL_KEY.matcher(key).matches() || !LABEL_VALUE.matcher(value).matches()) {
                throw Refusal.invalid("resource.labels", key + "=" + value, "Not a label");
            }
        });
        if (asked.getLabelsCount() > MAX_LABELS) {
            throw Refusal.invalid("resource.labels", "", "Too many labels");
        }
        String type = FakeInstance.lastSegment(asked.getMachineType());
        if (!asked.getMachineType().contains("zones/" + zone + "/machineTypes/")) {
            throw Refusal.invalid(
                    "resource.machineType", asked.getMachineType(), "The URL is malformed or names another zone.");
        }
        if (!geography.hasMachine(zone, type)) {
            throw Refusal.invalid(
                    "resource.machineType",
                    prefix() + "/zones/" + zone + "/machineTypes/" + type,
                    "Machine type with name '" + type + "' does not exist in zone '" + zone + "'.");
        }
        asked.getGuestAcceleratorsList().forEach(accelerator -> {
            String name = FakeInstance.lastSegment(accelerator.getAcceleratorType());
            Integer most = geography.accelerators().getOrDefault(zone, Map.of()).get(name);
            if (most == null) {
                throw Refusal.notFound("projects/" + project + "/zones/" + zone + "/acceleratorTypes/" + name);
            }
            if (accelerator.getAcceleratorCount() < 1 || accelerator.getAcceleratorCount() > most) {
                throw Refusal.invalid("resource.guestAccelerators[0].acceleratorCount", "", "Out of range");
            }
        });
        boolean hasCards = asked.getGuestAcceleratorsCount() > 0
                || geography.machine(type).accelerator().isPresent();
        if (hasCards && !asked.getScheduling().getOnHostMaintenance().equals("TERMINATE")) {
            throw Refusal.invalid(
                    "scheduling.onHostMaintenance",
                    asked.getScheduling().getOnHostMaintenance(),
                    "Instances with guest accelerators do not support live migration.");
        }
        if (asked.getScheduling().getProvisioningModel().equals("SPOT")
                && asked.getScheduling().getAutomaticRestart()) {
            throw Refusal.invalid("scheduling.automaticRestart", "true", "Not with provisioningModel SPOT.");
        }
        if (asked.getDisksCount() == 0 || !asked.getDisks(0).getBoot()) {
            throw Refusal.invalid("resource.disks", "", "A boot disk must be specified.");
        }
        if (asked.getNetworkInterfacesCount() == 0) {
            throw Refusal.invalid("resource.networkInterfaces", "", "At least one network interface is required.");
        }
        return asked;
    }

    private Optional<Fault.OperationFails> shortage(FakeInstance wanted) {
        Optional<String> metric = metric(wanted);
        String region = FakeGeography.regionOf(wanted.zone);
        if (metric.isPresent()) {
            int limit = limitOf(region, metric.get());
            if (usageOf(region, metric.get()) + cards(wanted) > limit) {
                return Optional.of(new Fault.OperationFails(
                        "QUOTA_EXCEEDED",
                        "Quota '" + metric.get() + "' exceeded.  Limit: " + limit + ".0 in region " + region + ".",
                        403));
            }
        }
        Instant now = clock.instant();
        long used = instances.values().stream()
                .filter(one -> one.exists(now) && poolOf(one).equals(poolOf(wanted)))
                .count();
        if (used >= capacity.getOrDefault(poolOf(wanted), UNLIMITED)) {
            return Optional.of(new Fault.OperationFails(
                    "ZONE_RESOURCE_POOL_EXHAUSTED",
                    "The zone 'projects/" + project + "/zones/" + wanted.zone
                            + "' does not have enough resources available to fulfill the request.  Try a different"
                            + " zone, or try again later.",
                    503));
        }
        return Optional.empty();
    }

    private static String pool(String zone, String machineType, boolean spot) {
        return zone + "/" + machineType + "/" + (spot ? "spot" : "standard");
    }

    private static String poolOf(FakeInstance instance) {
        return pool(instance.zone, instance.machineType(), instance.isSpot());
    }

    private Optional<String> metric(FakeInstance instance) {
        Optional<String> type = instance.asked.getGuestAcceleratorsList().stream()
                .map(one -> FakeInstance.lastSegment(one.getAcceleratorType()))
                .findFirst()
                .or(() -> geography.machine(instance.machineType()).accelerator());
        return type.map(name -> metric(name, instance.isSpot()));
    }

    static String metric(String acceleratorType, boolean spot) {
        String card = acceleratorType
                .replace("nvidia-tesla-", "nvidia-")
                .replace('-', '_')
                .toUpperCase(Locale.ROOT);
        return (spot ? "PREEMPTIBLE_" : "") + card + "_GPUS";
    }

    private int cards(FakeInstance instance) {
        return instance.asked.getGuestAcceleratorsList().stream()
                .mapToInt(one -> one.getAcceleratorCount())
                .findFirst()
                .orElseGet(() -> geography.machine(instance.machineType()).acceleratorCount());
    }

    private FakeOperation operation(
            String type,
            FakeInstance instance,
            String user,
            Instant from,
            Instant done,
            String requestId,
            Optional<Fault.OperationFails> failure) {
        long id = ++lastId;
        Instant running = from.plusMillis(MILLIS_BEFORE_RUNNING);
        return new FakeOperation(
                (user.equals("system") ? "systemevent-" : "operation-") + id + "-" + Long.toHexString(id),
                id,
                type,
                instance.zone,
                instance.name(),
                instance.id,
                user,
                from,
                running.isBefore(done) ? running : done,
                done,
                failure,
                requestId);
    }

    private void remember(FakeOperation operation) {
        operations.put(operation.name(), operation);
    }
}
