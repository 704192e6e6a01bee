package dev.skyhedge.engine.simulate.event;

import dev.skyhedge.providers.simulated.CloudDescription;
import dev.skyhedge.providers.simulated.Rental;
import dev.skyhedge.providers.simulated.market.MarketSeries;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.Offer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Writes down what is ready where, and reads from the ledger what was rented where. Not thread-safe.
final class FleetRecorder {
    /// The lane of all on-demand instances, beside those of the market's series.
    private static final String ON_DEMAND = "";
    private static final SortedMap<Duration, Long> NOTHING = Collections.emptySortedMap();

    private final CloudDescription cloud;
    private final SpotSeries series;
    private final Instant start;
    private final Steps.Builder wanted = new Steps.Builder();
    private final Map<String, Steps.Builder> ready = new LinkedHashMap<>();

    FleetRecorder(CloudDescription cloud, Instant start) {
        this.cloud = cloud;
        this.series = new SpotSeries(cloud);
        this.start = start;
        lanes().forEach(lane -> {
            var none = new Steps.Builder();
            none.add(Duration.ZERO, 0);
            ready.put(lane, none);
        });
    }

    private List<String> lanes() {
        return Stream.concat(cloud.market().series().stream().map(MarketSeries::key), Stream.of(ON_DEMAND))
                .toList();
    }

    private String lane(Offer offer) {
        return series.of(offer).orElse(ON_DEMAND);
    }

    /// What is wanted, and as what the replicas that are ready are rented.
    void note(Instant now, int replicas, List<Offer> offers) {
        Duration at = Duration.between(start, now);
        wanted.add(at, replicas);
        Map<String, Integer> counts = new LinkedHashMap<>();
        offers.forEach(offer -> counts.merge(lane(offer), 1, Integer::sum));
        ready.forEach((lane, steps) -> steps.add(at, counts.getOrDefault(lane, 0)));
    }

    FleetCourse course(List<Rental> rentals, Instant until) {
        Map<String, SortedMap<Duration, Long>> held = new LinkedHashMap<>();
        lanes().forEach(lane -> held.put(lane, new TreeMap<>()));
        SortedMap<Duration, Long> spending = new TreeMap<>();
        for (Rental rental : rentals) {
            Duration from = Duration.between(start, rental.launchedAt());
            Instant end = rental.end().map(Instance.End::at).orElse(until);
            stretch(
                    held.computeIfAbsent(lane(rental.offer()), _ -> new TreeMap<>()),
                    from,
                    Duration.between(start, end),
                    1);
            Bill.charges(rental, cloud, series.of(rental.offer()), until)
                    .forEach(charge -> stretch(
                            spending,
                            Duration.between(start, charge.from()),
                            Duration.between(start, charge.to()),
                            charge.microDollarsPerHour()));
        }
        List<FleetCourse.SpotCourse> spot = new ArrayList<>();
        for (MarketSeries pool : cloud.market().series()) {
            spot.add(new FleetCourse.SpotCourse(
                    pool.key(),
                    sums(held.getOrDefault(pool.key(), NOTHING)),
                    builder(pool.key()).build()));
        }
        return new FleetCourse(
                wanted.build(),
                spot,
                sums(held.getOrDefault(ON_DEMAND, NOTHING)),
                builder(ON_DEMAND).build(),
                sums(spending));
    }

    private Steps.Builder builder(String lane) {
        return ready.computeIfAbsent(lane, _ -> new Steps.Builder());
    }

    private static void stretch(SortedMap<Duration, Long> changes, Duration from, Duration to, long value) {
        changes.merge(from, value, Long::sum);
        changes.merge(to, -value, Long::sum);
    }

    private static Steps sums(SortedMap<Duration, Long> changes) {
        var steps = new Steps.Builder();
        steps.add(Duration.ZERO, 0);
        long sum = 0;
        for (Map.Entry<Duration, Long> change : changes.entrySet()) {
            sum += change.getValue();
            steps.add(change.getKey(), sum);
        }
        return steps.build();
    }
}
