package dev.skyhedge.providers.aws.fake;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The instances of one region. All methods are called with the region's monitor held.
final class Region {
    private record Remembered(String fingerprint, List<Machine> machines) {}

    private static final DateTimeFormatter TRANSITION = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final String TAKEN = "Server.SpotInstanceTermination";
    private static final int HOSTS = 250;

    final String name;
    private final int number;
    private final World world;
    private final Market market;
    private final Rules rules;
    private final Map<String, Machine> machines = new LinkedHashMap<>();
    private final Map<String, Remembered> tokens = new HashMap<>();
    private final Map<String, Map<String, String>> requestTags = new HashMap<>();
    private final List<String> cancelled = new ArrayList<>();
    private double callsLeft = -1;
    private Instant refilled;
    private int ordinal;

    Region(String name, int number, World world, Market market, Rules rules, Instant now) {
        this.name = name;
        this.number = number;
        this.world = world;
        this.market = market;
        this.rules = rules;
        this.refilled = now;
    }

    /// Counts a call against the rate.
    void count(Instant now) {
        if (Double.isInfinite(rules.callsPerSecond)) {
            return;
        }
        double seconds = Duration.between(refilled, now).toMillis() / 1000.0;
        callsLeft = callsLeft < 0 ? rules.burst : Math.min(rules.burst, callsLeft + seconds * rules.callsPerSecond);
        refilled = now;
        if (callsLeft < 1) {
            throw new Ec2Error("RequestLimitExceeded", "Request limit exceeded.", 503);
        }
        callsLeft--;
    }

    /// Lets everything happen that is due.
    void tick(Instant now) {
        for (Machine machine : machines.values()) {
            if (machine.state == Machine.State.PENDING && !machine.runningFrom.isAfter(now)) {
                machine.state = Machine.State.RUNNING;
            }
            if (machine.takenAt != null && machine.isLive() && !machine.takenAt.isAfter(now)) {
                end(machine, TAKEN, "Spot instance termination", "Server.SpotInstanceTermination", machine.takenAt);
            }
            if (machine.state == Machine.State.SHUTTING_DOWN
                    && machine.goneAt != null
                    && !machine.goneAt.isAfter(now)) {
                machine.state = Machine.State.TERMINATED;
            }
        }
        machines.values()
                .removeIf(machine -> machine.state == Machine.State.TERMINATED
                        && machine.goneAt != null
                        && machine.goneAt.plus(rules.retention).isBefore(now));
    }

    List<Machine> run(RunOrder order, Instant now) {
        Remembered earlier = rules.remembersTokens ? tokens.get(order.clientToken()) : null;
        if (earlier != null && !order.clientToken().isEmpty()) {
            if (!earlier.fingerprint.equals(order.fingerprint())) {
                throw Ec2Error.badRequest(
                        "IdempotentParameterMismatch",
                        "The client token you have provided is associated with a resource that is already deleted or"
                                + " was used with other parameters. Please use a different client token.");
            }
            return earlier.machines;
        }
        requireRoom(order);
        List<Machine> made = new ArrayList<>();
        String reservation = "r-" + id(now);
        for (int i = 0; i < order.count(); i++) {
            Machine machine = make(order, reservation, now);
            machines.put(machine.id, machine);
            made.add(machine);
        }
        if (!order.clientToken().isEmpty()) {
            tokens.put(order.clientToken(), new Remembered(order.fingerprint(), made));
        }
        return made;
    }

    private Machine make(RunOrder order, String reservation, Instant now) {
        ordinal++;
        Optional<String> request =
                order.spot() ? Optional.of("sir-%08x".formatted(number * 0x100000 + ordinal)) : Optional.empty();
        request.ifPresent(id -> requestTags.put(id, new TreeMap<>(order.tags("spot-instances-request"))));
        return new Machine(
                "i-" + id(now), reservation, order, now, now.plus(rules.lag), now.plus(rules.boot), address(), request);
    }

    private String id(Instant now) {
        return "%04x%08x%05x".formatted(number, now.getEpochSecond() & 0xffffffffL, ordinal);
    }

    private String address() {
        return "127." + (10 + number) + "." + ordinal / HOSTS % HOSTS + "." + (1 + ordinal % HOSTS);
    }

