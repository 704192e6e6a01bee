package dev.skyhedge.providers.aws;

import dev.skyhedge.providers.cloud.calls.Places;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.LocationPattern;
import dev.skyhedge.spi.Observation;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.Unreachable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Looks for our instances in all regions side by side. One call a region, however many instances there are up
/// to a page of a thousand.
final class Survey {
    private static final int PARALLEL = 64;

    /// After this time a region that does not answer counts as not asked: the others must not wait for it.
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Fleet fleet;
    private final EnabledRegions enabled;
    private final AwsSettings settings;
    private final Sightings sightings;
    private final InstantSource clock;

    Survey(Ec2Calls calls, EnabledRegions enabled, AwsSettings settings, Sightings sightings, InstantSource clock) {
        this.fleet = new Fleet(calls);
        this.enabled = enabled;
        this.settings = settings;
        this.sightings = sightings;
        this.clock = clock;
    }

    /// All of a lineage, everywhere; of every lineage if the text is empty.
    ///
    /// If EC2 does not say which regions there are, those of the settings are asked and the whole cloud counts
    /// as not asked: there may be instances in a region that nobody names any more.
    Outcome<Observation> everywhere(String lineage) {
        return switch (enabled.names()) {
            case Outcome.Done<List<String>>(List<String> regions) -> in(regions, lineage, Optional.empty());
            case Outcome.Failed<List<String>>(Failure failure) ->
                settings.common().regions().isEmpty()
                        ? Outcome.failed(failure)
                        : in(settings.common().regions(), lineage, gap(failure));
        };
    }

    /// An implementation of the API that cannot list regions has no others.
    private static Optional<Unreachable> gap(Failure failure) {
        return failure instanceof Failure.InvalidRequest
                ? Optional.empty()
                : Optional.of(new Unreachable(LocationPattern.parse(AwsProviderFactory.NAME), failure));
    }

    /// Those in these regions only.
    Outcome<Observation> in(List<String> regions, String lineage) {
        return in(regions, lineage, Optional.empty());
    }

    private Outcome<Observation> in(List<String> regions, String lineage, Optional<Unreachable> gap) {
        Instant at = clock.instant();
        Places.Answers<String, List<Instance>> answers = Places.ask(
                regions,
                PARALLEL,
                PATIENCE,
                region -> fleet.ofLineage(region, lineage)
                        .map(all -> all.stream()
                                .flatMap(said -> sightings.see(region, said).stream())
                                .toList()));
        return answers.combine(seen -> {
            List<Unreachable> gaps = new ArrayList<>(answers.unreachable(Ec2Calls::pattern));
            gap.ifPresent(gaps::add);
            List<Instance> all =
                    seen.values().values().stream().flatMap(List::stream).toList();
            return new Observation(all, gaps, at);
        });
    }
}
