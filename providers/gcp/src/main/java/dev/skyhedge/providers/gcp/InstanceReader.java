package dev.skyhedge.providers.gcp;

import com.google.cloud.compute.v1.AcceleratorConfig;
import com.google.cloud.compute.v1.Instance;
import com.google.cloud.compute.v1.NetworkInterface;
import dev.skyhedge.providers.cloud.catalog.Sales;
import dev.skyhedge.spi.Accelerator;
import dev.skyhedge.spi.EndCause;
import dev.skyhedge.spi.Endpoint;
import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.spi.Instance.End;
import dev.skyhedge.spi.InstanceState;
import dev.skyhedge.spi.InstanceTags;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Offer;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.Optional;

/// Reads Google's description of an instance. Whatever is missing in it is done without: an endpoint that is not
/// Google's may leave out a lot.
final class InstanceReader {
    private static final String CPU = "CPU";
    private static final DateTimeFormatter ANY_TIME = DateTimeFormatter.ISO_DATE_TIME;

    private final Sales sales;

    InstanceReader(Sales sales) {
        this.sales = sales;
    }

    /// The instance; empty if it is not ours or does not say where it is.
    ///
    /// @param zoneHint where it was found, for answers that do not say
    /// @param seenAt when it was found, for answers that do not say when it was created
    Optional<dev.skyhedge.spi.Instance> read(Instance found, String zoneHint, Instant seenAt) {
        Optional<InstanceTags> tags = Labels.tags(found);
        Optional<Location> location = GoogleNames.zone(found.getZone().isEmpty() ? zoneHint : found.getZone());
        if (tags.isEmpty() || location.isEmpty() || found.getName().isEmpty()) {
            return Optional.empty();
        }
        InstanceState state = state(found.getStatus());
        Instant created = time(found.getCreationTimestamp()).orElse(seenAt);
        Optional<End> end = state == InstanceState.ENDED
                ? Optional.of(new End(
                        time(found.getLastStopTimestamp()).orElse(seenAt),
                        EndCause.EXITED,
                        "the machine stopped: " + found.getStatus()))
                : Optional.empty();
        return Optional.of(new dev.skyhedge.spi.Instance(
                found.getName(),
                offer(found, location.get()),
                tags.get(),
                state,
                state == InstanceState.RUNNING || state == InstanceState.STOPPING ? endpoint(found) : Optional.empty(),
                created,
                end));
    }

    private Offer offer(Instance found, Location location) {
        MachineOrder shape = shape(found);
        Market market = market(found);
        HourlyPrice price = Labels.price(found)
                .or(() -> sales.price(shape.toString(), location, market))
                .orElse(HourlyPrice.ZERO);
        Accelerator accelerator = sales.accelerator(shape.toString()).orElseGet(() -> new Accelerator(CPU, 1));
        return new Offer(shape.toString(), accelerator, location, market, price);
    }

    /// Google lists built-in cards among the attached ones too, so they count only where the type has none.
    private MachineOrder shape(Instance found) {
        String machineType = GoogleNames.name(found.getMachineType());
        MachineOrder bare = new MachineOrder(machineType.isEmpty() ? "unknown" : machineType, Optional.empty());
        boolean builtIn = sales.accelerator(bare.toString())
                .filter(accelerator -> !accelerator.type().equals(CPU))
                .isPresent();
        if (builtIn || found.getGuestAcceleratorsCount() == 0) {
            return bare;
        }
        AcceleratorConfig cards = found.getGuestAccelerators(0);
        return new MachineOrder(
                bare.machineType(),
                Optional.of(new MachineOrder.Cards(
                        GoogleNames.name(cards.getAcceleratorType()), Math.max(1, cards.getAcceleratorCount()))));
    }

    static Market market(Instance found) {
        boolean spot = found.getScheduling().getProvisioningModel().equals(InstanceOrder.SPOT)
                || found.getScheduling().getPreemptible();
        return spot ? Market.SPOT : Market.ON_DEMAND;
    }

    /// A stopped machine does nothing any more; it is kept by Google, with its disk, until it is deleted.
    private static InstanceState state(String status) {
        return switch (status) {
            case "RUNNING" -> InstanceState.RUNNING;
            case "STOPPING", "DEPROVISIONING", "SUSPENDING", "PENDING_STOP" -> InstanceState.STOPPING;
            case "TERMINATED", "STOPPED", "SUSPENDED" -> InstanceState.ENDED;
            default -> InstanceState.PENDING;
        };
    }

    private static Optional<Endpoint> endpoint(Instance found) {
        if (found.getNetworkInterfacesCount() == 0) {
            return Optional.empty();
        }
        NetworkInterface nic = found.getNetworkInterfaces(0);
        Optional<String> outside = nic.getAccessConfigsList().stream()
                .map(access -> access.getNatIP())
                .filter(address -> !address.isEmpty())
                .findFirst();
        Optional<String> inside = Optional.of(nic.getNetworkIP()).filter(address -> !address.isEmpty());
        return outside.or(() -> inside).flatMap(host -> Labels.port(found).map(port -> new Endpoint(host, port)));
    }

    /// A time; one that does not say how far from UTC it is, as old and foreign answers do not, is in UTC.
    static Optional<Instant> time(String text) {
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(instant(ANY_TIME.parse(text)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Instant instant(TemporalAccessor read) {
        return read.isSupported(ChronoField.OFFSET_SECONDS)
                ? Instant.from(read)
                : LocalDateTime.from(read).toInstant(ZoneOffset.UTC);
    }
}
