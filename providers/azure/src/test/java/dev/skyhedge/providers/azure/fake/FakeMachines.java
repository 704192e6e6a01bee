package dev.skyhedge.providers.azure.fake;

import java.net.InetSocketAddress;
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
import java.util.regex.Pattern;

/// What the cloud is: resource groups, machines, capacity, quota. Nothing happens in it between calls; what
/// time has
/// changed shows when somebody looks. All methods hold one lock.
public final class FakeMachines {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,63}");
    private static final int MAX_TAGS = 50;
    private static final int MAX_CUSTOM_DATA = 87_380;
    private static final int UNLIMITED = 1_000_000;

    private final FakeGeography geography;
    private final FakeRules rules;
    private final InstantSource clock;
    private final Map<String, Map<String, Object>> groups = new TreeMap<>();
    private final Map<String, FakeMachine> machines = new LinkedHashMap<>();
    private final List<FakeMachine> ledger = new ArrayList<>();
    private final Map<String, Integer> capacity = new TreeMap<>();
    private final Map<String, Integer> quota = new TreeMap<>();
    private final Set<String> cutOff = new TreeSet<>();
    private String network = "203.0.";

    FakeMachines(FakeGeography geography, FakeRules rules, InstantSource clock) {
        this.geography = geography;
        this.rules = rules;
        this.clock = clock;
    }

    // --- levers

    /// Sets how many machines of this size a zone has room for. A spot machine too many is refused at once;
    /// for any
    /// other the creation is accepted and fails.
    public synchronized void capacity(String region, String zone, String size, boolean spot, int count) {
        capacity.put(pool(region, zone, size, spot), count);
    }

    /// Takes all room from a zone.
    public synchronized void full(String region, String zone) {
        for (String size : geography.sizes().keySet()) {
            capacity(region, zone, size, true, 0);
            capacity(region, zone, size, false, 0);
        }
    }

    /// Allows no core in a region any more.
    public synchronized void noQuota(String region) {
        quota(region, "lowPriorityCores", 0);
        quota(region, "cores", 0);
        geography.sizes().values().forEach(size -> quota(region, size.family(), 0));
    }

    /// Sets a quota of cores, such as `lowPriorityCores`, of a region.
    public synchronized void quota(String region, String name, int cores) {
        quota.put(region + "/" + name, cores);
    }

    /// Takes a machine back with the usual notice.
    public synchronized void evict(String id) {
        Instant now = clock.instant();
        require(id).stop(now, now.plus(rules.noticeTime()));
    }

    /// Takes a machine back at once.
    public synchronized void vanish(String id) {
        Instant now = clock.instant();
        require(id).stop(now, now);
    }

    /// The machine has another power state from now on, such as `stopped` or `deallocated`.
    public synchronized void power(String id, String state) {
        require(id).power = state;
    }

    /// Puts a machine there as if it had been made before.
    public synchronized void put(String group, String name, Map<String, Object> asked) {
        Instant now = clock.instant().minusSeconds(60);
        groups.putIfAbsent(group, Json.object("location", "eastus"));
        keep(new FakeMachine(group, name, asked, ledger.size() + 1, now, now, now, now, Optional.empty()));
    }

    /// Makes a resource group.
    public synchronized void makeGroup(String name, String region) {
        putGroup(name, Json.object("location", region));
    }

    /// Ids, addresses and ports of the machines that run now.
    public synchronized Map<String, InetSocketAddress> running() {
        Instant now = clock.instant();
        Map<String, InetSocketAddress> running = new TreeMap<>();
        machines.values().stream()
                .filter(one -> one.exists(now) && one.failure.isEmpty() && !now.isBefore(one.runsAt))
                .filter(one -> !one.tag("skyhedge-port").isEmpty())
                .forEach(one -> running.put(
                        one.id(),
                        new InetSocketAddress(
                                Calls.address(network, one), Integer.parseInt(one.tag("skyhedge-port")))));
        return running;
    }

    /// Machines have addresses of the loopback network from now on, one each, so that something on this
    /// machine can
    /// answer for them.
    public synchronized void onLoopback() {
        network = "127.78.";
    }

    synchronized String network() {
        return network;
    }

    /// Makes a zone unreachable.
    public synchronized void cutOff(String region, String zone) {
        cutOff.add(region + "/" + zone);
    }

    public synchronized void reconnect(String region, String zone) {
        cutOff.remove(region + "/" + zone);
    }

    // --- the ledger

    /// Ids of all machines that exist now, failed ones too, as `group/name`.
    public synchronized List<String> live() {
        Instant now = clock.instant();
        return machines.values().stream()
                .filter(one -> one.exists(now))
                .map(FakeMachine::id)
                .toList();
    }

    /// Everything ever made, a line each: `live|ended GROUP/NAME REGION ZONE MARKET TOKEN REPLICA`. Of creations
    /// that failed only what they left.
    public synchronized List<String> ledger() {
        Instant now = clock.instant();
        return ledger.stream()
                .filter(one -> one.failure.isEmpty() || one.exists(now))
                .map(one -> String.join(
                        " ",
                        one.exists(now) && one.stoppingAt.isEmpty() ? "live" : "ended",
                        one.id(),
                        one.region(),
                        one.zone().isEmpty() ? "-" : one.zone(),
                        one.isSpot() ? "spot" : "on_demand",
                        one.tag("skyhedge-token"),
                        one.tag("skyhedge-replica")))
                .toList();
    }

    /// Ids of the machines of a lineage that exist now.
    public synchronized List<String> live(String lineage) {
        Instant now = clock.instant();
        return machines.values().stream()
                .filter(one -> one.exists(now) && one.tag("skyhedge-lineage").equals(lineage))
                .map(FakeMachine::id)
                .toList();
    }

    /// How many machines were ever made, not counting those that failed.
    public synchronized int created() {
        return (int) ledger.stream().filter(one -> one.failure.isEmpty()).count();
    }

    /// How many machines each token of a lineage ever had, not counting those that failed.
    public synchronized Map<String, Integer> tokens(String lineage) {
        Map<String, Integer> tokens = new TreeMap<>();
        ledger.stream()
                .filter(one ->
                        one.failure.isEmpty() && one.tag("skyhedge-lineage").equals(lineage))
                .forEach(one -> tokens.merge(one.tag("skyhedge-token"), 1, Integer::sum));
        return tokens;
    }

    /// Seconds that machines existed, up to now.
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

    synchronized Optional<Map<String, Object>> group(String name) {
        return Optional.ofNullable(groups.get(name.toLowerCase(Locale.ROOT)));
    }

    synchronized boolean putGroup(String name, Map<String, Object> asked) {
        Map<String, Object> before = groups.get(name.toLowerCase(Locale.ROOT));
        if (before != null && !Json.text(before, "location").equals(Json.text(asked, "location"))) {
            throw new Refusal(
                    409,
                    "InvalidResourceGroupLocation",
                    "Invalid resource group location '" + Json.text(asked, "location") + "'. The Resource group already"
                            + " exists in location '" + Json.text(before, "location") + "'.");
        }
        if (!geography.regions().containsKey(Json.text(asked, "location"))) {
            throw new Refusal(400, "LocationNotAvailableForResourceGroup", "The provided location is not available.");
        }
        groups.put(name.toLowerCase(Locale.ROOT), asked);
        return before == null;
    }

    /// A creation.
    ///
    /// @param created whether there was nothing before
    record Put(FakeMachine machine, boolean created) {}

    synchronized Put put(
            String group, String name, Map<String, Object> asked, boolean onlyNew, Optional<Refusal> planned) {
        requireGroup(group);
        Instant now = clock.instant();
        Optional<FakeMachine> before = find(group, name);
        if (before.isPresent()) {
            if (onlyNew) {
                throw new Refusal(
                        412, "PreconditionFailed", "The precondition given in the request headers is not met.");
            }
            boolean same = Json.at(asked, "properties", "hardwareProfile")
                    .equals(Json.at(before.get().asked, "properties", "hardwareProfile"));
            if (!same || !Json.at(asked, "zones").equals(Json.at(before.get().asked, "zones"))) {
                throw new Refusal(409, "PropertyChangeNotAllowed", "Changing property 'zones' is not allowed.");
            }
            return new Put(before.get(), false);
        }
        check(name, asked);
        FakeMachine machine = new FakeMachine(
                group,
                name,
                asked,
                ledger.size() + 1,
                now,
                now.plus(rules.operationTime()),
                now.plus(rules.bootTime()),
                now.plus(rules.listLag()),
                planned.or(() -> shortage(asked)));
        keep(machine);
        return new Put(machine, true);
    }

    synchronized boolean delete(String group, String name) {
        Instant now = clock.instant();
        Optional<FakeMachine> machine = find(group, name);
        machine.ifPresent(one -> {
            requireReachable(one);
            one.stop(now, now.plus(rules.stopTime()));
        });
        return machine.isPresent();
    }

    synchronized FakeMachine get(String group, String name) {
        requireGroup(group);
        FakeMachine machine = find(group, name).orElseThrow(() -> notFound(group, name));
        requireReachable(machine);
        return machine;
    }

    /// Machines that lists show.
    synchronized List<FakeMachine> list(Optional<String> group) {
        group.ifPresent(this::requireGroup);
        Instant now = clock.instant();
        return machines.values().stream()
                .filter(one -> one.exists(now) && !now.isBefore(one.listedFrom))
                .filter(one -> !cutOff.contains(one.region() + "/" + one.zone()))
                .filter(one -> group.isEmpty() || group.get().equalsIgnoreCase(one.group))
                .toList();
    }

    synchronized Optional<FakeMachine> byNumber(int number) {
        return number >= 1 && number <= ledger.size() ? Optional.of(ledger.get(number - 1)) : Optional.empty();
    }

    synchronized List<Object> usages(String region) {
        Set<String> names = new TreeSet<>(List.of("cores", "lowPriorityCores"));
        geography.sizes().values().forEach(size -> names.add(size.family()));
        List<Object> usages = new ArrayList<>();
        for (String name : names) {
            usages.add(Json.object(
                    "limit",
                    quota.getOrDefault(region + "/" + name, UNLIMITED),
                    "unit",
                    "Count",
                    "currentValue",
                    used(region, name),
                    "name",
                    Json.object("value", name, "localizedValue", name)));
        }
        return usages;
    }

    FakeGeography geography() {
        return geography;
    }

    InstantSource clock() {
        return clock;
    }

    // --- inside

    private void keep(FakeMachine machine) {
        machines.put(machine.id().toLowerCase(Locale.ROOT), machine);
        ledger.add(machine);
    }

    private Optional<FakeMachine> find(String group, String name) {
        return Optional.ofNullable(machines.get((group + "/" + name).toLowerCase(Locale.ROOT)))
                .filter(one -> one.exists(clock.instant()));
    }

    private FakeMachine require(String id) {
        int slash = id.indexOf('/');
        return find(id.substring(0, slash), id.substring(slash + 1)).orElseThrow();
    }

    private void requireGroup(String group) {
        if (!rules.poor() && !groups.containsKey(group.toLowerCase(Locale.ROOT))) {
            throw new Refusal(404, "ResourceGroupNotFound", "Resource group '" + group + "' could not be found.");
        }
    }

    private void requireReachable(FakeMachine machine) {
        if (cutOff.contains(machine.region() + "/" + machine.zone())) {
            throw new Refusal(503, "ServiceUnavailable", "The service is unavailable.");
        }
    }

    private static Refusal notFound(String group, String name) {
        return new Refusal(
                404,
                "ResourceNotFound",
                "The Resource 'Microsoft.Compute/virtualMachines/" + name + "' under resource group '" + group
                        + "' was not found.");
    }

    private void check(String name, Map<String, Object> asked) {
        String region = Json.text(asked, "location");
        if (!NAME.matcher(name).matches()) {
            throw invalid("name", "The resource name is not valid.");
        }
        if (!geography.regions().containsKey(region)) {
            throw new Refusal(
                    400,
                    "LocationNotAvailableForResourceType",
                    "The provided location '" + region + "' is not available.");
        }
        String size = Json.text(asked, "properties", "hardwareProfile", "vmSize");
        if (!geography.sizes().containsKey(size)) {
            throw invalid(
                    "vmSize",
                    "The value " + size + " provided for the VM size is not valid. The valid sizes in the current"
                            + " region are: " + geography.sizes().keySet() + ".");
        }
        String zone = Json.text(asked, "zones", 0);
        if (!zone.isEmpty() && !geography.regions().get(region).contains(zone)) {
            throw new Refusal(
                    400,
                    "InvalidAvailabilityZone",
                    "The zone(s) '" + zone + "' for resource '" + name + "' is not supported.");
        }
        boolean spot = Json.text(asked, "properties", "priority").equals("Spot");
        if (!spot && Json.at(asked, "properties", "evictionPolicy").isPresent()) {
            throw invalid("evictionPolicy", "Eviction policy can be set only on Azure Spot Virtual Machines.");
        }
        if (Json.at(asked, "tags").orElse(Map.of()) instanceof Map<?, ?> tags && tags.size() > MAX_TAGS) {
            throw invalid("tags", "Too many tags.");
        }
        if (Json.text(asked, "properties", "osProfile", "customData").length() > MAX_CUSTOM_DATA) {
            throw invalid("customData", "Custom data in OSProfile must be in Base64 encoding and at most 64 KB.");
        }
        if (Json.text(asked, "properties", "osProfile", "linuxConfiguration", "ssh", "publicKeys", 0, "keyData")
                .isEmpty()) {
            throw invalid("linuxConfiguration.ssh.publicKeys", "Required parameter is missing (null).");
        }
        boolean configured = Json.at(asked, "properties", "networkProfile", "networkInterfaceConfigurations", 0)
                .isPresent();
        if (configured
                && Json.text(asked, "properties", "networkProfile", "networkApiVersion")
                        .isEmpty()) {
            throw invalid("networkApiVersion", "Required with networkInterfaceConfigurations.");
        }
        if (!configured
                && Json.at(asked, "properties", "networkProfile", "networkInterfaces", 0)
                        .isEmpty()) {
            throw invalid("networkProfile", "Virtual Machine must have at least one network interface.");
        }
        requireQuota(region, size, spot);
        if (spot && isFull(asked)) {
            throw new Refusal(
                    409,
                    "SkuNotAvailable",
                    "The requested size for resource '" + name + "' is currently not available in location '" + region
                            + "' zones '" + zone + "' for subscription.");
        }
    }

    private static Refusal invalid(String parameter, String what) {
        return new Refusal(400, "InvalidParameter", what + " (parameter " + parameter + ")");
    }

    private void requireQuota(String region, String size, boolean spot) {
        FakeGeography.Size wanted = geography.size(size);
        String name = spot ? "lowPriorityCores" : wanted.family();
        int limit = quota.getOrDefault(region + "/" + name, UNLIMITED);
        int used = used(region, name);
        if (used + wanted.cores() > limit) {
            throw new Refusal(
                    409,
                    "OperationNotAllowed",
                    "Operation could not be completed as it results in exceeding approved "
                            + (spot ? "LowPriorityCores" : name + " Cores") + " quota. Additional details - Location: "
                            + region + ", Current Limit: " + limit + ", Current Usage: " + used
                            + ", Additional Required: " + wanted.cores() + ".");
        }
    }

    private int used(String region, String name) {
        Instant now = clock.instant();
        return machines.values().stream()
                .filter(one -> one.exists(now) && one.region().equals(region))
                .filter(one -> switch (name) {
                    case "lowPriorityCores" -> one.isSpot();
                    case "cores" -> !one.isSpot();
                    default ->
                        !one.isSpot() && geography.size(one.size()).family().equals(name);
                })
                .mapToInt(one -> geography.size(one.size()).cores())
                .sum();
    }

    private Optional<Refusal> shortage(Map<String, Object> asked) {
        return isFull(asked)
                ? Optional.of(
                        new Refusal(
                                200,
                                "ZonalAllocationFailed",
                                "Allocation failed. We do not have sufficient capacity for the requested VM size in this zone."))
                : Optional.empty();
    }

    private boolean isFull(Map<String, Object> asked) {
        Instant now = clock.instant();
        String pool = pool(
                Json.text(asked, "location"),
                Json.text(asked, "zones", 0),
                Json.text(asked, "properties", "hardwareProfile", "vmSize"),
                Json.text(asked, "properties", "priority").equals("Spot"));
        long used = machines.values().stream()
                .filter(one -> one.exists(now) && one.failure.isEmpty())
                .filter(one ->
                        pool(one.region(), one.zone(), one.size(), one.isSpot()).equals(pool))
                .count();
        return used >= capacity.getOrDefault(pool, UNLIMITED);
    }

    private static String pool(String region, String zone, String size, boolean spot) {
        return region + "/" + zone + "/" + size + "/" + (spot ? "spot" : "regular");
    }
}
