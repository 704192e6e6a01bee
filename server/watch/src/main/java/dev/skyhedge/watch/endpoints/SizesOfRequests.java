package dev.skyhedge.watch.endpoints;

import dev.skyhedge.balancer.RequestSizes;
import dev.skyhedge.engine.accelerators.Bucket;
import dev.skyhedge.engine.accelerators.Profile;
import dev.skyhedge.engine.accelerators.RequestRates;
import dev.skyhedge.engine.accelerators.SizeShares;
import dev.skyhedge.engine.reconcile.Routes;
import dev.skyhedge.engine.scaling.LoadFollower;
import dev.skyhedge.specs.AllocationSpec;
import dev.skyhedge.specs.RequestSize;
import dev.skyhedge.spi.Accelerator;
import dev.skyhedge.state.records.FollowedLoad;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// Translates between the sizes of an allocation `mixed` and those of a routing table: which
/// replica takes how much of which requests, and how many of which there were.
///
/// @param mixed as the service declares it
record SizesOfRequests(AllocationSpec.Mixed mixed) {
    private List<Integer> inputs() {
        SortedSet<Integer> bounds = new TreeSet<>();
        mixed.sizes().forEach(size -> bounds.add(size.inputTokens()));
        return List.copyOf(bounds);
    }

    private List<Integer> outputs() {
        SortedSet<Integer> bounds = new TreeSet<>();
        mixed.sizes().forEach(size -> bounds.add(size.outputTokens()));
        return List.copyOf(bounds);
    }

    /// What a routing table says of sizes.
    ///
    /// @param load that the mix follows; else it is the declared one
    /// @param routes those of the table, in its order
    RequestSizes table(Optional<FollowedLoad> load, List<Routes.Route> routes) {
        SortedMap<RequestSize, Double> rates =
                LoadFollower.followed(mixed, load).orElseGet(mixed::declaredRates);
        List<Integer> inputs = inputs();
        List<Integer> outputs = outputs();
        List<Double> usual =
                inputs.stream().map(input -> usualOutput(rates, input)).toList();
        SortedMap<Accelerator, Integer> ready = ready(routes);
        SortedMap<Bucket, SortedMap<Accelerator, Double>> shares = shares(rates, ready, routes);
        List<RequestSizes.Fit> fits = new ArrayList<>();
        for (Routes.Route route : routes) {
            Accelerator accelerator = route.offer().accelerator();
            List<Double> maxRates = new ArrayList<>();
            List<Double> weights = new ArrayList<>();
            for (int input : inputs) {
                for (int output : outputs) {
                    RequestSize size = known(new RequestSize(input, output));
                    maxRates.add(mixed.maxRate(accelerator, size));
                    double share =
                            shares.getOrDefault(bucket(size), new TreeMap<>()).getOrDefault(accelerator, 0.0);
                    weights.add(share / Math.max(1, ready.getOrDefault(accelerator, 0)));
                }
            }
            fits.add(new RequestSizes.Fit(maxRates, weights));
        }
        return new RequestSizes(inputs, outputs, usual, fits);
    }

    private SortedMap<Bucket, SortedMap<Accelerator, Double>> shares(
            SortedMap<RequestSize, Double> rates, SortedMap<Accelerator, Integer> ready, List<Routes.Route> routes) {
        SortedMap<Accelerator, SortedMap<Bucket, Double>> maxRates = new TreeMap<>();
        mixed.maxRates().forEach((accelerator, table) -> {
            SortedMap<Bucket, Double> buckets = new TreeMap<>();
            table.forEach((size, rate) -> buckets.put(bucket(size), rate));
            maxRates.put(accelerator, buckets);
        });
        SortedMap<Accelerator, Double> prices = new TreeMap<>();
        for (Routes.Route route : routes) {
            double usd = Math.max(0.001, route.offer().price().usd().doubleValue());
            prices.merge(route.offer().accelerator(), usd, Math::max);
        }
        SortedMap<Bucket, Double> perSecond = new TreeMap<>();
        rates.forEach((size, rate) -> perSecond.put(bucket(size), rate));
        return new SizeShares(new Profile(maxRates), ready, prices)
                .of(
                        mixed.sizes().stream().map(SizesOfRequests::bucket).toList(),
                        new RequestRates(perSecond),
                        1 / (1 + mixed.headroom()));
    }

    private static SortedMap<Accelerator, Integer> ready(List<Routes.Route> routes) {
        SortedMap<Accelerator, Integer> ready = new TreeMap<>();
        routes.stream()
                .filter(route -> !route.draining())
                .forEach(route -> ready.merge(route.offer().accelerator(), 1, Integer::sum));
        return ready;
    }

    private static Bucket bucket(RequestSize size) {
        return new Bucket(size.inputTokens(), size.outputTokens());
    }

    /// Of prompts up to this length; of all, if it has none.
    private static double usualOutput(SortedMap<RequestSize, Double> rates, int input) {
        double sum = 0;
        double weight = 0;
        double allSum = 0;
        double all = 0;
        for (Map.Entry<RequestSize, Double> rate : rates.entrySet()) {
            double tokens = rate.getKey().outputTokens() * rate.getValue();
            allSum += tokens;
            all += rate.getValue();
            if (rate.getKey().inputTokens() == input) {
                sum += tokens;
                weight += rate.getValue();
            }
        }
        return weight > 0 ? sum / weight : allSum / all;
    }

    /// A size that the profile has: the next larger one, or else the largest.
    private RequestSize known(RequestSize size) {
        SortedSet<RequestSize> sizes = mixed.sizes();
        return sizes.contains(size)
                ? size
                : sizes.stream()
                        .filter(one ->
                                one.inputTokens() >= size.inputTokens() && one.outputTokens() >= size.outputTokens())
                        .findFirst()
                        .orElseGet(sizes::last);
    }

    /// What balancers counted.
    SortedMap<RequestSize, Long> counts(Map<RequestSizes.Size, Long> counted) {
        SortedMap<RequestSize, Long> counts = new TreeMap<>();
        counted.forEach((size, count) ->
                counts.merge(known(new RequestSize(size.inputTokens(), size.outputTokens())), count, Long::sum));
        return counts;
    }
}
