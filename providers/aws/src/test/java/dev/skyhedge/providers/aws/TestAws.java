package dev.skyhedge.providers.aws;

import dev.skyhedge.providers.aws.fake.FakeEc2;
import dev.skyhedge.providers.aws.fake.World;
import dev.skyhedge.providers.cloud.contract.Outcomes;
import dev.skyhedge.providers.cloud.fake.FakeClock;
import dev.skyhedge.spi.Accelerator;
import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.spi.IdempotencyToken;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.InstanceTags;
import dev.skyhedge.spi.LaunchRequest;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.LocationPattern;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Observation;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.spi.OfferQuery;
import dev.skyhedge.spi.PriceCatalog;
import dev.skyhedge.spi.ProviderSettings;
import dev.skyhedge.spi.Workload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SequencedMap;

/// A fake cloud, clients of it, and things to ask of them.
final class TestAws implements AutoCloseable {
    static final String LINEAGE = "lineage-a";
    static final OfferQuery ANYTHING = new OfferQuery(List.of(LocationPattern.parse("*")), List.of());

    static final Instant START = Instant.parse("2026-11-20T12:00:00Z");

    final FakeClock clock = new FakeClock(START);
    final FakeEc2 cloud;
    private Path directory = Path.of("target", "test-aws");
    private PriceCatalog catalog = new AwsProviderFactory().shippedPrices();
    private final SequencedMap<String, Object> values = new LinkedHashMap<>();

    TestAws() {
        this(World.small());
    }

    TestAws(World world) {
        try {
            cloud = FakeEc2.start(world, clock, 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        values.put("endpoint", cloud.endpoint().toString());
    }

    TestAws with(String setting, Object value) {
        values.put(setting, value);
        return this;
    }

    /// Clients from now on keep their files there, and start from this list.
    TestAws keepingIn(Path place, PriceCatalog inForce) {
        directory = place;
        catalog = inForce;
        return this;
    }

    AwsProvider client() {
        return client(cloud.endpoint());
    }

    /// A client whose waits take no time but move the clock.
    AwsProvider client(URI endpoint) {
        values.put("endpoint", endpoint.toString());
        return new AwsProvider(
                settings(),
                catalog,
                directory,
                new AwsProvider.Environment(clock, clock::advance, new Random(1), Duration.ofMillis(10)));
    }

    AwsSettings settings() {
        AwsSettings.Reading reading = AwsSettings.read(values, Map.of());
        if (!reading.problems().isEmpty()) {
            throw new IllegalArgumentException(reading.problems().toString());
        }
        return reading.settings();
    }

    static ProviderSettings noSettings() {
        return new ProviderSettings(new LinkedHashMap<>(), Path.of("no-such-directory"), InstantSource.system());
    }

    static Offer spot(String zone) {
        return offer(zone, Market.SPOT);
    }

    static Offer onDemand(String zone) {
        return offer(zone, Market.ON_DEMAND);
    }

    private static Offer offer(String zone, Market market) {
        String region = zone.substring(0, zone.length() - 1);
        return new Offer(
                "g6.xlarge",
                Accelerator.parse("L4:1"),
                new Location("aws", region, zone),
                market,
                HourlyPrice.ofUsd(market == Market.SPOT ? "0.3" : "0.8048"));
    }

    static Workload workload() {
        return new Workload(
                Optional.of("vllm/vllm-openai:v0.10.2"), List.of("--model", "m"), 8000, new LinkedHashMap<>());
    }

    static LaunchRequest request(String replica, Offer offer) {
        return request(LINEAGE, replica, offer);
    }

    static LaunchRequest request(String lineage, String replica, Offer offer) {
        InstanceTags tags = new InstanceTags(
                lineage, "chat", replica, 1, new IdempotencyToken("t" + (lineage + replica).replace("-", "")));
        return new LaunchRequest(offer, tags, workload());
    }

    static Instance seen(AwsProvider client, String id) {
        Observation observation = Outcomes.done(client.observe(LINEAGE));
        return observation.instances().stream()
                .filter(instance -> instance.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        cloud.close();
    }
}
