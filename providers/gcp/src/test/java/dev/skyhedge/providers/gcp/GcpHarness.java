package dev.skyhedge.providers.gcp;

import dev.skyhedge.providers.cloud.contract.CallNames;
import dev.skyhedge.providers.cloud.contract.CloudHarness;
import dev.skyhedge.providers.cloud.contract.Situation;
import dev.skyhedge.providers.cloud.fake.Fault;
import dev.skyhedge.providers.gcp.fake.ComputeFake;
import dev.skyhedge.providers.gcp.fake.FakeCompute;
import dev.skyhedge.providers.gcp.fake.FakeGeography;
import dev.skyhedge.providers.gcp.fake.FakeRules;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.spi.Provider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/// The plugin and a fake Compute Engine.
class GcpHarness extends CloudHarness<ComputeClients> {
    static final Location ZONE = new Location("gcp", "us-central1", "us-central1-a");

    private final ComputeFake fake;

    GcpHarness() {
        this(Situation.CALM);
    }

    GcpHarness(Situation situation) {
        fake = new ComputeFake(FakeGeography.small(), FakeRules.in(situation), clock());
    }

    @Override
    public ComputeFake fake() {
        return fake;
    }

    @Override
    public FakeCompute ledger() {
        return fake.cloud();
    }

    @Override
    public CallNames calls() {
        return new CallNames(
                "Instances.Insert",
                "Instances.Delete",
                "Instances.Get",
                "Instances.AggregatedList",
                "ZoneOperations.Get");
    }

    @Override
    protected ComputeClients connect() {
        try {
            return new ComputeClients(Optional.of(URI.create(fake.endpoint())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected void disconnect(ComputeClients clients) {
        clients.close();
    }

    @Override
    protected Provider client(ComputeClients clients, Path directory) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("project", ComputeFake.PROJECT);
        values.put("endpoint", fake.endpoint());
        return new GcpProvider(
                GcpSettings.read(values, Map.of()),
                new GcpProviderFactory().shippedPrices(),
                directory,
                clients,
                clock(),
                pause(),
                new Random(7),
                POLL);
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
    public void letTimePass() {
        for (String live : fake.cloud().live()) {
            fake.cloud().say(live.substring(0, live.indexOf('/')), live.substring(live.indexOf('/') + 1), "ready\n");
        }
        super.letTimePass();
    }

    @Override
    public void preempt(String instanceId) {
        fake.cloud().preempt(ZONE.zone(), instanceId);
    }

    @Override
    public void vanish(String instanceId) {
        fake.cloud().vanish(ZONE.zone(), instanceId);
    }

    @Override
    public void shutDown(String instanceId) {
        fake.cloud().halt(ZONE.zone(), instanceId);
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
    public Fault denied() {
        return new Fault.Refused(403, "forbidden", "No permission");
    }

    @Override
    public Fault throttled(Duration retryAfter) {
        return new Fault.RefusedFor(403, "rateLimitExceeded", "Quota exceeded", retryAfter);
    }

    @Override
    public Fault.OperationFails noRoom() {
        return new Fault.OperationFails("ZONE_RESOURCE_POOL_EXHAUSTED", "No room.", 503);
    }

    @Override
    public boolean keepsLogs() {
        return true;
    }
}
