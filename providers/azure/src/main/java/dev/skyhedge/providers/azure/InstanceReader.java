package dev.skyhedge.providers.azure;

import com.azure.resourcemanager.compute.fluent.models.VirtualMachineInner;
import com.azure.resourcemanager.compute.models.InstanceViewStatus;
import com.azure.resourcemanager.compute.models.VirtualMachinePriorityTypes;
import dev.skyhedge.providers.cloud.catalog.Sales;
import dev.skyhedge.spi.Accelerator;
import dev.skyhedge.spi.EndCause;
import dev.skyhedge.spi.Endpoint;
import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.Instance.End;
import dev.skyhedge.spi.InstanceState;
import dev.skyhedge.spi.InstanceTags;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Offer;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// Reads Azure's description of a machine. Whatever is missing in it is done without: an endpoint that is
/// not Azure's may leave out a lot.
final class InstanceReader {
    private static final String CPU = "CPU";
    private static final String POWER = "PowerState/";
    private static final String UNKNOWN_SIZE = "unknown";

    private final Sales sales;

    InstanceReader(Sales sales) {
        this.sales = sales;
    }

    /// The instance; empty if it is not ours. One that does not say where it is is ours all the same:
    /// otherwise it would be paid for unseen.
    ///
    /// @param view the machine with what is known of its run, perhaps the same one
    /// @param host where it is reached; empty if that is not known
    /// @param seenAt when it was found, for answers that do not say when it was created
    Optional<Instance> read(
            VirtualMachineInner found,
            MachineId id,
            Optional<VirtualMachineInner> view,
            Optional<String> host,
            Instant seenAt) {
        Optional<InstanceTags> tags = Tags.tags(found);
        if (tags.isEmpty()) {
            return Optional.empty();
        }
        String power = power(view.orElse(found));
        InstanceState state = state(provisioning(found), power);
        Market market = market(found);
        boolean serves = state == InstanceState.RUNNING || state == InstanceState.STOPPING;
        Instant created = Optional.ofNullable(found.timeCreated())
                .map(OffsetDateTime::toInstant)
                .orElse(seenAt);
        return Optional.of(new Instance(
                id.toString(),
                offer(found, market),
                tags.get(),
                state,
                serves
                        ? host.flatMap(address -> Tags.port(found).map(port -> new Endpoint(address, port)))
                        : Optional.empty(),
                created,
                state == InstanceState.ENDED ? Optional.of(end(found, power, market, seenAt)) : Optional.empty()));
    }

    /// An instance as it is now, with what was known of it before: Azure does not always say when a machine was
    /// created, so the first sight of it counts, and its address is asked for only once.
    static Instance completed(Instance now, Instance before) {
        boolean served = now.state() == InstanceState.RUNNING || now.state() == InstanceState.STOPPING;
        Optional<Endpoint> endpoint = now.endpoint().or(() -> served ? before.endpoint() : Optional.empty());
        Offer offer = now.offer().location().region().equals(AzureNames.UNKNOWN_REGION) ? before.offer() : now.offer();
        return new Instance(now.id(), offer, now.tags(), now.state(), endpoint, before.launchedAt(), now.end());
    }

    private Offer offer(VirtualMachineInner found, Market market) {
        String size = size(found).orElse(UNKNOWN_SIZE);
        Location location = location(found);
        HourlyPrice price =
                Tags.price(found).or(() -> sales.price(size, location, market)).orElse(HourlyPrice.ZERO);
        return new Offer(
                size, sales.accelerator(size).orElseGet(() -> new Accelerator(CPU, 1)), location, market, price);
    }

    private static Location location(VirtualMachineInner found) {
        String region = Optional.ofNullable(found.location())
                .map(AzureNames::region)
                .filter(AzureNames::isName)
                .orElse(AzureNames.UNKNOWN_REGION);
        List<String> zones = found.zones() == null ? List.of() : found.zones();
        String zone = zones.stream().filter(AzureNames::isName).findFirst().orElse(AzureNames.REGIONAL);
        return new Location(AzureNames.CLOUD, region, zone);
    }

    static Optional<String> size(VirtualMachineInner found) {
        return Optional.ofNullable(found.hardwareProfile())
                .flatMap(hardware -> Optional.ofNullable(hardware.vmSize()))
                .map(Object::toString)
                .filter(size -> !size.isEmpty());
    }

    static Market market(VirtualMachineInner found) {
        return VirtualMachinePriorityTypes.SPOT.equals(found.priority())
                        || VirtualMachinePriorityTypes.LOW.equals(found.priority())
                ? Market.SPOT
                : Market.ON_DEMAND;
    }

    static String provisioning(VirtualMachineInner found) {
        return found.provisioningState() == null ? "" : found.provisioningState();
    }

    static boolean hasFailed(VirtualMachineInner found) {
        return provisioning(found).equalsIgnoreCase("Failed")
                || provisioning(found).equalsIgnoreCase("Canceled");
    }

    static List<InstanceViewStatus> statuses(VirtualMachineInner found) {
        return found.instanceView() == null || found.instanceView().statuses() == null
                ? List.of()
                : found.instanceView().statuses().stream()
                        .filter(Objects::nonNull)
                        .toList();
    }

    /// The word after `PowerState/`; empty if that is not told.
    private static String power(VirtualMachineInner found) {
        return statuses(found).stream()
                .map(status -> status.code() == null ? "" : status.code())
                .filter(code -> code.startsWith(POWER))
                .map(code -> code.substring(POWER.length()))
                .findFirst()
                .orElse("");
    }

    /// A machine that stopped stays, with its disk, until it is deleted: only its power state tells, never
    /// how it was set up.
    private static InstanceState state(String provisioning, String power) {
        return switch (provisioning) {
            case "Deleting" -> InstanceState.STOPPING;
            case "Failed", "Canceled" -> power.equals("running") ? InstanceState.RUNNING : InstanceState.ENDED;
            case "Creating" -> InstanceState.PENDING;
            default ->
                switch (power) {
                    case "running" -> InstanceState.RUNNING;
                    case "stopping", "deallocating" -> InstanceState.STOPPING;
                    case "stopped", "deallocated" -> InstanceState.ENDED;
                    case "" -> provisioning.equals("Succeeded") ? InstanceState.RUNNING : InstanceState.PENDING;
                    default -> InstanceState.PENDING;
                };
        };
    }

    private static End end(VirtualMachineInner found, String power, Market market, Instant seenAt) {
        if (hasFailed(found)) {
            return new End(seenAt, EndCause.FAILED_TO_START, "it could not be made");
        }
        return power.equals("deallocated") && market == Market.SPOT
                ? new End(seenAt, EndCause.PREEMPTED, "deallocated")
                : new End(seenAt, EndCause.EXITED, "the machine is " + power);
    }
}
