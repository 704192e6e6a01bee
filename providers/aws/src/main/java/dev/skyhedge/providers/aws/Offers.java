package dev.skyhedge.providers.aws;

import dev.skyhedge.providers.cloud.calls.Places;
import dev.skyhedge.providers.cloud.catalog.CatalogOffers;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.LocationPattern;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.OfferList;
import dev.skyhedge.spi.OfferQuery;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.PriceCatalog;
import dev.skyhedge.spi.PriceSource;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.services.ec2.model.DescribeSpotPriceHistoryRequest;
import software.amazon.awssdk.services.ec2.model.SpotPrice;

/// What can be rented where, and for how much: machine types and on-demand prices from the catalogue, their
/// zones and spot prices from EC2. A price history that cannot be read blocks nothing: the catalogue's spot
/// prices stand in.
final class Offers {
    private static final Duration PRICES_FRESH = Duration.ofMinutes(5);
    private static final int PARALLEL = 64;
    private static final int PAGE = 1000;
    private static final String OLDER_CARDS = "V100";
    private static final String LINUX = "Linux/UNIX";

    /// When a region's spot prices were read; empty if they could not be.
    private record Read(TypeZones.Zones zones, Optional<Instant> pricedAt) {}

    private final Ec2Calls calls;
    private final EnabledRegions enabled;
    private final AwsSettings settings;
    private final Prices prices;
    private final InstantSource clock;
    private final TypeZones zones;
    private final Map<String, Instant> pricedAt = new ConcurrentHashMap<>();

    Offers(Ec2Calls calls, EnabledRegions enabled, AwsSettings settings, Prices prices, InstantSource clock) {
        this.calls = calls;
        this.enabled = enabled;
        this.settings = settings;
        this.prices = prices;
        this.clock = clock;
        this.zones = new TypeZones(calls, prices, clock);
    }

    Outcome<OfferList> read(OfferQuery query) {
        return switch (ask(query)) {
            case Outcome.Failed<Places.Answers<String, Read>>(Failure failure) -> Outcome.failed(failure);
            case Outcome.Done<Places.Answers<String, Read>>(Places.Answers<String, Read> answers) ->
                answers.combine(read -> list(query, read));
        };
    }

    private Outcome<Places.Answers<String, Read>> ask(OfferQuery query) {
        return regions().map(all -> {
            List<String> wanted =
                    all.stream().filter(region -> concerns(query, region)).toList();
            return Places.ask(wanted, PARALLEL, AwsProvider.ROUND_TIME, this::region);
        });
    }

    /// The zones of each machine type in each region, with spot prices noted; fails if a region does not tell
    /// both.
    Outcome<SequencedMap<String, SortedMap<String, List<String>>>> everywhere() {
        OfferQuery anything = new OfferQuery(List.of(LocationPattern.parse("*")), List.of());
        return switch (ask(anything)) {
            case Outcome.Failed<Places.Answers<String, Read>>(Failure failure) -> Outcome.failed(failure);
            case Outcome.Done<Places.Answers<String, Read>>(Places.Answers<String, Read> answers) -> {
                if (!answers.failures().isEmpty()) {
                    yield Outcome.failed(answers.failures().firstEntry().getValue());
                }
                SequencedMap<String, SortedMap<String, List<String>>> told = new LinkedHashMap<>();
                for (Map.Entry<String, Read> one : answers.values().entrySet()) {
                    if (one.getValue().pricedAt.isEmpty()) {
                        yield Outcome.failed(
                                new Failure.OutcomeUnknown("No spot prices could be read in " + one.getKey()));
                    }
                    told.put(one.getKey(), one.getValue().zones.ofType());
                }
                yield Outcome.done(told);
            }
        };
    }

    /// The regions to launch in.
    private Outcome<List<String>> regions() {
        return settings.common().regions().isEmpty()
                ? enabled.names()
                : Outcome.done(settings.common().regions());
    }

    private boolean concerns(OfferQuery query, String region) {
        boolean listed = prices.catalog().entries().stream()
                .anyMatch(entry -> entry.region().equals(region));
        Location somewhere = new Location(AwsProviderFactory.NAME, region, "any");
        return listed
                && query.locations().stream()
                        .map(pattern -> new LocationPattern(pattern.cloud(), pattern.region(), "*"))
                        .anyMatch(pattern -> pattern.matches(somewhere));
    }

    private Outcome<Read> region(String region) {
        return switch (zones.in(region)) {
            case Outcome.Failed<TypeZones.Zones>(Failure failure) -> Outcome.failed(failure);
            case Outcome.Done<TypeZones.Zones>(TypeZones.Zones there) -> Outcome.done(new Read(there, prices(region)));
        };
    }

