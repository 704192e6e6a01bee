package dev.skyhedge.watch.endpoints;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.balancer.RequestSizes;
import dev.skyhedge.engine.reconcile.Routes;
import dev.skyhedge.specs.AccessSpec;
import dev.skyhedge.specs.AllocationSpec;
import dev.skyhedge.specs.RequestSize;
import dev.skyhedge.spi.Accelerator;
import dev.skyhedge.spi.Endpoint;
import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.spi.IdempotencyToken;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.state.records.FollowedLoad;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SizesOfRequestsTest {
    private static final RequestSize SHORT = new RequestSize(100, 100);
    private static final RequestSize LONG = new RequestSize(8000, 500);
    private static final SizesOfRequests SIZES = new SizesOfRequests(new AllocationSpec.Mixed(
            new TreeMap<>(Map.of(
                    Accelerator.parse("L4:1"), new TreeMap<>(Map.of(SHORT, 2.0, LONG, 0.0)),
                    Accelerator.parse("A100:1"), new TreeMap<>(Map.of(SHORT, 8.0, LONG, 1.0)))),
            new TreeMap<>(Map.of(SHORT, 1.0)),
            3,
            0,
            new TreeMap<>(),
            new TreeMap<>(),
            OptionalDouble.empty()));

    private static Routes.Route route(String name, String accelerator, String price, boolean draining) {
        return new Routes.Route(
                name,
                1,
                new Endpoint("127.0.0.1", 8000),
                draining,
                Optional.empty(),
                new Routes.Entry(AccessSpec.OPEN, new IdempotencyToken("sabc")),
                new Offer(
                        "any",
                        Accelerator.parse(accelerator),
                        new Location("sim", "east", "east-a"),
                        Market.SPOT,
                        HourlyPrice.ofUsd(price)));
    }

    private static final List<Routes.Route> ROUTES = List.of(
            route("chat-1", "L4:1", "0.70", false),
            route("chat-2", "L4:1", "0.70", false),
            route("chat-3", "L4:1", "0.70", true),
            route("chat-4", "A100:1", "3.67", false));

    @Test
    void replicasOfAnAcceleratorHaveEqualPartsOfItsShare() {
        RequestSizes table = SIZES.table(Optional.empty(), ROUTES);

        assertThat(table.inputs()).containsExactly(100, 8000);
        assertThat(table.outputs()).containsExactly(100, 500);
        assertThat(table.usualOutputs()).containsExactly(100.0, 100.0);
        // What the profile has no row of counts as the next larger size that it has.
        assertThat(table.fits().getFirst())
                .isEqualTo(new RequestSizes.Fit(List.of(2.0, 0.0, 0.0, 0.0), List.of(0.5, 0.0, 0.0, 0.0)));
        assertThat(table.fits().getLast())
                .isEqualTo(new RequestSizes.Fit(List.of(8.0, 1.0, 1.0, 1.0), List.of(0.0, 1.0, 1.0, 1.0)));
    }

    @Test
    void sharesAreThoseOfTheLoadThatIsFollowed() {
        RequestSizes table =
                SIZES.table(Optional.of(new FollowedLoad(3, new TreeMap<>(Map.of(SHORT.toString(), 8.0)))), ROUTES);

        assertThat(table.fits().getFirst().weights().getFirst()).isEqualTo(0.25);
        assertThat(table.fits().getLast().weights().getFirst()).isEqualTo(0.5);
    }

    @Test
    void whatWasCountedIsOfSizesThatTheProfileHas() {
        SortedMap<RequestSize, Long> counts = SIZES.counts(Map.of(
                new RequestSizes.Size(100, 100), 5L,
                new RequestSizes.Size(100, 500), 2L,
                new RequestSizes.Size(8000, 500), 1L));

        assertThat(counts).isEqualTo(Map.of(SHORT, 5L, LONG, 3L));
    }
}
