package dev.skyhedge.providers.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.providers.cloud.calls.Pause;
import dev.skyhedge.providers.cloud.fake.FakeClock;
import dev.skyhedge.providers.kubernetes.fake.ApiServer;
import dev.skyhedge.providers.kubernetes.fake.FakeCluster;
import dev.skyhedge.providers.kubernetes.fake.FakeNode;
import dev.skyhedge.providers.kubernetes.fake.FakeRules;
import dev.skyhedge.providers.kubernetes.fake.Fault;
import dev.skyhedge.providers.kubernetes.fake.SmallCluster;
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

/// The plugin and a fake cluster in virtual time: whoever waits in the plugin makes time pass.
class KubernetesHarness implements ProviderHarness {
    static final Location ZONE = new Location("kubernetes", "us-central1", "us-central1-a");
    static final String LINEAGE = "line";
    static final Instant START = Instant.parse("2026-11-01T00:00:00Z");

    private static final Duration POLL = Duration.ofMillis(10);
    private static final Duration BEYOND_CACHES = Duration.ofSeconds(11);
    private static final long PAUSE_NANOS = 2_000_000;

    private final FakeClock clock = new FakeClock(START);
    private final FakeCluster cluster;
    private final ApiServer server;
    private final List<Provider> opened = new ArrayList<>();

    KubernetesHarness() {
        this(FakeRules.calm());
    }

    KubernetesHarness(FakeRules rules) {
        cluster = new FakeCluster(rules, clock);
        SmallCluster.nodes().forEach(cluster::add);
        try {
            server = new ApiServer(cluster);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    FakeCluster cluster() {
        return cluster;
    }

    ApiServer server() {
        return server;
    }

    FakeClock clock() {
        return clock;
    }

    @Override
    public Provider provider() {
        return provider(Map.of());
    }

    /// A client with some settings more.
    Provider provider(Map<String, Object> more) {
        return provider(more, POLL);
    }

    /// A client that looks for events that rarely.
    Provider provider(Duration pollPeriod) {
        return provider(Map.of(), pollPeriod);
    }

    /// A connection that several clients may share.
    Cluster connection() {
        return KubernetesOpening.cluster(settings(Map.of()), URI.create(server.endpoint()));
    }

    /// A client that remembers nothing, such as one after a crash; closing it closes the connection.
    Provider provider(Cluster connection) {
        return provider(settings(Map.of()), connection, POLL);
    }

    private Provider provider(Map<String, Object> more, Duration pollPeriod) {
        KubernetesSettings settings = settings(more);
        Provider provider =
                provider(settings, KubernetesOpening.cluster(settings, URI.create(server.endpoint())), pollPeriod);
        opened.add(provider);
        return provider;
    }

    private KubernetesSettings settings(Map<String, Object> more) {
        Map<String, Object> values = new LinkedHashMap<>(more);
        values.put("endpoint", server.endpoint());
        values.put("namespace", ApiServer.NAMESPACE);
        return KubernetesSettings.read(values, Map.of());
    }

    private Provider provider(KubernetesSettings settings, Cluster connection, Duration pollPeriod) {
        Pause pause = time -> {
            Instant until = clock.instant().plus(time);
            clock.reach(until);
        };
        return new KubernetesProvider(settings, connection, clock, pause, new Random(7), pollPeriod);
    }

    @Override
    public Provider secondClient() {
        return provider();
    }

    static Offer offer(String type, String accelerator, Location location, Market market) {
        return new Offer(type, Accelerator.parse(accelerator), location, market, HourlyPrice.ZERO);
    }

    @Override
    public Offer onDemandOffer() {
        return offer("g2-standard-96:1", "L4:1", ZONE, Market.ON_DEMAND);
    }

    @Override
    public Offer spotOffer() {
        return offer("g2-standard-96:1", "L4:1", ZONE, Market.SPOT);
    }

    @Override
    public Workload workload() {
        LinkedHashMap<String, String> environment = new LinkedHashMap<>();
        environment.put("HF_TOKEN", "hf_verysecret");
        return new Workload(Optional.of("vllm/vllm-openai:v0.10.2"), List.of("serve"), 8000, environment);
    }

    /// The launch of this number on the spot nodes.
    LaunchRequest spot(int number) {
        return request(spotOffer(), LINEAGE, number);
    }

    LaunchRequest request(Offer offer, String lineage, int number) {
        IdempotencyToken token = new IdempotencyToken("t" + lineage.replace("-", "") + "n" + number);
        return new LaunchRequest(offer, new InstanceTags(lineage, "chat", "chat-" + number, 1, token), workload());
    }

    @Override
    public void letTimePass() {
        clock.advance(Duration.ofSeconds(1));
        cluster.running().keySet().forEach(name -> cluster.say(name, "ready\n"));
        // The feed of events runs in real time: virtual time must not run away from it.
        LockSupport.parkNanos(PAUSE_NANOS);
    }

    @Override
    public Duration patience() {
        return Duration.ofSeconds(5);
    }

    @Override
    public void preempt(String instanceId) {
        cluster.preempt(instanceId);
    }

    @Override
    public void cutOff(Location location) {
        cluster.silence(location.zone(), true);
        clock.advance(BEYOND_CACHES);
    }

    @Override
    public void reconnect(Location location) {
        cluster.silence(location.zone(), false);
        clock.advance(BEYOND_CACHES);
    }

    @Override
    public void disturbEvents() {
        server.fault("LIST pods", new Fault.Refused(403, "Forbidden", "not for a moment"));
    }

    @Override
    public boolean keepsLogs() {
        return true;
    }

    @Override
    public void close() {
        opened.forEach(Provider::close);
        server.close();
        assertThat(server.calls()).as("calls that no cluster knows").noneMatch(call -> call.startsWith("refused"));
    }

    /// A node of the given zone with one GPU of a kind that the small cluster does not have.
    static FakeNode t4(String name, String zone) {
        return SmallCluster.gpuNode(name, zone, "n1-standard-4", "nvidia-tesla-t4", 1);
    }
}