    /// Reads a region's spot prices unless they are fresh.
    ///
    /// @return when they were read last; empty if they never could be
    private Optional<Instant> prices(String region) {
        Instant now = clock.instant();
        Instant last = pricedAt.get(region);
        if (last != null && last.plus(PRICES_FRESH).isAfter(now)) {
            return Optional.of(last);
        }
        Outcome<List<SpotPrice>> answer = calls.read(
                region,
                ec2 -> Pages.all(token -> {
                    var question = DescribeSpotPriceHistoryRequest.builder()
                            .startTime(now)
                            .productDescriptions(LINUX)
                            .instanceTypesWithStrings(prices.types())
                            .maxResults(PAGE);
                    token.ifPresent(question::nextToken);
                    var page = ec2.describeSpotPriceHistory(question.build());
                    return new Pages.Page<>(page.spotPriceHistory(), page.nextToken());
                }));
        if (answer instanceof Outcome.Done<List<SpotPrice>>(List<SpotPrice> rows)) {
            note(region, rows);
            pricedAt.put(region, now);
        }
        return Optional.ofNullable(pricedAt.get(region));
    }

    /// The newest row of each machine type and zone counts; EC2 answers with the newest first, others in any
    /// order.
    private void note(String region, List<SpotPrice> rows) {
        Set<String> seen = new HashSet<>();
        rows.stream()
                .filter(row -> row.availabilityZone() != null
                        && row.availabilityZone().startsWith(region)
                        && row.instanceTypeAsString() != null
                        && row.spotPrice() != null
                        && row.spotPrice().matches("[0-9]{1,6}(\\.[0-9]{1,12})?"))
                .filter(row -> row.productDescriptionAsString() == null
                        || row.productDescriptionAsString().startsWith(LINUX))
                .sorted((a, b) -> time(b).compareTo(time(a)))
                .filter(row -> seen.add(row.availabilityZone() + " " + row.instanceTypeAsString()))
                .forEach(row -> prices.spot(
                        row.instanceTypeAsString(),
                        new Location(AwsProviderFactory.NAME, region, row.availabilityZone()),
                        HourlyPrice.ofUsd(new BigDecimal(row.spotPrice()))));
    }

    private static Instant time(SpotPrice row) {
        return row.timestamp() == null ? Instant.EPOCH : row.timestamp();
    }

    private OfferList list(OfferQuery query, Places.Answers<String, Read> answers) {
        PriceCatalog catalog = prices.catalog();
        List<PriceCatalog.Entry> there = new ArrayList<>();
        for (PriceCatalog.Entry entry : catalog.entries()) {
            Read read = answers.values().get(entry.region());
            List<String> in = read == null || !isDrivable(entry)
                    ? List.of()
                    : read.zones.ofType().getOrDefault(entry.instanceType(), List.of()).stream()
                            .filter(zone -> holds(entry, zone))
                            .toList();
            if (!in.isEmpty()) {
                there.add(new PriceCatalog.Entry(
                        entry.instanceType(),
                        entry.accelerator(),
                        entry.shape(),
                        entry.region(),
                        in,
                        entry.onDemand(),
                        entry.spot()));
            }
        }
        PriceCatalog local = new PriceCatalog(catalog.provider(), catalog.pricedAt(), catalog.source(), there);
        return new OfferList(
                CatalogOffers.offers(local, query, region -> List.of(), prices),
                clock.instant(),
                answers.unreachable(Ec2Calls::pattern),
                sources(answers.values()),
                CatalogOffers.shapes(local));
    }

    /// Amazon's image has NVIDIA's open kernel module, which does not drive older cards; whoever names an image knows
    /// what is on it.
    private boolean isDrivable(PriceCatalog.Entry entry) {
        return settings.image(entry.region()).isPresent()
                || !entry.accelerator().type().startsWith(OLDER_CARDS);
    }

    private boolean holds(PriceCatalog.Entry entry, String zone) {
        Location place = new Location(AwsProviderFactory.NAME, entry.region(), zone);
        return prices.row(entry.instanceType(), place).filter(entry::equals).isPresent();
    }

    private List<PriceSource> sources(SequencedMap<String, Read> answers) {
        List<PriceSource> sources = new ArrayList<>();
        answers.forEach((region, read) -> read.pricedAt.ifPresent(at -> sources.add(
                new PriceSource(Ec2Calls.pattern(region), Optional.of(Market.SPOT), "spot price history", at))));
        sources.add(new PriceSource(
                LocationPattern.parse(AwsProviderFactory.NAME),
                Optional.empty(),
                prices.catalog().source(),
                prices.catalog().pricedAt()));
        return sources;
    }
}