    private void requireRoom(RunOrder order) {
        String type = order.type().name();
        if (!world.offers(order.zone(), type)) {
            throw Ec2Error.badRequest(
                    "Unsupported",
                    "Your requested instance type (" + type + ") is not supported in your requested Availability Zone ("
                            + order.zone() + "). Please retry your request by not specifying an Availability Zone.");
        }
        long inMarket = machines.values().stream()
                .filter(machine -> machine.isLive() && machine.isSpot() == order.spot())
                .count();
        if (inMarket + order.count() > market.quota(name, order.spot()) || isOverQuota(order)) {
            throw order.spot()
                    ? Ec2Error.badRequest("MaxSpotInstanceCountExceeded", "Max spot instance count exceeded")
                    : Ec2Error.badRequest(
                            "VcpuLimitExceeded",
                            "You have requested more vCPU capacity than your current vCPU limit allows for the instance"
                                    + " bucket that the specified instance type belongs to.");
        }
        if (held(order.zone(), type, order.spot()) + order.count() > market.room(order.zone(), type, order.spot())) {
            throw new Ec2Error(
                    "InsufficientInstanceCapacity",
                    order.spot()
                            ? "There is no Spot capacity available that matches your request."
                            : "We currently do not have sufficient " + type
                                    + " capacity in the Availability Zone you requested (" + order.zone() + ").",
                    500);
        }
    }

    private boolean isOverQuota(RunOrder order) {
        Map<String, Integer> used = QuotaActions.used(machines.values());
        return QuotaActions.ALL.stream()
                .filter(quota ->
                        quota.spot() == order.spot() && order.type().name().matches(quota.types()))
                .anyMatch(quota -> used.getOrDefault(quota.code(), 0)
                                + order.count() * order.type().vcpus()
                        > market.vcpus(name, quota));
    }

    private long held(String zone, String type, boolean spot) {
        return machines.values().stream()
                .filter(machine -> machine.isLive() && machine.isSpot() == spot)
                .filter(machine -> machine.order.zone().equals(zone))
                .filter(machine -> machine.order.type().name().equals(type))
                .count();
    }

    /// Ends all of these, or none if one does not exist.
    List<Machine> terminate(List<String> ids, Instant now) {
        List<Machine> all = ids.stream().map(id -> require(id, now)).toList();
        for (Machine machine : all) {
            end(
                    machine,
                    "Client.UserInitiatedShutdown",
                    "User initiated shutdown",
                    "User initiated (" + TRANSITION.format(now) + ")",
                    now);
        }
        return all;
    }

    Machine require(String id, Instant now) {
        if (!id.matches("i-[0-9a-f]{8,17}")) {
            throw Ec2Error.badRequest("InvalidInstanceID.Malformed", "Invalid id: \"" + id + "\"");
        }
        Machine machine = machines.get(id);
        if (machine == null || !machine.isVisible(now)) {
            throw Ec2Error.badRequest("InvalidInstanceID.NotFound", "The instance ID '" + id + "' does not exist");
        }
        return machine;
    }

    private void end(Machine machine, String code, String message, String transition, Instant at) {
        if (!machine.isLive()) {
            return;
        }
        machine.state = Machine.State.SHUTTING_DOWN;
        machine.goneAt = at.plus(rules.shutdown);
        machine.reasonCode = code;
        machine.reasonMessage = code + ": " + message;
        machine.transition = transition;
        machine.noticedAt = at;
    }

    /// Takes an instance back after a notice.
    boolean take(String id, Duration notice, Instant now) {
        Machine machine = machines.get(id);
        if (machine == null || !machine.isLive() || machine.takenAt != null) {
            return false;
        }
        machine.takenAt = now.plus(notice);
        machine.noticedAt = now;
        tick(now);
        return true;
    }

    /// Ends an instance as if its own system had shut down.
    boolean shutDown(String id, Instant now) {
        Machine machine = machines.get(id);
        if (machine == null || !machine.isLive()) {
            return false;
        }
        end(machine, "Client.InstanceInitiatedShutdown", "Instance initiated shutdown", "", now);
        return true;
    }

    Collection<Machine> machines() {
        return Collections.unmodifiableCollection(machines.values());
    }

    Optional<Machine> byRequest(String request) {
        return machines.values().stream()
                .filter(machine -> machine.spotRequest.filter(request::equals).isPresent())
                .findFirst();
    }

    Map<String, String> requestTags(String request) {
        return requestTags.getOrDefault(request, Map.of());
    }

    void cancel(String request) {
        cancelled.add(request);
    }

    /// State of a machine's spot request: `active`, `closed` or `cancelled`.
    String requestState(Machine machine) {
        if (machine.spotRequest.filter(cancelled::contains).isPresent()) {
            return "cancelled";
        }
        return machine.isLive() ? "active" : "closed";
    }

    /// Status code of a machine's spot request.
    String requestStatus(Machine machine) {
        if (machine.isLive()) {
            return machine.takenAt == null ? "fulfilled" : "marked-for-termination";
        }
        return machine.reasonCode.equals(TAKEN) ? "instance-terminated-no-capacity" : "instance-terminated-by-user";
    }
}
