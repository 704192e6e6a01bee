package dev.skyhedge.providers.azure;

import dev.skyhedge.providers.cloud.calls.Places;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.PriceCatalog;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Asks Azure's public price list, which needs no account, for today's prices of the sizes that we know.
/// What the sizes compute with is not in it.
final class RetailPrices {
    private static final URI REAL = URI.create("https://prices.azure.com");
    private static final String PATH = "/api/retail/prices";
    private static final String SOURCE = "Azure Retail Prices";
    private static final int MAX_PAGES = 40;
    private static final int PARALLEL = 4;
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final ComputeCalls calls;
    private final PriceCatalog known;
    private final String address;
    private final InstantSource clock;

    /// @param endpoint asked instead of Azure's own, so that a test asks nobody else
    /// @param known the list in force
    RetailPrices(ComputeCalls calls, Optional<URI> endpoint, PriceCatalog known, InstantSource clock) {
        this.calls = calls;
        this.known = known;
        this.address = endpoint.orElse(REAL).toString().replaceAll("/+$", "") + PATH;
        this.clock = clock;
    }

    /// The prices of a region, by size.
    private record Prices(Map<String, HourlyPrice> onDemand, Map<String, HourlyPrice> spot) {}

    /// Today's list. It is complete or fails: prices of different days are not mixed.
    Outcome<PriceCatalog> read() {
        Instant asked = clock.instant();
        List<String> regions = known.entries().stream()
                .map(PriceCatalog.Entry::region)
                .distinct()
                .toList();
        Places.Answers<String, Prices> answers = Places.ask(regions, PARALLEL, LIMIT, this::prices);
        if (!answers.failures().isEmpty()) {
            return Outcome.failed(answers.failures().firstEntry().getValue());
        }
        List<PriceCatalog.Entry> entries = new ArrayList<>();
        for (PriceCatalog.Entry entry : known.entries()) {
            Optional.ofNullable(answers.values().get(entry.region()))
                    .flatMap(prices -> at(entry, prices))
                    .ifPresent(entries::add);
        }
        return entries.isEmpty()
                ? Outcome.failed(new Failure.NotFound("The price list has none of the sizes that we know"))
                : Outcome.done(new PriceCatalog(known.provider(), asked, SOURCE, entries));
    }

    private static Optional<PriceCatalog.Entry> at(PriceCatalog.Entry entry, Prices prices) {
        Optional<HourlyPrice> onDemand = Optional.ofNullable(prices.onDemand().get(entry.instanceType()));
        Optional<HourlyPrice> spot = Optional.ofNullable(prices.spot().get(entry.instanceType()));
        return onDemand.isEmpty() && spot.isEmpty()
                ? Optional.empty()
                : Optional.of(new PriceCatalog.Entry(
                        entry.instanceType(),
                        entry.accelerator(),
                        entry.shape(),
                        entry.region(),
                        entry.zones(),
                        onDemand,
                        spot));
    }

    private Outcome<Prices> prices(String region) {
        Prices prices = new Prices(new HashMap<>(), new HashMap<>());
        String sizes = known.entries().stream()
                .filter(entry -> entry.region().equals(region))
                .map(entry -> "armSkuName eq '" + entry.instanceType() + "'")
                .distinct()
                .collect(Collectors.joining(" or "));
        String filter = "serviceName eq 'Virtual Machines' and priceType eq 'Consumption' and armRegionName eq '"
                + region + "' and (" + sizes + ")";
        String page = address + "?$filter="
                + URLEncoder.encode(filter, StandardCharsets.UTF_8).replace("+", "%20");
        for (int pages = 0; pages < MAX_PAGES; pages++) {
            switch (calls.prices(URI.create(page))) {
                case Outcome.Failed<Map<?, ?>>(Failure failure) -> {
                    return Outcome.failed(failure);
                }
                case Outcome.Done<Map<?, ?>>(Map<?, ?> list) -> {
                    if (list.get("Items") instanceof List<?> items) {
                        items.forEach(item -> keep(item, region, prices));
                    }
                    page = AzureErrors.text(list, "NextPageLink");
                }
            }
            if (page.isEmpty()) {
                return Outcome.done(prices);
            }
            if (!page.startsWith(address)) {
                return Outcome.failed(new Failure.OutcomeUnknown("The price list goes on somewhere else: " + page));
            }
        }
        return Outcome.failed(new Failure.OutcomeUnknown("More than " + MAX_PAGES + " pages of prices"));
    }

    /// A size has several meters; licences for Windows and the old low-priority machines are not ours.
    private static void keep(Object item, String region, Prices prices) {
        if (!(item instanceof Map<?, ?> meter)
                || !(meter.get("retailPrice") instanceof Number price)
                || !AzureErrors.text(meter, "armRegionName").equals(region)
                || !AzureErrors.text(meter, "type").equals("Consumption")
                || !AzureErrors.text(meter, "currencyCode").equals("USD")
                || !AzureErrors.text(meter, "unitOfMeasure").equals("1 Hour")
                || AzureErrors.text(meter, "productName").contains("Windows")
                || AzureErrors.text(meter, "skuName").contains("Low Priority")
                || price.doubleValue() <= 0) {
            return;
        }
        boolean spot = AzureErrors.text(meter, "skuName").contains("Spot");
        (spot ? prices.spot() : prices.onDemand())
                .merge(
                        AzureErrors.text(meter, "armSkuName"),
                        HourlyPrice.ofUsd(new BigDecimal(price.toString())),
                        (one, other) -> one.compareTo(other) <= 0 ? one : other);
    }
}
