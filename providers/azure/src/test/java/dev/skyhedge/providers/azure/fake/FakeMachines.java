package dev.skyhedge.providers.azure.fake;

import dev.skyhedge.providers.cloud.fake.Ledger;
import dev.skyhedge.providers.cloud.fake.Refusal;
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
import java.util.stream.Stream;

/// What the cloud is: resource groups, machines, capacity, quota. Nothing happens in it between calls; what
/// time has changed shows when somebody looks. All methods hold one lock.
public final class FakeMachines implements Ledger {
    private final FakeGeography geography;
    private final FakeRules rules;
    private final InstantSource clock;
    private final Map<String, Map<String, Object>> groups = new TreeMap<>();
    private final Map<String, FakeMachine> machines = new LinkedHashMap<>();
    private final List<FakeMachine> ledger = new ArrayList<>();
    private final OrderForm form;
    private final Stock stock;
    private final FakeNetworks networks;
    private final Set<String> cutOff = new TreeSet<>();
    private String network = "203.0.";

    FakeMachines(FakeGeography geography, FakeRules rules, InstantSource clock, FakeNetworks networks) {
        this.networks = networks;
        this.geography = geography;
        this.rules = rules;
        this.clock = clock;
        this.form = new OrderForm(geography);
        this.stock = new Stock(geography, this::existing);
    }

    // --- levers

    /// What machines join.
    public FakeNetworks networks() {
        return networks;
    }

    /// Sets how many machines of this size a zone has room for. A spot machine too many is refused at once;
    /// for any other the creation is accepted and fails.
    public synchronized void capacity(String region, String zone, String size, boolean spot, int count) {
        stock.capacity(region, zone, size, spot, count);
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
        stock.quota(region, name, cores);
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
                                MachineShapes.address(network, one), Integer.parseInt(one.tag("skyhedge-port")))));
        return running;
    }

    /// Machines have addresses of the loopback network from now on, one each, so that something on this
    /// machine can answer for them.
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
    @Override
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
    @Override
    public synchronized List<String> live(String lineage) {
        Instant now = clock.instant();
        return machines.values().stream()
                .filter(one -> one.exists(now) && one.tag("skyhedge-lineage").equals(lineage))
                .map(FakeMachine::id)
                .toList();
    }

    /// How many machines were ever made, not counting those that failed.
    @Override
    public synchronized int created() {
        return (int) ledger.stream().filter(one -> one.failure.isEmpty()).count();
    }

    /// How many machines each token of a lineage ever had, not counting those that failed.
    @Override
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
        form.check(name, asked);
        if (!rules.poor()) {
            networks.check(asked);
        }
        stock.requireRoom(name, asked);
        FakeMachine machine = new FakeMachine(
                group,
                name,
                asked,
                ledger.size() + 1,
                now,
                now.plus(rules.operationTime()),
                now.plus(rules.bootTime()),
                now.plus(rules.listLag()),
                planned.or(() -> stock.shortage(asked)));
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
        return stock.usages(region);
    }

    FakeGeography geography() {
        return geography;
    }

    InstantSource clock() {
        return clock;
    }

    // --- inside

    private Stream<FakeMachine> existing() {
        Instant now = clock.instant();
        return machines.values().stream().filter(one -> one.exists(now));
    }

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
}
