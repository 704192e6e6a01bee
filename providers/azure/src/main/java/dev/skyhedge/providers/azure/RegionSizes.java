package dev.skyhedge.providers.azure;

import com.azure.resourcemanager.compute.fluent.models.ResourceSkuInner;
import dev.skyhedge.providers.cloud.calls.Places;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// What can be had in each region, asked region by region and remembered for a while: the list of all
/// regions together has tens of thousands of entries. Thread-safe.
final class RegionSizes {
    /// What is where changes over weeks.
    private static final Duration FRESH = Duration.ofMinutes(10);

    private static final int PARALLEL = 8;
    private static final Duration LIMIT = Duration.ofSeconds(90);

    private final ComputeCalls calls;
    private final InstantSource clock;
    private final Map<String, Read> read = new ConcurrentHashMap<>();

    private record Read(Sizes sizes, Instant at) {}

    RegionSizes(ComputeCalls calls, InstantSource clock) {
        this.calls = calls;
        this.clock = clock;
    }

    Places.Answers<String, Sizes> in(List<String> regions) {
        return Places.ask(new ArrayList<>(regions), PARALLEL, LIMIT, this::in);
    }

    private Outcome<Sizes> in(String region) {
        Read last = read.get(region);
        if (last != null && last.at().plus(FRESH).isAfter(clock.instant())) {
            return Outcome.done(last.sizes());
        }
        return switch (calls.skus(region)) {
            // An endpoint that does not know the list says nothing of what is sold; any other failure is one.
            case Outcome.Failed<List<ResourceSkuInner>>(Failure failure) ->
                failure instanceof Failure.NotFound || failure instanceof Failure.InvalidRequest
                        ? Outcome.done(Sizes.UNKNOWN)
                        : Outcome.failed(failure);
            case Outcome.Done<List<ResourceSkuInner>>(List<ResourceSkuInner> told) -> {
                Sizes sizes = Sizes.of(region, told);
                read.put(region, new Read(sizes, clock.instant()));
                yield Outcome.done(sizes);
            }
        };
    }
}
