package dev.skyhedge.engine.simulate;

import dev.skyhedge.specs.ReadinessSpec;
import dev.skyhedge.specs.ResourcesSpec;
import dev.skyhedge.specs.ScalingSpec;
import dev.skyhedge.specs.ServiceSpec;
import dev.skyhedge.specs.Spec;
import dev.skyhedge.spi.Accelerator;
import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.LocationPattern;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Offer;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What the planner is told of the world in which a window is played.
final class PaperWorld {
    private static final Instant BEGINNING = Instant.parse("2026-01-01T00:00:00Z");
    private static final String INSTANCE_TYPE = "any";

    private PaperWorld() {}

    /// When a tick begins.
    static Instant instant(PaperProtocol protocol, int tick) {
        return BEGINNING.plusNanos(protocol.tick().toNanos() * tick);
    }

    /// The service with the protocol's target and the window's zones. Its replicas have all the time that they
    /// need.
    static Spec spec(ServiceSpec service, MarketWindow window, PaperProtocol protocol) {
        var resources = new ResourcesSpec(
                List.of(accelerator(service)),
                window.zones().stream().map(LocationPattern::of).toList());
        return Spec.of(new ServiceSpec(
                service.name(),
                service.address(),
                service.replica(),
                resources,
                patient(service.readiness(), protocol),
                service.placement(),
                ScalingSpec.fixed(protocol.target()),
                service.update(),
                Optional.empty(),
                false));
    }

    /// Spot and on-demand in every zone, the price of each the same everywhere.
    static List<Offer> offers(ServiceSpec service, MarketWindow window, PaperProtocol protocol) {
        List<Offer> offers = new ArrayList<>();
        for (Location zone : window.zones()) {
            offers.add(offer(service, zone, Market.SPOT, protocol.spotPrice()));
            offers.add(offer(service, zone, Market.ON_DEMAND, protocol.onDemandPrice()));
        }
        return offers;
    }

    private static Offer offer(ServiceSpec service, Location zone, Market market, double price) {
        return new Offer(
                INSTANCE_TYPE, accelerator(service), zone, market, HourlyPrice.ofUsd(BigDecimal.valueOf(price)));
    }

    private static Accelerator accelerator(ServiceSpec service) {
        return service.resources().accelerators().getFirst();
    }

    private static ReadinessSpec patient(ReadinessSpec readiness, PaperProtocol protocol) {
        Duration twice = protocol.tick().multipliedBy(2L * (protocol.coldStartTicks() + 1));
        return readiness.within(twice.compareTo(readiness.initialDelay()) > 0 ? twice : readiness.initialDelay());
    }
}
