package dev.skyhedge.providers.ssh;

import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.Observation;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.Provider;
import dev.skyhedge.spi.Workload;
import dev.skyhedge.spi.conformance.ProviderHarness;
import dev.skyhedge.spi.testing.TestPorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Two machines: servers on loopback with a place of their own for claims.
final class SshHarness implements ProviderHarness {
    private static final Duration LOOK = Duration.ofMillis(200);
    private static final InstantSource NOW = InstantSource.system();

    final SshServer a;
    final SshServer b;
    private final SshSettings settings;
    private final SshProvider provider;
    private int workloads;

    SshHarness(Path directory) throws Exception {
        int port = TestPorts.inARow(2);
        a = new SshServer(directory, port);
        b = new SshServer(directory, port + 1);
        Path known =
                Files.writeString(directory.resolve("known"), Files.readString(a.known) + Files.readString(b.known));
        Files.writeString(Path.of(b.identity + ".pub"), Files.readString(Path.of(a.identity + ".pub")));
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("identity_file", a.identity.toString());
        values.put("known_hosts", known.toString());
        values.put("connect_timeout", BigDecimal.valueOf(5));
        values.put("hosts", Map.of("a", host(a, directory), "b", host(b, directory)));
        settings = SshSettings.read(values, System.getenv());
        provider = new SshProvider(settings, NOW, LOOK);
    }

    private static Map<String, Object> host(SshServer server, Path directory) {
        return new TreeMap<>(Map.of(
                "address", "127.0.0.1",
                "port", BigDecimal.valueOf(server.port),
                "accelerators", "CPU:2",
                "max_replicas", BigDecimal.valueOf(8),
                "state_directory", directory.resolve("claims-" + server.port).toString()));
    }

    SshSettings settings() {
        return settings;
    }

    Host host(String name) {
        return settings.hosts().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public Provider provider() {
        return provider;
    }

    @Override
    public Provider secondClient() {
        return new SshProvider(settings, NOW, LOOK);
    }

    @Override
    public Offer onDemandOffer() {
        return host("a").offer();
    }

    @Override
    public Offer spotOffer() {
        return host("b").offer();
    }

    @Override
    public boolean sellsSpot() {
        return false;
    }

    @Override
    public Workload workload() {
        workloads++;
        List<String> command = List.of("sh", "-c", "echo ready; while :; do sleep 1; done");
        return new Workload(Optional.empty(), command, 20_000 + workloads, new LinkedHashMap<>());
    }

    @Override
    public void letTimePass() {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }

    @Override
    public void preempt(String instanceId) {
        throw new AssertionError("Nobody takes a machine back from its owner");
    }

    @Override
    public void cutOff(Location location) {
        (location.zone().equals("a") ? a : b).stop();
    }

    @Override
    public void reconnect(Location location) {
        try {
            (location.zone().equals("a") ? a : b).restart();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void disturbEvents() {
        cutOff(spotOffer().location());
        LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
        reconnect(spotOffer().location());
    }

    @Override
    public boolean keepsLogs() {
        return true;
    }

    @Override
    public void close() {
        a.ensureRunning(); // who is off cannot be told to end what was started there
        b.ensureRunning();
        for (Provider client : List.of(provider, secondClient())) {
            if (client.observe("") instanceof Outcome.Done<Observation> seen) {
                seen.value().instances().stream()
                        .filter(Instance::isLive)
                        .forEach(one -> client.terminate(one.id(), one.offer().location()));
            }
            client.close();
        }
        a.close();
        b.close();
    }
}
