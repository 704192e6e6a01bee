package dev.skyhedge.providers.azure;

import dev.skyhedge.providers.azure.fake.AzureFake;
import dev.skyhedge.providers.azure.fake.FakeGeography;
import dev.skyhedge.providers.azure.fake.FakeMachines;
import dev.skyhedge.providers.azure.fake.FakeRules;
import dev.skyhedge.providers.cloud.contract.CallNames;
import dev.skyhedge.providers.cloud.contract.CloudHarness;
import dev.skyhedge.providers.cloud.contract.Situation;
import dev.skyhedge.providers.cloud.fake.Fault;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.spi.Provider;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/// The plugin and a fake Azure.
class AzureHarness extends CloudHarness<AzureClients> {
    static final Location ZONE = new Location("azure", "eastus", "1");

    private final AzureFake fake;

    AzureHarness() {
        this(Situation.CALM);
    }

    AzureHarness(Situation situation) {
        this(FakeRules.in(situation));
    }

    AzureHarness(FakeRules rules) {
        fake = new AzureFake(FakeGeography.small(), rules, clock());
    }

    @Override
    public AzureFake fake() {
        return fake;
    }

    @Override
    public FakeMachines ledger() {
        return fake.cloud();
    }

    @Override
    public CallNames calls() {
        return new CallNames(
                "VirtualMachines.CreateOrUpdate",
                "VirtualMachines.Delete",
                "VirtualMachines.Get",
                "VirtualMachines.List",
                "Operations.Get");
    }

    @Override
    protected AzureClients connect() {
        return new AzureClients(Optional.of(URI.create(fake.endpoint())), AzureFake.SUBSCRIPTION);
    }

    @Override
    protected void disconnect(AzureClients clients) {
        clients.close();
    }

    @Override
    protected Provider client(AzureClients clients, Path directory) {
        return client(clients, directory, Map.of());
    }

    /// A client with these settings beside those of every test.
    Provider client(AzureClients clients, Path directory, Map<String, Object> settings) {
        Map<String, Object> values = new LinkedHashMap<>(settings);
        values.put("subscription", AzureFake.SUBSCRIPTION);
        values.put("ssh_key", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIExample");
        values.put("endpoint", fake.endpoint());
        return new AzureProvider(
                AzureSettings.read(values, Map.of()),
                new AzureProviderFactory().shippedPrices(),
                directory,
                clients,
                clock(),
                pause(),
                new Random(7),
                POLL);
    }

    @Override
    public Offer onDemandOffer() {
        return offer("Standard_NC4as_T4_v3", "T4:1", ZONE, Market.ON_DEMAND, "0.526");
    }

    @Override
    public Offer spotOffer() {
        return offer("Standard_NC4as_T4_v3", "T4:1", ZONE, Market.SPOT, "0.2104");
    }

    @Override
    public void preempt(String instanceId) {
        fake.cloud().evict(instanceId);
    }

    @Override
    public void vanish(String instanceId) {
        fake.cloud().vanish(instanceId);
    }

    @Override
    public void shutDown(String instanceId) {
        fake.cloud().power(instanceId, "stopped");
    }

    @Override
    public void cutOff(Location location) {
        fake.cloud().cutOff(location.region(), location.zone());
    }

    @Override
    public void reconnect(Location location) {
        fake.cloud().reconnect(location.region(), location.zone());
    }

    @Override
    public Fault denied() {
        return new Fault.Refused(403, "AuthorizationFailed", "No permission");
    }

    @Override
    public Fault throttled(Duration retryAfter) {
        return new Fault.RefusedFor(429, "TooManyRequests", "slow down", retryAfter);
    }

    @Override
    public Fault.OperationFails noRoom() {
        return new Fault.OperationFails("AllocationFailed", "Allocation failed.");
    }

    @Override
    public boolean keepsLogs() {
        return false;
    }
}
