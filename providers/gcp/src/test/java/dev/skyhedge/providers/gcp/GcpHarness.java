package dev.skyhedge.providers.gcp;

import dev.skyhedge.providers.cloud.calls.Pause;
import dev.skyhedge.providers.cloud.fake.FakeClock;
import dev.skyhedge.providers.cloud.fake.Fault;
import dev.skyhedge.providers.gcp.fake.ComputeFake;
import dev.skyhedge.providers.gcp.fake.FakeGeography;
import dev.skyhedge.providers.gcp.fake.FakeRules;
import dev.skyhedge.spi.Accelerator;
import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.spi.IdempotencyToken;
import dev.skyhedge.spi.InstanceTags;
import dev.skyhedge.spi.LaunchRequest;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.spi.Provider;
import dev.skyhedge.spi.Workload;
import dev.skyhedge.spi.conformance.ProviderHarness;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/// The plugin and a fake cloud in virtual time: whoever waits in the plugin makes time pass.
class GcpHarness implements ProviderHarness {
    static final Location ZONE = new Location("gcp", "us-central1", "us-central1-a");
    static final Location OTHER_ZONE = new Location("gcp", "europe-west4", "europe-west4-b");
    static final Instant START = Instant.parse("2026-11-01T00:00:00Z");

    private static final Duration POLL = Duration.ofMillis(10);

    private static final long PAUSE_NANOS = 2_000_000;

    private final FakeClock clock = new FakeClock(START);
    private final ComputeFake fake;
    private final List<Provider> opened = new ArrayList<>();

    GcpHarness() {
        this(FakeGeography.small(), FakeRules.calm());
    }

    GcpHarness(FakeGeography geography, FakeRules rules) {
        fake = new ComputeFake(geography, rules, clock);
    }

    ComputeFake fake() {
        return fake;
    }

    FakeClock clock() {
        return clock;
    }

    @Override
    public Provider provider() {
        try {
            Provider provider = provider(new ComputeClients(Optional.of(URI.create(fake.endpoint()))));
            opened.add(provider);
            return provider;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A client that remembers nothing, such as one after a crash; closing it closes the connections that it
    /// shares.
    Provider provider(ComputeClients clients) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("project", ComputeFake.PROJECT);
        values.put("endpoint", fake.endpoint());
        Pause pause = time -> {
            Instant until = clock.instant().plus(time);
            clock.reach(until);
        };
        return new GcpProvider(
                GcpSettings.read(values, Map.of()),
                new GcpProviderFactory().shippedPrices(),
                clients,
                clock,
                pause,
                new Random(7),
                POLL);
    }

    @Override
    public Provider secondClient() {
        return provider();
    }

    static Offer offer(String type, String accelerator, Location location, Market market, String price) {
        return new Offer(type, Accelerator.parse(accelerator), location, market, HourlyPrice.ofUsd(price));
    }

    @Override
    public Offer onDemandOffer() {
        return offer("g2-standard-4", "L4:1", ZONE, Market.ON_DEMAND, "0.70683");
    }

    @Override
    public Offer spotOffer() {
        return offer("g2-standard-4", "L4:1", ZONE, Market.SPOT, "0.28184");
    }

    @Override
    public Workload workload() {
        return new Workload(Optional.of("vllm/vllm-openai:v0.10.2"), List.of("serve"), 8000, new LinkedHashMap<>());
    }

    LaunchRequest request(Offer offer, String lineage, int number) {
        IdempotencyToken token = new IdempotencyToken("t" + lineage.replace("-", "") + "n" + number);
        return new LaunchRequest(offer, new InstanceTags(lineage, "chat", "chat-" + number, 1, token), workload());
    }

    @Override
    public void letTimePass() {
        clock.advance(Duration.ofSeconds(1));
        for (String live : fake.cloud().live()) {
            fake.cloud().say(live.substring(0, live.indexOf('/')), live.substring(live.indexOf('/') + 1), "ready\n");
        }
        // The poll for events is in real time: virtual time must not run away from it.
        LockSupport.parkNanos(PAUSE_NANOS);
    }

    @Override
    public Duration patience() {
        return Duration.ofSeconds(5);
    }

    @Override
    public void preempt(String instanceId) {
        fake.cloud().preempt(ZONE.zone(), instanceId);
    }

    @Override
    public void cutOff(Location location) {
        fake.cloud().cutOff(location.zone());
    }

    @Override
    public void reconnect(Location location) {
        fake.cloud().reconnect(location.zone());
    }

    @Override
    public void disturbEvents() {
        fake.fault("Instances.AggregatedList", new Fault.Refused(403, "forbidden", "Forbidden for a moment"));
    }

    @Override
    public boolean keepsLogs() {
        return true;
    }

    @Override
    public void close() {
        opened.forEach(Provider::close);
        fake.close();
    }
}
